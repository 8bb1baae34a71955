// One pot that all can see: a row for each who gives or keeps, a field for each round, and above them what they brought
// together. A heart before a row gives for reasons of its own; a price tag compares prices. A fine is a shaded band.

import { canvasIn, inksOf, penOf } from "../shared/canvas.js";
import { drawName } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { t } from "../shared/words.js";
import { drawHeart, drawTag } from "./heart.js";
import { heartsBeside } from "./hearts.js";

const POT = 0.25; // of the height: what is brought together
const HEAD = 46; // px above it, where somebody may comment; on a low ground there is no room for it
const LOW = 230; // px of height below which rows could not be told apart: then each is a sign in one line
const FOOT = 24; // px for the rounds' numbers

/**
 * @typedef {object} PotScene all rounds at once, whatever moment is shown
 * @property {number} frames one for each round, or for the last of them
 * @property {{data: Uint8Array, shape: number[]}} gift (rounds, people) percent of what each could bring
 * @property {{data: Uint8Array}} own (rounds, people) 1 for who gives for reasons of their own
 * @property {{data: Uint8Array}} [follows] (people) 1 for who gives as they see others give
 * @property {{data: Uint8Array}} charged (rounds) 1 where there is a fine
 * @property {string} label "of all crates brought"
 * @property {string[]} [rows] names
 */

/** The pot. */
export function pot({ ground, side }) {
  const canvas = canvasIn(ground);
  const beside = heartsBeside(side);
  /** @type {any} */
  let now = null;
  let touched = null;

  return {
    square: true,
    legend: t(
      "Above: what all bring, round by round. Below, a row or a sign for each; the fuller a field, the more they bring. A heart gives for reasons of its own, a price tag compares prices. The shaded part has a fine.",
    ),
    layOut(scene, room) {
      const inks = inksOf(room.styles);
      const pen = penOf(canvas, room.width, room.height, room.ratio, { alpha: false });
      now = { scene, room, inks, pen, ...measured(scene, room) };
      beside.layOut(inks);
    },
    draw(at) {
      if (!now) return true;
      const round = roundOf(now.scene, at);
      drawGround(now);
      drawTogether(now, at);
      drawFineWord(now);
      for (let person = 0; person < now.people; person += 1) {
        if (!now.low) drawRow(now, person, round);
        drawSign(now, person, round);
      }
      drawNow(now, round);
      if (touched !== null) drawFrame(now, touched);
      beside.show(heartsIn(now.scene, round), now.people);
      return true;
    },
    says: (at) => ({
      figure: `${Math.round(togetherAt(now.scene, roundOf(now.scene, at)))}%`,
      label: now.scene.label,
    }),
    spots: () =>
      Array.from({ length: now.people }, (_, person) => ({
        id: person,
        ...(now.low
          ? signAt(now, person)
          : {
              x: now.left + (now.rounds * now.wide) / 2,
              y: now.top + (person + 0.5) * now.high,
              wide: (now.rounds * now.wide) / 2,
            }),
        r: now.low ? 9 : now.high / 2,
        name: now.scene.rows?.[person] ?? t("row {number}", { number: person + 1 }),
      })),
    tell: (person, at) => told(now.scene, person, roundOf(now.scene, at)),
    touch: (person) => {
      touched = person;
    },
  };
}

/** The round that is shown at a moment; the last frame is the last round. */
export function roundOf({ gift, frames }, at) {
  return Math.max(0, Math.round(gift.shape[0] - frames + at));
}

/** What all bring in a round, in percent of what they could. */
export function togetherAt({ gift }, round) {
  const people = gift.shape[1];
  let sum = 0;
  for (let person = 0; person < people; person += 1) sum += gift.data[round * people + person];
  return sum / people;
}

/** The part of that which comes from those who give for reasons of their own. */
export function freelyAt({ gift, own }, round) {
  const people = gift.shape[1];
  let sum = 0;
  for (let place = round * people; place < (round + 1) * people; place += 1) sum += own.data[place] * gift.data[place];
  return sum / people;
}

/** How many give for reasons of their own in a round. */
export function heartsIn({ own, gift }, round) {
  const people = gift.shape[1];
  let count = 0;
  for (let person = 0; person < people; person += 1) count += own.data[round * people + person];
  return count;
}

/** What somebody says of themselves in a round. */
export function told(scene, person, round) {
  const people = scene.gift.shape[1];
  const share = scene.gift.data[round * people + person];
  if (scene.own.data[round * people + person]) {
    if (!scene.follows?.data[person]) return t("I bring all I can, whatever the others do.");
    if (share === 100 && scene.charged.data[round]) return t("I bring it all. With this fine that is cheaper, too.");
    return t("I bring {share}%: nearly what I expect of the others.", { share });
  }
  const once = scene.own.data[person]; // in the first round
  if (!once) {
    return share ? t("It is cheaper to bring it all than to pay.") : t("I keep mine. It saves me work.");
  }
  return share
    ? t("I used to bring what was right. Now I bring what is cheaper.")
    : t("I used to bring mine. Then there was a price, and now I keep them.");
}

