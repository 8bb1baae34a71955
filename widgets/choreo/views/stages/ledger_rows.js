import { t } from "../shared/words.js";

// Where the bands of a ledger lie: one below the other, kinds of partners apart, each under its name.

const HIGH = [44, 88]; // px: the highest band; where it is the only one
const TITLE = [6, 19]; // px over a group: a gap, and room for its name
const LOW = 120; // px of height below which there is no room for names
const FOOT = 26; // px for the months below
const HEAD = 64; // px over a single band, where somebody may speak

/**
 * Where each row begins, how high all are, and the names of groups.
 *
 * @param {{cell: {shape: number[]}, groups?: {name: string, rows: number}[]}} scene
 * @param {number} height px
 */
export function rowsIn({ cell, groups = [] }, height) {
  const [rows] = cell.shape;
  const title = TITLE[height < LOW ? 0 : 1];
  const over = rows > 1 || height < LOW ? 0 : HEAD;
  const head = over + groups.length * title;
  const high = Math.max(2, Math.min(HIGH[rows > 1 ? 0 : 1], (height - FOOT - 8 - head) / rows));
  const middle = (height - FOOT - rows * high) / 2;
  const top = rows > 1 ? middle - head / 2 : Math.max(over, middle);
  const starts = new Map();
  groups.reduce((row, { name, rows: many }) => {
    starts.set(row, name);
    return row + many;
  }, 0);
  const tops = [];
  const named = [];
  let y = top;
  for (let row = 0; row < rows; row += 1) {
    if (starts.has(row)) {
      if (height >= LOW) named.push({ name: starts.get(row), y: y + title - 5 });
      y += title;
    }
    tops.push(y);
    y += high;
  }
  return { high, tops, named, bottom: y };
}

/** Of a single row, in how many rounds so far both did the first kind: a share of one would say little. */
export function countOf({ good, rounds }) {
  return rounds ? t("{good} of {rounds}", { good, rounds }) : "0";
}
