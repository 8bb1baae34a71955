// Judgements on a line: each person has a lane, their size is what their first guess counts for, a post stands at the
// truth.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, layerOf, penOf } from "../shared/canvas.js";
import { disc, drawFigure, lookOf } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { namesOn } from "../shared/names.js";
import { t } from "../shared/words.js";
import { mindsBeside } from "./minds.js";

const FILLED = 0.04; // of the stage's area, over pi: what all circles together take
const NARROW = 240; // px: a still has no room for the ends of the line
const DISC = 0.62; // the radius of a circle, in heights of the person in it

/**
 * @typedef {object} ScaleScene
 * @property {number} frames
 * @property {{data: Float32Array, shape: number[]}} value (frames, people)
 * @property {{data: Float32Array}} weight (people) what each first guess counts for in the outcome, adding to 1
 * @property {number} truth
 * @property {number} low where the line begins
 * @property {number} high and ends
 * @property {string} unit
 * @property {number} [minds] as how many they judge, where the weights alone do not say it
 * @property {number} [chair] the weight of person 0's word
 * @property {number} [speaks] the frame from which on the chair speaks; before it, only the chair listens
 */

/** The scale. */
export function stage({ ground, side }) {
  const canvas = canvasIn(ground);
  const beside = mindsBeside(side);
  /** @type {any} */
  let now = null;
  let touched = null;

  return {
    legend: t(
      "Everybody has a lane; the farther to the right, the more they guess. The larger somebody is, the more their first guess counts in the end. The post stands at the truth.",
    ),
    layOut(scene, room) {
      const { width, height, ratio, styles } = room;
      const inks = inksOf(styles);
      const pen = penOf(canvas, width, height, ratio, { alpha: false });
      const lanes = lanesOf(scene, room);
      const x = (value) => 26 + ((value - scene.low) / (scene.high - scene.low || 1)) * (width - 52);
      now = { scene, room, inks, pen, lanes, x };
      now.floor = floorOf(now);
      beside.layOut(scene, room);
    },
    draw(at) {
      if (!now) return true;
      const { pen, scene, lanes, x, inks, room } = now;
      copyLayer(pen, now.floor);
      drawTrails(now, at);
      drawThreads(now, at);
      for (const { person, y, tall, r } of lanes) {
        const [px, mine] = [x(valueAt(scene, at, person)), person === touched];
        const coat = person === 0 && scene.chair ? inks.others : inks.you;
        pen.globalAlpha = 0.18;
        pen.fillStyle = coat;
        disc(pen, px, y - tall * 0.5, r);
        pen.globalAlpha = 1;
        drawFigure(pen, px, y, tall, {
          coat: mine ? inks.apart : coat,
          look: lookOf(person),
          mood: moodOf(scene, at, person),
          night: room.dark,
        });
      }
      drawNames(now, at);
      beside.draw();
      return true;
    },
    says(at) {
      const mean = meanAt(now.scene, at);
      const places = { truth: now.scene.truth };
      return { figure: `${Math.round(mean)}`, label: t("on average; {truth} is true", places) };
    },
    spots: (at) =>
      now.lanes.map(({ person, y, tall }) => ({
        id: person,
        x: now.x(valueAt(now.scene, at ?? 0, person)),
        y: y - tall * 0.5,
        r: Math.max(8, tall * 0.6),
        name: now.scene.names?.[person] ?? t("person {number}", { number: person + 1 }),
      })),
    tell: (person, at) =>
      t("I say {now}. My first guess was {first}; it counts for {share} % of where we end.", {
        now: Math.round(valueAt(now.scene, at, person)),
        first: Math.round(valueAt(now.scene, 0, person)),
        share: Math.round(100 * now.scene.weight.data[person]),
      }),
    touch: (person) => {
      touched = person;
    },
  };
}

/** What somebody says at a moment between frames. */
export function valueAt({ value, frames }, at, person) {
  const people = value.shape[1];
  const { before, after, part } = framesAt(at, frames);
  const [a, b] = [value.data[before * people + person], value.data[after * people + person]];
  return a + (b - a) * part;
}

function meanAt(scene, at) {
  const people = scene.value.shape[1];
  let sum = 0;
  for (let person = 0; person < people; person += 1) sum += valueAt(scene, at, person);
  return sum / people;
}

