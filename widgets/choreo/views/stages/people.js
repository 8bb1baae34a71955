// People at their places: above each head what they think, in front what they say, and how many voices have been heard.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, penOf, picturesOf } from "../shared/canvas.js";
import { chanceOf, drawFigure, drawMark, drawName, LOOKS, lookOf } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { t } from "../shared/words.js";
import { drawGauges } from "./levels.js";
import { peopleGround, placesOf } from "./people_ground.js";
import { picksOn } from "./picks.js";
import { drawPicked, drawPressing } from "./pressing.js";
import { voicesBeside } from "./voices.js";

const KINDS = 4; // what can be thought or said: nothing, and three more
const ROOM = [1.7, 2]; // of a picture of one person, in heights: thought and speech have a place in it
const MOODS = ["neutral", "glad", "worried"];

/**
 * @typedef {object} PeopleScene
 * @property {number} frames
 * @property {{data: Float32Array, shape: number[]}} at (people, 2) places, 0 to 1: to the right, and to the front
 * @property {{data: Float32Array}} [wide] the same for a low, wide ground
 * @property {{data: Uint8Array, shape: number[]}} thinks (frames, people): 0 nothing, 1 to 3
 * @property {{data: Uint8Array, shape: number[]}} says (frames, people)
 * @property {{data: ArrayLike<number>}} [need] how many voices each needs first
 * @property {{data: ArrayLike<number>}} [first] 1 for those who speak whatever the others do
 * @property {"hall"|"ring"|"grid"|"queue"} arrangement
 * @property {{label: string, role: string}[]} [marks] what the values 1 to 3 mean
 * @property {string} [label] what those do whose voice counts: "speak up"
 * @property {{data: Uint8Array, shape: number[]}} [level] (frames, people) how much they expect, percent; with `line`
 * @property {number} [line] the percent from which on they act
 * @property {string} [gauge] what a level is: "what each expects"
 * @property {{data: Uint8Array}} [presses] (frames, people): 0 leaves others alone, else what they demand of neighbours
 * @property {import("./picks.js").Picks & {who: number[]}} [picks] who can be picked; then the scene is `editable`
 * @property {{data: Uint8Array}} [moods] (frames, people): 0 neutral, 1 glad, 2 worried
 */

/** People who think one thing and say it, or something else, or nothing. */
export function stage({ ground, side, act, settings }) {
  const canvas = canvasIn(ground);
  const beside = voicesBeside(side);
  let now = null;
  let touched = null;

  return {
    legend: t(
      "The cloud above a head is what somebody thinks. A raised hand with a bubble is what they say. No bubble: they keep it to themselves.",
    ),
    layOut(scene, room) {
      const { width, height, ratio, styles } = room;
      const inks = inksOf(styles);
      const { spots, tall } = placesOf(scene, room);
      const marks = (scene.marks ?? DEFAULT_MARKS).map(({ label, role }) => ({ label, colour: inks.role(role) }));
      const pen = penOf(canvas, width, height, ratio, { alpha: false });
      const sheet = personSheet(tall * ratio, marks, inks, room.dark);
      const floor = peopleGround(scene, spots, tall, room, inks);
      now = { scene, room, inks, pen, spots, tall, marks, sheet, floor };
      beside.layOut(scene, room, marks);
    },
    draw(at) {
      if (!now) return true;
      const { scene, room, pen, tall, inks } = now;
      const { before, after, part } = framesAt(at, scene.frames);
      const shown = part < 0.5 ? before : after;
      copyLayer(pen, now.floor);
      drawPeople(now, shown);
      if (scene.level) drawGauges(now, { before, after, part });
      drawPressing(now, shown);
      drawPicked(now);
      drawNews(now, before, after, part);
      if (touched !== null) drawRing(now, touched, inks.you);
      for (const { person, x, y } of now.spots) {
        const name = scene.names?.[person];
        if (name) drawName(pen, x, Math.min(room.height - 18, y + tall * 0.12), name, inks);
      }
      beside.draw(at);
      return true;
    },
    says(at) {
      const { scene } = now;
      const { before, after, part } = framesAt(at, scene.frames);
      const count = voices(scene, part < 0.5 ? before : after);
      return {
        figure: `${count}`,
        label: t("of {people} {doing}", { people: scene.says.shape[1], doing: scene.label ?? t("speak up") }),
      };
    },
    spots: () =>
      now.spots.map(({ person, x, y }) => ({
        id: person,
        x,
        y: y - now.tall * 0.55,
        r: now.tall * 0.6,
        name: nameOf(now, person),
      })),
    edit: picksOn({ now: () => now, nameOf: (person) => nameOf(now, person), act, settings }),
    tell: (person, at) => told(now, person, at),
    touch: (person) => {
      touched = person;
    },
  };
}

const DEFAULT_MARKS = [
  { label: t("yes"), role: "goal" },
  { label: t("no"), role: "apart" },
  { label: t("not sure"), role: "others" },
];

/** How many say something (kind 1, where there are several things to say). */
export function voices(scene, frame) {
  const people = scene.says.shape[1];
  let count = 0;
  for (let k = 0; k < people; k += 1) if (scene.says.data[frame * people + k] === 1) count += 1;
  return count;
}

/** How somebody looks who thinks and says this: glad to say what they think, worried where they do not. */
export function moodOf(thinks, says) {
  if (says === 0) return 0;
  return says === thinks || thinks === 0 ? 1 : 2;
}

