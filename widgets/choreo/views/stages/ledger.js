// A ledger of rounds: a band for each pair (or person), a field for each round; a slip is a crack in the band.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, layerOf, penOf } from "../shared/canvas.js";
import { element } from "../shared/element.js";
import { drawFigure, lookOf } from "../shared/figure.js";
import { t } from "../shared/words.js";
import { earnedIn } from "./ledger_earned.js";
import { countOf, rowsIn } from "./ledger_rows.js";
import { pot } from "./pot.js";

const WITH_FIGURES = 14; // px of a row from which on people stand before it

/**
 * @typedef {object} LedgerScene
 * @property {number} frames one for each round, or for the last of them
 * @property {{data: Uint8Array, shape: number[]}} cell (rows, rounds): which kind; 255: not yet
 * @property {{label: string, role: string, second?: string, short?: string}[]} kinds colours as roles; `second` for
 *   the lower half
 * @property {{data: Uint8Array}} slips (rows, rounds): 1 where something went wrong that nobody meant
 * @property {string[]} rows names
 * @property {string} [label] what the share of the first kind is called: "of pairs both give"
 * @property {{name: string, rows: number}[]} [groups] rows that stand apart, from the first on
 * @property {number} [of] how many rounds there will be, where they come one by one
 * @property {import("./ledger_earned.js").Earned[]} [earned] what stands beside it instead of the counts
 * @property {boolean} [single] a row is one person, not a pair
 */

/** The ledger. */
export function stage({ ground, side }) {
  const canvas = canvasIn(ground);
  const counts = countsIn(side);
  const earned = earnedIn(side);
  /** @type {any} */
  let now = null;
  let touched = null;

  return {
    full: true,
    legend: t(
      "A row is a pair, from month to month. The upper half is what one does, the lower what the other does. A crack is a slip that nobody meant.",
    ),
    layOut(scene, room) {
      const { width, height, ratio, styles } = room;
      const [rows, rounds] = scene.cell.shape;
      const inks = inksOf(styles);
      const places = rowsIn(scene, height);
      const { high } = places;
      const figures = high >= WITH_FIGURES && width > 500;
      const left = figures ? high * (scene.single ? 0.9 : 1.5) + 8 : 6;
      const wide = (width - left - 6) / Math.max(1, scene.of ?? rounds);
      const pen = penOf(canvas, width, height, ratio, { alpha: false });
      const before = now;
      now = { scene, room, inks, pen, rows, rounds, ...places, wide, left, figures };
      // a control that is dragged shows at once: what a ledger is before its first round looks the same for most runs
      const of = scene.of ?? rounds;
      const look = JSON.stringify([room.dark, room.ratio, width, height, left, of, scene.clock?.name, places]);
      now.empty = look === before?.empty.look ? before.empty : { look, ...emptyLedger(now) };
      now.full = fullLedger(now, before?.full);
      counts.layOut(scene, inks);
      earned.show(scene.earned, inks);
    },
    draw(at) {
      if (!now) return true;
      const { pen, room, left, wide, full, empty, inks, tops, bottom, high } = now;
      const done = left + (roundAt(now.scene, at) + 1) * wide;
      copyLayer(pen, empty);
      copyLayer(pen, full, done * room.ratio);
      pen.fillStyle = inks.ink;
      pen.fillRect(done - 1, tops[0], 2, bottom - tops[0]);
      if (now.figures) drawPartners(now, at);
      if (touched !== null) {
        pen.strokeStyle = inks.you;
        pen.lineWidth = 3;
        pen.strokeRect(left - 3, tops[touched] + 1, now.rounds * wide + 6, high - 2);
      }
      counts.show(shareOf(now.scene, at));
      return true;
    },
    says: (at) => momentOf(now.scene, at),
    spots: () =>
      Array.from({ length: now.rows }, (_, row) => ({
        id: row,
        x: now.left + (now.rounds * now.wide) / 2,
        y: now.tops[row] + 0.5 * now.high,
        r: now.high / 2,
        wide: (now.rounds * now.wide) / 2,
        name: now.scene.rows?.[row] ?? t("pair {number}", { number: row + 1 }),
      })),
    tell(row, at) {
      const found = storyOf(now.scene, row, Math.round(roundAt(now.scene, at)) + 1);
      if (!found.rounds) return t("We have just met.");
      return t("In {good} of {rounds} months: {label}. Slips: {slips}.", {
        ...found,
        label: now.scene.kinds[0].label.toLowerCase(),
      });
    },
    touch: (row) => {
      touched = row;
    },
  };
}