function moodOf(scene, at, person) {
  const off = Math.abs(valueAt(scene, at, person) - scene.truth) / (scene.high - scene.low);
  return off < 0.05 ? "glad" : off > 0.2 ? "worried" : "neutral";
}

// Beside the circle: below it stand others.
function drawNames({ scene, pen, lanes, x, inks, room }, at) {
  const write = namesOn(pen, scene, room, inks, room.width / 3);
  for (const { person, y, tall, r } of lanes) {
    const name = scene.names?.[person];
    if (!name) continue;
    const [px, aside] = [x(valueAt(scene, at, person)), r + 8 + name.length * 4];
    const right = px + 2 * aside < room.width;
    write(person, right ? px + aside : px - aside, y - tall / 2 - 8);
  }
}

// A lane each, the chair's in the middle. The areas of the circles add to the same sum whoever counts for how much.
function lanesOf({ weight }, { width, height }) {
  const people = weight.data.length;
  const [top, bottom] = [28, height - 44]; // a stage that is being folded has no room
  const whole = Math.max(0, Math.min(Math.sqrt(width * height * FILLED), (bottom - top) * 0.5)); // radius of all in one
  const order = [...Array.from({ length: people - 1 }, (_, k) => k + 1)];
  order.splice(Math.floor(order.length / 2), 0, 0);
  const lanes = order.map((person, place) => {
    const r = whole * Math.sqrt(Math.max(weight.data[person], 0.0004));
    const tall = r / DISC;
    return { person, y: top + ((place + 0.5) / people) * (bottom - top) + tall / 2, tall, r };
  });
  return lanes.sort((a, b) => b.r - a.r); // the small stand before the large
}

function floorOf({ scene, room, inks, lanes, x }) {
  const { width, height, ratio, dark: night } = room;
  const floor = layerOf(width, height, ratio, { alpha: false });
  const { pen } = floor;
  pen.fillStyle = night ? "#1b2029" : "#f8efdd";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = inks.line;
  if (height / lanes.length > 6) for (const { y, tall } of lanes) pen.fillRect(26, y - tall / 2, width - 52, 1);
  const base = height - 30;
  pen.fillStyle = inks.ink;
  pen.fillRect(20, base, width - 40, 2);
  pen.font = `14px ${inks.font}`;
  pen.textBaseline = "top";
  const ends = width < NARROW ? [] : [scene.low, scene.high];
  for (const value of ends) {
    const align = value === scene.low ? "left" : "right";
    pen.textAlign = align;
    pen.fillText(`${Math.round(value)} ${scene.unit ?? ""}`, value === scene.low ? 20 : width - 20, base + 8);
  }
  const post = x(scene.truth);
  pen.fillStyle = inks.goal;
  pen.fillRect(post - 2.5, 10, 5, base - 10);
  pen.beginPath(); // a flag on top
  pen.moveTo(post, 10);
  pen.lineTo(post + 22, 17);
  pen.lineTo(post, 24);
  pen.fill();
  pen.textAlign = "center";
  pen.font = `600 14px ${inks.font}`;
  pen.fillText(t("truth {truth}", { truth: scene.truth }), post, base + 8);
  return floor;
}

function drawTrails({ scene, pen, lanes, x, inks }, at) {
  pen.strokeStyle = inks.edge;
  pen.globalAlpha = 0.5;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const { person, y, tall } of lanes) {
    pen.moveTo(x(valueAt(scene, 0, person)), y - tall / 2);
    pen.lineTo(x(valueAt(scene, at, person)), y - tall / 2);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

// Threads from the chair to all who listen, as thick as the weight that they give; thin ones while the chair only listens.
function drawThreads({ scene, pen, lanes, x, inks }, at) {
  if (!scene.chair) return;
  const chair = lanes.find(({ person }) => person === 0);
  const listens = at < (scene.speaks ?? 0);
  pen.strokeStyle = listens ? inks.you : inks.others;
  pen.globalAlpha = 0.4;
  pen.lineWidth = listens ? 1 : Math.max(0.5, 3.5 * scene.chair);
  pen.beginPath();
  for (const { person, y, tall } of lanes) {
    pen.moveTo(x(valueAt(scene, at, 0)), chair.y - chair.tall * 0.5);
    pen.lineTo(x(valueAt(scene, at, person)), y - tall * 0.5);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

export default { render: (context) => player(context, stage) };
