// Who hears whom on the plaza: a far tie glows while it joins two different phases, and is dull within one.

import { apart } from "./phases.js";

const SLEEPY = 0.12; // below it a tie says nothing new

/** Rings under the feet of those who hear somebody far away. */
export function paintRings(pen, ties, at, tall, inks) {
  pen.strokeStyle = inks.apart;
  pen.lineWidth = Math.max(1.5, tall * 0.05);
  for (let k = 0; k < ties.length; k += 2) {
    const { x, y, scale } = at[ties[k]];
    pen.beginPath();
    pen.ellipse(x, y, tall * 0.3 * scale, tall * 0.12 * scale, 0, 0, 7);
    pen.stroke();
  }
}

/** All far ties: the dull ones as one line, then those that have something to tell. */
export function drawTies(pen, ties, at, phases, tall, inks, night) {
  const bright = [];
  pen.strokeStyle = inks.quiet;
  pen.globalAlpha = night ? 0.4 : 0.32;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let k = 0; k < ties.length; k += 2) {
    const [listener, heard] = [ties[k], ties[k + 1]];
    const gap = apart(phases[listener], phases[heard]);
    if (gap < SLEEPY) addArc(pen, at[listener], at[heard], tall);
    else bright.push([listener, heard, gap]);
  }
  pen.stroke();
  pen.strokeStyle = pen.fillStyle = inks.apart;
  for (const [listener, heard, gap] of bright) {
    pen.globalAlpha = 0.3 + 0.6 * gap;
    pen.lineWidth = Math.max(1, tall * 0.02) + 2 * gap;
    pen.beginPath();
    addArc(pen, at[listener], at[heard], tall);
    pen.stroke();
    drawEnd(pen, at[heard], tall);
  }
  pen.globalAlpha = 1;
}

/** The ties of one who is touched, to all whom they hear. */
export function drawHeard(pen, person, heard, at, tall, inks) {
  pen.strokeStyle = pen.fillStyle = inks.you;
  pen.lineWidth = Math.max(2, tall * 0.05);
  pen.beginPath();
  for (const other of heard) addArc(pen, at[person], at[other], tall);
  pen.stroke();
  for (const other of heard) drawEnd(pen, at[other], tall);
  const { x, y, scale } = at[person];
  pen.beginPath();
  pen.ellipse(x, y, tall * 0.36 * scale, tall * 0.15 * scale, 0, 0, 7);
  pen.stroke();
}

/** Whom somebody hears: those beside, before and behind, and whom they hear far away; only these where a scene `hears` ties. Null where all hear all. */
export function heardBy(person, scene) {
  const { columns } = scene;
  const people = scene.phase.shape[1];
  if (scene.conductor) return [];
  if (scene.hears === "everyone") return null;
  if (scene.hears === "near") return pairedWith(person, scene.near.data);
  const found = [];
  const near = scene.hears !== "ties";
  if (near && person % columns > 0) found.push(person - 1);
  if (near && person % columns < columns - 1 && person + 1 < people) found.push(person + 1);
  if (near && person >= columns) found.push(person - columns);
  if (near && person + columns < people) found.push(person + columns);
  const far = scene.ties?.data ?? [];
  for (let k = 0; k < far.length; k += 2) if (far[k] === person && !found.includes(far[k + 1])) found.push(far[k + 1]);
  return found;
}

function pairedWith(person, pairs) {
  const found = [];
  for (let k = 0; k < pairs.length; k += 2) if (pairs[k] === person) found.push(pairs[k + 1]);
  return found;
}

/** Whom somebody hears far away; null: nobody. */
export function farHeardBy(person, scene) {
  const far = scene.ties?.data ?? [];
  for (let k = 0; k < far.length; k += 2) if (far[k] === person) return far[k + 1];
  return null;
}

function addArc(pen, a, b, tall) {
  const [from, to] = [a.y - tall * 0.9 * a.scale, b.y - tall * 0.9 * b.scale]; // from head to head
  pen.moveTo(a.x, from);
  pen.quadraticCurveTo((a.x + b.x) / 2, Math.min(from, to) - Math.abs(a.x - b.x) * 0.14 - tall * 0.3, b.x, to);
}

function drawEnd(pen, { x, y, scale }, tall) {
  pen.beginPath();
  pen.arc(x, y - tall * 0.9 * scale, Math.max(1.8, tall * 0.045), 0, 7);
  pen.fill();
}