function nameOf({ scene }, person) {
  return scene.names?.[person] ?? t("person {number}", { number: person + 1 });
}

function told({ scene, marks }, person, at) {
  const people = scene.says.shape[1];
  const frame = Math.round(at);
  const said = scene.says.data[frame * people + person];
  const thought = scene.thinks.data[frame * people + person];
  if (scene.need) return toldOfNeed(scene, person, frame, said);
  const words = (kind) => marks[kind - 1]?.label ?? t("nothing");
  const own =
    said === thought
      ? t("I say what I think: {thought}.", { thought: words(thought) })
      : t("I think: {thought}. I say: {said}.", { thought: words(thought), said: words(said) });
  const demands = scene.presses?.data[frame * people + person];
  return demands ? `${own} ${t("And I want it from those around me: {what}.", { what: words(demands) })}` : own;
}

function toldOfNeed(scene, person, frame, said) {
  const need = Math.max(0, Math.ceil(scene.need.data[person]));
  const places = { need, heard: voices(scene, frame) - (said === 1 ? 1 : 0) };
  if (scene.first?.data[person]) return t("I begin, whatever the others do.");
  if (!said) {
    return need === 1
      ? t("I need one voice first. I hear {heard}.", places)
      : t("I need {need} voices first. I hear {heard}.", places);
  }
  if (need < 2) return need ? t("I needed one voice before mine.") : t("I needed nobody before me.");
  return t("I needed {need} voices before mine.", places);
}

// One picture for each thought, word, mood and look.
function personSheet(h, marks, inks, night) {
  const [width, height] = ROOM.map((share) => Math.ceil(h * share));
  return picturesOf(width, height, KINDS * KINDS * MOODS.length, LOOKS, (pen, column, look) => {
    const [thinks, says] = [column % KINDS, Math.floor(column / KINDS) % KINDS];
    const [x, y] = [width * 0.44, height - h * 0.12];
    const coat = says ? marks[says - 1].colour : night ? "#6d727d" : "#b9b1a2";
    const mood = MOODS[Math.floor(column / KINDS / KINDS)];
    drawFigure(pen, x, y, h, { coat, raise: says ? 0.82 : 0, one: true, look, mood, night });
    if (thinks) paintThought(pen, x, y - h * 1.2, h, thinks, marks[thinks - 1].colour, inks);
    if (says) paintSpeech(pen, x + h * 0.5, y - h * 0.66, h, says, marks[says - 1].colour, inks);
  });
}

function paintThought(pen, x, y, h, kind, colour, inks) {
  pen.fillStyle = inks.card;
  pen.strokeStyle = inks.edge;
  pen.lineWidth = Math.max(1, h * 0.022);
  for (const [dx, dy, r] of [
    [0.06, 0.2, 0.03],
    [0.02, 0.0, 0.16],
  ]) {
    pen.beginPath();
    pen.ellipse(x + h * dx, y + h * dy, h * r * 1.3, h * r, 0, 0, 7);
    pen.fill();
    pen.stroke();
  }
  pen.fillStyle = colour;
  drawMark(pen, kind - 1, x + h * 0.02, y, h * 0.09);
}

function paintSpeech(pen, x, y, h, kind, colour, inks) {
  const [w, t2] = [h * 0.19, h * 0.15];
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(x - w, y - t2, 2 * w, 2 * t2, h * 0.07);
  pen.moveTo(x - w * 0.7, y + t2 * 0.6);
  pen.lineTo(x - w * 1.7, y + t2 * 1.2);
  pen.lineTo(x - w * 0.1, y + t2);
  pen.fill();
  pen.fillStyle = inks.card;
  drawMark(pen, kind - 1, x, y, h * 0.08);
}

function drawPeople({ scene, room, pen, spots, sheet, tall }, frame) {
  const people = scene.says.shape[1];
  const { ratio } = room;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  for (const { person, x, y } of spots) {
    const place = frame * people + person;
    const [thinks, says] = [scene.thinks.data[place] & 3, scene.says.data[place] & 3];
    const mood = scene.moods ? scene.moods.data[place] : moodOf(thinks, says);
    const column = thinks + KINDS * says + KINDS * KINDS * mood;
    const look = lookOf(person);
    if (!sheet.has(column, look)) sheet.add(column, look);
    const left = Math.round(x * ratio - sheet.width * 0.44);
    sheet.copy(pen, column, look, left, Math.round(y * ratio - sheet.height + tall * ratio * 0.12));
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

// A ring that opens around those who begin to speak, or change what they say, between two frames.
function drawNews({ scene, pen, spots, tall, marks }, before, after, part) {
  const people = scene.says.shape[1];
  if (part <= 0 || part >= 1) return;
  pen.lineWidth = 2;
  for (const { person, x, y } of spots) {
    const says = scene.says.data[after * people + person];
    if (!says || says === scene.says.data[before * people + person]) continue;
    const own = Math.min(1, Math.max(0, part * 1.3 + chanceOf(person) * 0.3));
    pen.globalAlpha = 1 - own;
    pen.strokeStyle = marks[says - 1].colour;
    pen.beginPath();
    pen.arc(x, y - tall * 0.55, tall * (0.4 + 0.7 * own), 0, 7);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function drawRing({ pen, spots, tall }, person, colour) {
  const spot = spots.find((one) => one.person === person);
  if (!spot) return;
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.ellipse(spot.x, spot.y, tall * 0.42, tall * 0.17, 0, 0, 7);
  pen.stroke();
}

export default { render: (context) => player(context, stage) };