function measured(scene, { width, height }) {
  const [rounds, people] = scene.gift.shape;
  const low = height < LOW;
  const sign = low ? (width - 14) / people : width > 500 ? 26 : 20;
  const left = low ? 6 : sign + 6;
  const head = height > 330 ? HEAD : 6;
  const bottom = height - FOOT;
  const above = low ? bottom - 24 : head + Math.round(height * POT);
  const top = above + (low ? 2 : 10);
  return {
    ...{ rounds, people, low, sign, left, head, above, top, bottom },
    high: (bottom - top) / people,
    wide: (width - left - 8) / rounds,
  };
}

// Where the sign of somebody stands: before their row, or in the one line of a low ground.
function signAt({ low, sign, left, top, high, bottom }, person) {
  if (low) return { x: left + (person + 0.5) * sign, y: (top + bottom) / 2 };
  return { x: 2 + sign / 2, y: top + (person + 0.5) * high };
}

function drawGround({ pen, room, inks, scene, left, wide, head, above, bottom, rounds }) {
  pen.fillStyle = room.dark ? "#1b2029" : "#fbf4e4";
  pen.fillRect(0, 0, room.width, room.height);
  pen.fillStyle = inks.apart;
  pen.globalAlpha = room.dark ? 0.26 : 0.15;
  for (let round = 0; round < rounds; round += 1)
    if (scene.charged.data[round]) pen.fillRect(left + round * wide, head, wide, bottom - head);
  pen.globalAlpha = 1;
  pen.strokeStyle = inks.edge;
  pen.lineWidth = 1;
  pen.strokeRect(left, head + 0.5, rounds * wide, above - head);
  pen.fillStyle = inks.quiet;
  pen.font = `13px ${inks.font}`;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "center";
  const step = rounds > 12 ? 4 : 2;
  for (let round = step; round <= rounds; round += step)
    pen.fillText(`${round}`, left + (round - 0.5) * wide, bottom + 16);
  pen.textAlign = "left";
  pen.fillText(scene.clock?.name ?? t("round"), 2, bottom + 16);
}

// The pot: a column for each round so far, the present one on its way; first what hearts brought, then the rest.
function drawTogether({ pen, scene, inks, left, wide, head, above, rounds }, at) {
  const { before, after, part } = framesAt(Math.max(0, rounds - scene.frames + at), rounds);
  const px = (above - head - 2) / 100;
  for (let round = 0; round <= after; round += 1) {
    const grown = px * (round <= before ? 1 : part);
    const hearts = grown * freelyAt(scene, round);
    const all = grown * togetherAt(scene, round);
    const x = left + round * wide + 1;
    pen.fillStyle = inks.goal;
    pen.fillRect(x, above + 0.5 - hearts, wide - 2, hearts);
    pen.fillStyle = inks.apart;
    pen.fillRect(x, above + 0.5 - all, wide - 2, all - hearts);
  }
}

function drawFineWord({ pen, scene, inks, left, wide, head }) {
  const from = scene.charged.data.indexOf(1);
  if (from >= 0) drawName(pen, left + from * wide + 20, head + 4, t("fine"), inks);
}

function drawRow({ pen, scene, inks, left, wide, top, high, people, rounds }, person, now) {
  const room = Math.max(2, high - 2);
  const y = top + (person + 1) * high - 1;
  for (let round = 0; round < rounds; round += 1) {
    const x = left + round * wide + 1;
    pen.fillStyle = inks.sunk;
    pen.fillRect(x, y - 1, wide - 2, 1);
    if (round > now) continue;
    const place = round * people + person;
    const heart = scene.own.data[place] === 1;
    const tall = (scene.gift.data[place] / 100) * room;
    pen.fillStyle = heart ? inks.goal : inks.apart;
    pen.fillRect(x, y - tall, wide - 2, tall);
    if (!heart && tall > 4) {
      pen.fillStyle = inks.card; // a hole, as price tags have one: not only a colour
      pen.fillRect(x + (wide - 2) / 2 - 1, y - tall / 2 - 1, 2, 2);
    }
    if (round > 0 && !heart && scene.own.data[place - people])
      drawTag(pen, x + wide / 2 - 1, y - room / 2, room, inks.apart);
  }
}

function drawSign(now, person, round) {
  const { pen, scene, inks, low, sign, high, people } = now;
  const heart = scene.own.data[round * people + person] === 1;
  const { x, y } = signAt(now, person);
  const size = low ? sign * 0.8 : Math.min(sign * 0.72, Math.max(8, high * 0.95));
  if (heart) drawHeart(pen, x, y, size, inks.goal);
  else drawTag(pen, x, y, size, inks.apart);
}

function drawNow({ pen, inks, left, wide, head, low, above, bottom }, round) {
  pen.strokeStyle = inks.ink;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(left + (round + 1) * wide, head);
  pen.lineTo(left + (round + 1) * wide, low ? above : bottom);
  pen.stroke();
}

function drawFrame(now, person) {
  const { pen, inks, low, sign, left, wide, top, high, rounds } = now;
  pen.strokeStyle = inks.you;
  pen.lineWidth = 3;
  const { x, y } = signAt(now, person);
  if (low) pen.strokeRect(x - sign / 2, y - 10, sign, 20);
  else pen.strokeRect(left - 2, top + person * high - 1, rounds * wide + 4, high + 1);
}