/** A moment in words: of many rows a share, of a single one how often so far. */
function momentOf(scene, at) {
  const label = scene.label ?? scene.kinds[0].label;
  if (scene.cell.shape[0] === 1)
    return { figure: countOf(storyOf(scene, 0, Math.round(roundAt(scene, at)) + 1)), label };
  return { figure: `${Math.round(100 * shareOf(scene, at)[0])}%`, label };
}

/** The round that is being played at a moment; the last frame is the last round. */
export function roundAt({ cell, frames }, at) {
  return Math.max(0, cell.shape[1] - frames + at);
}

/** Of all rows, the share of each kind in the round that is being played. */
export function shareOf(scene, at) {
  const { cell, kinds } = scene;
  const [rows, rounds] = cell.shape;
  const round = Math.round(roundAt(scene, at));
  const found = kinds.map(() => 0);
  for (let row = 0; row < rows; row += 1) {
    const kind = cell.data[row * rounds + round];
    if (kind in found) found[kind] += 1 / rows;
  }
  return found;
}

/** What happened in a row so far. */
export function storyOf({ cell, slips, kinds }, row, until) {
  const rounds = cell.shape[1];
  let [good, slipped, played] = [0, 0, 0];
  for (let round = 0; round < until; round += 1) {
    if (cell.data[row * rounds + round] in kinds) played += 1;
    if (cell.data[row * rounds + round] === 0) good += 1;
    if (slips?.data[row * rounds + round]) slipped += 1;
  }
  return { good, slips: slipped, rounds: played };
}

// What was made of another run is painted over.
function fullLedger({ scene, room, rows, rounds, high, wide, left, tops, inks, empty }, before) {
  const { width, height, ratio } = room;
  const full = before ?? layerOf(width, height, ratio, { alpha: false });
  const pen = penOf(full.picture, width, height, ratio);
  copyLayer(pen, empty);
  const bar = high * 0.78;
  const snap = (x) => Math.round(x * room.ratio) / room.ratio; // no seams between rounds
  const colours = scene.kinds.map(({ role, second }) => [inks.role(role), inks.role(second ?? role)]);
  for (let row = 0; row < rows; row += 1)
    for (let round = 0; round < rounds; round += 1) {
      const place = row * rounds + round;
      const [x, y] = [snap(left + round * wide), tops[row] + (high - bar) / 2];
      colours[scene.cell.data[place]]?.forEach((colour, half) => {
        pen.fillStyle = colour;
        const dull = colour === inks.goal ? 0 : bar * 0.1; // what is withheld is thinner too: not only a colour
        pen.fillRect(x, y + (half * bar) / 2 + (half ? 0 : dull), snap(left + (round + 1) * wide) - x, bar / 2 - dull);
      });
    }
  for (let row = 0; row < rows; row += 1)
    for (let round = 0; round < rounds; round += 1)
      if (scene.slips?.data[row * rounds + round]) paintCrack(pen, left + (round + 0.5) * wide, tops[row], high, inks);
  return full;
}

// A jagged line through the whole band, light with a dark edge.
function paintCrack(pen, x, y, high, inks) {
  for (const [thick, colour] of [
    [4, inks.ink],
    [2, inks.card],
  ]) {
    pen.strokeStyle = colour;
    pen.lineWidth = thick;
    pen.lineJoin = "miter";
    pen.beginPath();
    for (let k = 0; k <= 4; k += 1) pen.lineTo(x + (k % 2 ? 1.9 : -1.9), y + high * (0.03 + k * 0.235));
    pen.stroke();
  }
}

