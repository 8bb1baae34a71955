// A plaza full of people, each of whom raises their arms at their beat; beside it their phases on a dial.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, layerOf, penOf } from "../shared/canvas.js";
import { namesOn } from "../shared/names.js";
import { t } from "../shared/words.js";
import { phaseDial } from "./phase_dial.js";
import { apart, arrowOf, clapsBetween, phasesInto, timeAt } from "./phases.js";
import { crowdOf, drawConductor } from "./plaza_crowd.js";
import { groundOf, placesOf } from "./plaza_ground.js";
import { plazaLive } from "./plaza_live.js";
import { drawHeard, drawTies, farHeardBy, heardBy, paintRings } from "./plaza_ties.js";
import { drawYou, drawYourTie, paintHearers, placeOfYou } from "./plaza_you.js";
import { countOf } from "./with_you.js";

const IN_STEP = 0.15; // as `apart` counts: an eighth of a beat

/**
 * @typedef {object} PlazaScene
 * @property {number} frames
 * @property {{data: Uint8Array, shape: number[]}} phase (frames, people), 256 to a turn
 * @property {number} columns how many people stand in a row
 * @property {number} beat turns in a unit of time that all tempos have in common
 * @property {{data: ArrayLike<number>, shape: number[]}} [ties] far ties, [listener, heard]
 * @property {boolean} [conductor]
 * @property {"neighbours"|"everyone"|"conductor"|"near"|"ties"} [hears]
 * @property {{data: ArrayLike<number>, shape: number[]}} [near] who hears whom, [listener, heard], where `hears` is near
 * @property {{data: Uint8Array, shape: number[]}} [own] your phase, frame by frame; then you stand in front
 * @property {{data: Uint8Array, shape: number[]}} [silent] 1 in a frame in which you do not clap
 * @property {{data: Uint8Array, shape: number[]}} [hearers] 1 for who hears you
 * @property {object} [live] what a crowd needs to go on while you tap, see plaza_live.js
 * @property {Object<number, string>} [names]
 */

/** The plaza. */
export function stage({ ground, side }) {
  const canvas = canvasIn(ground);
  const dial = phaseDial(side);
  let now = null; // the scene and what was made of it
  let crowd = null;
  let drawnFor = "";
  let touched = null;

  const phasesAt = (at) => {
    if (now.phasesAt !== at) phasesInto(now.phases, now.scene, at);
    now.phasesAt = at;
    return now.phases;
  };
  const yoursAt = (at) => {
    const { scene } = now;
    const frame = Math.min(scene.frames - 1, Math.round(at));
    if (scene.silent?.data[frame]) return null;
    return phasesInto([0], { ...scene, phase: { data: scene.own.data } }, at)[0];
  };
  return {
    legend: t(
      "One dot per person. At the top: their beat. The longer the arrow, the more they move as one. A far tie glows while the two are at different moments.",
    ),
    layOut(scene, room) {
      const people = scene.phase.shape[1];
      const { width, height, ratio, dark } = room;
      const ties = scene.ties?.data ?? [];
      // what stands still is painted again only where it would look different: a control that is dragged shows at once
      const shape = `${[people, scene.columns, scene.conductor, Boolean(scene.own), width, height, ratio, dark]}`;
      if (shape !== now?.shape) {
        now = { shape, ...plazaFor(canvas, scene, room), phases: new Float32Array(people) };
        const look = `${now.tall} ${ratio} ${dark}`;
        if (look !== drawnFor) crowd = crowdOf(now.tall, ratio, dark);
        drawnFor = look;
        crowd.stand(now.spots);
      }
      const rings = `${ties} ${scene.own ? scene.hearers.data : ""}`;
      if (rings !== now.rings) now = { ...now, rings, ties, floor: floorOf(now, scene) };
      dial.layOut(room);
      now = { ...now, scene, room, phasesAt: null };
    },
    draw(at, whole) {
      if (!now) return true;
      const { scene, room, pen, ties, inks, tall } = now;
      const phases = phasesAt(at);
      copyLayer(pen, now.floor);
      const exact = crowd.draw(pen, phases, whole);
      if (ties.length) drawTies(pen, ties, now.at, phases, tall, inks, room.dark);
      if (touched !== null) drawHeard(pen, touched, heardBy(touched, scene) ?? [], now.at, tall, inks);
      const yours = now.you ? yoursAt(at) : null;
      if (now.you) drawYou(pen, now.you, yours, inks, room.dark);
      if (now.you && scene.hearers.data[touched ?? -1]) drawYourTie(pen, now.at[touched], now.you, tall, inks);
      if (now.podium) drawConductor(pen, now.podium, (scene.beat * timeAt(scene, at)) % 1, room.dark);
      const write = namesOn(pen, scene, room, inks, (0.93 * room.width) / scene.columns);
      for (const person of Object.keys(scene.names ?? {}))
        if (now.at[person]) write(person, now.at[person].x, now.at[person].y + tall * 0.1);
      dial.draw(phases, yours);
      return exact;
    },
    says: (at) => {
      if (!now.you) return { figure: `${Math.round(100 * arrowOf(phasesAt(at)).length)}%`, label: t("together") };
      const { count, people, label } = countOf(now.scene, at);
      return { figure: t("{count} of {people}", { count, people }), label };
    },
    spots: () =>
      [...now.spots].reverse().map(({ person, x, y, scale }) => ({
        id: person,
        x,
        y: y - now.tall * 0.5 * scale,
        r: now.tall * 0.45 * scale,
        name: now.scene.names?.[person] ?? t("person {number}", { number: person + 1 }),
      })),
    tell: (person, at) => told(now.scene, person, phasesAt(at)),
    touch: (person) => {
      touched = person;
    },
    beats: (from, to) => clapsBetween(now.scene, from, to),
    live: plazaLive,
  };
}

