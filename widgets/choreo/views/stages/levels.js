// How much somebody expects, from 0 to 100, and the line from which on they act: a gauge beside each person, and all of
// them in a row.

import { t } from "../shared/words.js";

const SMALL = 140; // px: below it there is no room for words

/**
 * @typedef {object} Levels
 * @property {number} frames
 * @property {{data: Uint8Array, shape: number[]}} level (frames, people) percent
 * @property {number} line percent
 * @property {string} [gauge] what a level is: "what each expects"
 */

/** Somebody's level at a moment between two frames. @param {Levels} scene */
export function levelAt({ level }, person, { before, after, part }) {
  const people = level.shape[1];
  const [from, to] = [level.data[before * people + person], level.data[after * people + person]];
  return from + (to - from) * part;
}

/** People from the lowest level to the highest, as they were at first. @param {Levels} scene */
export function byLevel({ level }) {
  return Array.from({ length: level.shape[1] }, (_, person) => person).sort(
    (a, b) => level.data[a] - level.data[b] || a - b,
  );
}

/** Beside each person a gauge: full to what they expect; above the line it has the colour of those who act. */
export function drawGauges({ scene, pen, spots, tall, inks }, moment) {
  const [high, wide] = [tall * 0.95, Math.max(4, tall * 0.11)];
  for (const { person, x, y } of spots) {
    const level = levelAt(scene, person, moment);
    const [left, foot] = [x - tall * 0.48, y];
    pen.fillStyle = inks.card;
    pen.strokeStyle = inks.edge;
    pen.lineWidth = 1;
    pen.fillRect(left, foot - high, wide, high);
    pen.strokeRect(left, foot - high, wide, high);
    pen.fillStyle = level > scene.line ? inks.goal : inks.apart;
    pen.fillRect(left, foot - (high * level) / 100, wide, (high * level) / 100);
    pen.fillStyle = inks.ink;
    pen.fillRect(left - 2, foot - (high * scene.line) / 100 - 1, wide + 4, 2);
  }
}

/** All gauges in a row, those who expected least at first on the left; the line runs across. */
export function drawLevels({ scene, pen, width, height, inks }, moment) {
  const small = width < SMALL;
  const [left, top, bottom] = small ? [2, 3, height - 2] : [40, 10, height - 22];
  const order = byLevel(scene);
  const step = (width - left - 2) / order.length;
  const y = (level) => bottom - (level / 100) * (bottom - top);
  order.forEach((person, place) => {
    const level = levelAt(scene, person, moment);
    pen.fillStyle = level > scene.line ? inks.goal : inks.apart;
    pen.fillRect(left + place * step, y(level), Math.max(1, step - 1), bottom - y(level));
  });
  pen.fillStyle = inks.ink;
  pen.fillRect(left, y(scene.line) - 1, width - left - 2, 2);
  if (small) return;
  pen.fillStyle = inks.quiet;
  pen.font = `13px ${inks.font}`;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  pen.fillText(scene.gauge ?? t("what each expects"), 0, height - 5);
  pen.textAlign = "right";
  pen.fillText(`${scene.line} %`, left - 5, y(scene.line) + 5);
}