function emptyLedger({ inks, high, wide, left, tops, named, bottom, room, scene }) {
  const empty = layerOf(room.width, room.height, room.ratio, { alpha: false });
  const { pen } = empty;
  pen.fillStyle = room.dark ? "#1b2029" : "#f8efdd";
  pen.fillRect(0, 0, room.width, room.height);
  const rounds = scene.of ?? scene.cell.shape[1];
  pen.fillStyle = inks.sunk;
  for (const top of tops) pen.fillRect(left, top + high * 0.11, rounds * wide, high * 0.78);
  pen.fillStyle = inks.quiet;
  pen.font = `14px ${inks.font}`;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  for (const { name, y } of named) pen.fillText(name, left, y);
  const base = bottom + 19;
  const step = rounds > 60 ? 20 : rounds > 24 ? 10 : rounds > 10 ? 5 : 1;
  const word = scene.clock?.name ?? t("round");
  pen.fillText(word, 6, base);
  const free = 6 + pen.measureText(word).width + 12;
  for (let round = step; round <= rounds; round += step) {
    if (left + (round - 0.5) * wide < free) continue;
    pen.textAlign = round + step > rounds && left + (round - 0.5) * wide > room.width - 12 ? "right" : "center";
    pen.fillText(`${round}`, left + (round - 0.5) * wide + (pen.textAlign === "right" ? wide / 2 : 0), base);
  }
  return empty;
}

// Before each row the two it is about, in the colours of what they do now, and with the face that goes with it.
function drawPartners({ scene, pen, rows, rounds, high, tops, inks, room }, at) {
  const round = Math.round(roundAt(scene, at));
  for (let row = 0; row < rows; row += 1) {
    const kind = scene.kinds[scene.cell.data[row * rounds + round]] ?? scene.kinds[0];
    const mood = kind.second && kind.second !== kind.role ? "worried" : kind.role === "goal" ? "glad" : "neutral";
    [kind.role, kind.second ?? kind.role].slice(0, scene.single ? 1 : 2).forEach((role, k) => {
      const how = { coat: inks.role(role), look: lookOf(2 * row + k), mood, night: room.dark };
      drawFigure(pen, 6 + high * (0.4 + 0.62 * k), tops[row] + 0.97 * high, high * 0.94, how);
    });
  }
}

/** How many rows are at each kind now; gone where something else stands beside the ledger. */
function countsIn(place) {
  const list = element("ul", { class: "choreo-ledger-counts" });
  place.append(list);
  let numbers = [];
  let shown = "";
  return {
    layOut({ kinds, earned }, inks) {
      list.hidden = Boolean(earned);
      const look = JSON.stringify([kinds, kinds.map(({ role }) => inks.role(role))]);
      if (look === shown) return;
      shown = look;
      numbers = kinds.map(() => element("strong"));
      list.replaceChildren(
        ...kinds.map(({ label, short, role, second }, k) => {
          const sign = element("canvas", { width: 36, height: 28, "aria-hidden": "true" });
          const pen = sign.getContext("2d");
          [role, second ?? role].forEach((name, half) => {
            pen.fillStyle = inks.role(name);
            pen.fillRect(0, half * 14 + (name === "goal" || half ? 0 : 3), 36, 14 - (name === "goal" ? 0 : 3));
          });
          return element(
            "li",
            {},
            sign,
            numbers[k],
            element("span", { class: "choreo-ledger-short" }, short ?? label),
            element("span", { class: "choreo-ledger-long" }, label),
          );
        }),
      );
    },
    show(shares) {
      shares.forEach((share, k) => {
        const text = `${Math.round(100 * share)}%`;
        if (numbers[k].textContent !== text) numbers[k].textContent = text;
      });
    },
  };
}

// Pairs in bands, or one pot that all fill: as the scene says, which is there when a stage is made.
const either =
  ({ model }) =>
  (parts) =>
    (model.get("scene")?.gift ? pot : stage)(parts);

export default { render: (context) => player(context, either(context)) };