// Whom somebody hears, and whether those clap when they do: the picture shows it, and not everybody sees the picture.
function told(scene, person, phases) {
  if (scene.conductor) return t("I follow the conductor.");
  const heard = heardBy(person, scene);
  if (scene.own) return toldOfYou(scene, person, phases, heard);
  if (heard === null) return t("I hear everybody.");
  const inStep = (other) => apart(phases[person], phases[other]) < IN_STEP;
  const places = { count: heard.length, with: heard.filter(inStep).length };
  const far = farHeardBy(person, scene);
  const near = heardBy(person, { ...scene, ties: undefined });
  if (far === null || near.includes(far)) return t("I hear {count} people. {with} of them clap when I do.", places);
  if (inStep(far)) return t("I hear {count} people, one of them far away: that one claps when I do.", places);
  return t("I hear {count} people, one of them far away: that one claps at another moment.", places);
}

// The same where somebody stands in front: whether they hear you, and how many others.
function toldOfYou(scene, person, phases, heard) {
  const you = scene.hearers.data[person] ? t("I hear you.") : t("I do not hear you.");
  if (heard === null) return t("{you} And all the other {count}.", { you, count: scene.phase.shape[1] - 1 });
  if (!heard.length) return t("{you} I hear nobody else.", { you });
  const together = heard.filter((other) => apart(phases[person], phases[other]) < IN_STEP).length;
  const places = { you, count: heard.length, with: together };
  return t("{you} I hear {count} others, and {with} of them clap when I do.", places);
}

// The canvas, everybody's place, and what stands still.
function plazaFor(canvas, scene, room) {
  const { width, height, ratio, styles } = room;
  const inks = inksOf(styles);
  const front = scene.own ? Math.max(54, height * 0.21) : scene.conductor ? Math.max(46, height * 0.17) : 0;
  const places = placesOf(scene.phase.shape[1], scene.columns, room, front);
  const at = [];
  for (const spot of places.spots) at[spot.person] = spot;
  const made = groundOf(places, room, scene.conductor);
  const floor = layerOf(width, height, ratio, { alpha: false });
  const you = scene.own ? placeOfYou(room, places.tall) : null;
  return { ...places, ...made, floor, you, at, inks, pen: penOf(canvas, width, height, ratio, { alpha: false }) };
}

// The ground, with rings under those who listen far, or hear you.
function floorOf({ floor, ground, at, tall, inks }, scene) {
  copyLayer(floor.pen, ground);
  paintRings(floor.pen, scene.ties?.data ?? [], at, tall, inks);
  if (scene.own) paintHearers(floor.pen, scene.hearers.data, at, tall, inks);
  return floor;
}

export default { render: (context) => player(context, stage) };
