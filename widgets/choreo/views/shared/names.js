// The names of people on a stage: each within the ground, none over another, and none on a still.

import { drawName } from "./figure.js";

const ROOM = 240; // px; a narrower ground has room for one name at most
const LETTER = 7.4; // px of one, on average
const HIGH = 16;

/** A name of at most so many characters. */
export function shortened(name, most) {
  const letters = [...name];
  return letters.length <= most
    ? name
    : `${letters
        .slice(0, Math.max(1, most - 1))
        .join("")
        .trim()}…`;
}

/**
 * Writes names one after another; the first ones keep their places, and one that would lie over another is left out (who
 * is touched tells their own).
 *
 * @param {any} pen @param {{names?: Record<string, string>}} scene @param {{width: number, height: number}} room
 * @param {any} inks @param {number} [each] px that there are for each of them
 */
export function namesOn(pen, scene, { width, height }, inks, each = width / 4) {
  const names = scene.names ?? {};
  const few = Object.keys(names).length < 2;
  const most = few ? Number.POSITIVE_INFINITY : Math.max(5, Math.floor(each / LETTER));
  const taken = [];
  return (person, x, y) => {
    const name = names[person];
    if (!name || (!few && width < ROOM)) return;
    const said = shortened(name, most);
    const half = ([...said].length * LETTER) / 2;
    const place = { x: few ? x : Math.max(half + 3, Math.min(width - half - 3, x)), y: Math.min(height - 18, y), half };
    if (taken.some((other) => Math.abs(other.x - place.x) < other.half + half && Math.abs(other.y - place.y) < HIGH))
      return;
    taken.push(place);
    drawName(pen, place.x, place.y, said, inks);
  };
}
