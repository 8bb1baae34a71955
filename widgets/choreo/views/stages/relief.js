// A landscape with two climbers on one rope: one moves along the row, the other along the column. The lighter, the
// higher.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, layerOf, penOf } from "../shared/canvas.js";
import { disc, drawFigure } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { t } from "../shared/words.js";
import { linesAt } from "./height_lines.js";
import { drawPay, payAt } from "./line_of_pay.js";

const LINES = 8; // of height
const TALL = 58; // px from the least pay on a line to the most
const SMALL = 140; // px: below it a small picture has no room for words
const GOES = { along: 0, down: 1 }; // who moves: the one along the row, or the one along the column

/**
 * @typedef {object} ReliefScene
 * @property {number} frames
 * @property {{data: Float32Array, shape: number[]}} height (rows, columns)
 * @property {{data: ArrayLike<number>}} path (frames, 2) row and column
 * @property {[number, number]} summit row and column
 * @property {{data: Uint8Array}} mover (frames) 0 moves along the row, 1 along the column
 * @property {number} [base] the height that counts as nothing; 0 without it
 * @property {{data: Float32Array, shape: number[]}} [pay] (frames, places) what the mover is paid along their line
 * @property {{data: Uint8Array}} [sees] (frames, places) 1 where the mover sees it
 */

/** The relief. */
export function stage({ ground, side, small }) {
  const canvas = canvasIn(ground);
  const profile = canvasIn(side);
  /** @type {any} */
  let now = null;

  return {
    legend: t(
      "The lighter, the higher; the flag stands on the summit. One climber may move along the lit row, the other along the lit column. The curve beside the line is their pay; a dot is what they see, the ring the best of it.",
    ),
    square: true,
    layOut(scene, room) {
      const { width, height, beside, ratio, styles } = room;
      const [rows, columns] = scene.height.shape;
      const pen = penOf(canvas, width, height, ratio, { alpha: false });
      const inks = inksOf(styles);
      // room for those who stand at an edge
      const [left, top] = [Math.min(24, width * 0.04), Math.min(46, height * 0.15)];
      const [wide, high] = [(width - 2 * left) / columns, (height - top - 14) / rows];
      const place = (row, column) => [left + (column + 0.5) * wide, top + (row + 0.5) * high];
      const before = now;
      now = { scene, room, inks, pen, left, top, wide, high, place, rows, columns };
      now.ends = endsOf(scene.height.data);
      now.profile = profileIn(beside);
      now.beside = beside ? penOf(profile, beside, now.profile.height, ratio) : null;
      // a control that is dragged shows at once: most of them change the climbers, not the landscape
      now.still = isStill(before, now) ? before.still : { floor: floorOf(now), marks: beside ? marksOf(now) : null };
    },
    draw(at) {
      if (!now) return true;
      copyLayer(now.pen, now.still.floor);
      const { before, after, part } = framesAt(at, now.scene.frames);
      const mover = now.scene.mover.data[after];
      drawLit(now, before, mover);
      drawTrail(now, before, after, part);
      if (now.scene.pay && !small) drawPayOf(now, before, after, mover);
      drawFlag(now);
      drawClimbers(now, before, after, part);
      if (now.beside) drawProfile(now, at);
      return true;
    },
    says(at) {
      const share = heightShare(now, Math.round(at));
      const label = now.scene.base ? t("of the way up to the summit") : t("of the height of the summit");
      return { figure: `${Math.round(100 * Math.max(0, share))}%`, label };
    },
    spots(at) {
      const [row, column] = cellOf(now.scene, Math.round(at ?? 0));
      const [x, y] = now.place(row, column);
      const [fx, fy] = now.place(...now.scene.summit);
      return [
        { id: "along", x: x - 12, y: y - 14, r: 20, name: t("the one who moves along the row") },
        { id: "down", x: x + 12, y: y - 14, r: 20, name: t("the one who moves along the column") },
        { id: "summit", x: fx, y: fy - 10, r: 20, name: t("the flag on the summit") },
      ];
    },
    tell: (id, at) => told(now.scene, id, Math.round(at)),
    /** Where the climbers begin, when the ground is pressed. */
    press(x, y) {
      const place = (from, size, count) => Math.max(0, Math.min(count - 1, Math.floor(from / size)));
      return { along: place(x - now.left, now.wide, now.columns), down: place(y - now.top, now.high, now.rows) };
    },
  };
}

/** @type {(scene: any, frame: number) => [number, number]} */
const cellOf = ({ path }, frame) => [path.data[2 * frame], path.data[2 * frame + 1]];

function heightShare({ scene, columns }, frame) {
  const heightAt = ([row, column]) => scene.height.data[row * columns + column] - (scene.base ?? 0);
  return heightAt(cellOf(scene, frame)) / (heightAt(scene.summit) || 1);
}

function endsOf(heights) {
  let [low, high] = [Infinity, -Infinity];
  for (const one of heights) [low, high] = [Math.min(low, one), Math.max(high, one)];
  return { low, span: high - low || 1 };
}

function told(scene, id, frame) {
  if (id === "summit") return t("This is the best place there is. Everybody can see it.");
  const moves = frame < scene.frames - 1 && scene.mover.data[frame + 1] === GOES[id];
  if (moves) return t("It is my turn. I can only move along my line, to where it is best for me.");
  return t("I wait for the other. I could only move along my own line.");
}

/** Whether what does not move looks as it did before. */
function isStill(before, { scene, room }) {
  if (!before || ["width", "height", "beside", "ratio", "dark"].some((name) => before.room[name] !== room[name]))
    return false;
  const [then, heights] = [before.scene.height.data, scene.height.data];
  return then.length === heights.length && then.every((one, k) => one === heights[k]);
}

// The ground by its height, without edges between cells, and lines of equal height on the upper half.
function floorOf({ scene, room, rows, columns, wide, high, ends, place, left, top }) {
  const { width, height, ratio, dark: night } = room;
  const floor = layerOf(width, height, ratio, { alpha: false });
  const { pen } = floor;
  pen.fillStyle = night ? "#1b2029" : "#f3e8d2";
  pen.fillRect(0, 0, width, height);
  const heights = Float32Array.from(scene.height.data, (one) => (one - ends.low) / ends.span);
  const cells = layerOf(columns, rows, 1);
  heights.forEach((share, k) => {
    cells.pen.fillStyle = shade(share, night);
    cells.pen.fillRect(k % columns, Math.floor(k / columns), 1, 1);
  });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(cells.picture, left, top, columns * wide, rows * high);
  pen.lineWidth = 1;
  pen.lineCap = "round";
  for (let level = LINES / 2; level < LINES; level += 1) {
    pen.strokeStyle = night ? `rgb(255 255 255 / ${6 + 2 * level}%)` : `rgb(60 40 20 / ${34 - 2 * level}%)`;
    pen.beginPath();
    for (const [x, y, toX, toY] of linesAt(heights, rows, columns, level / LINES)) {
      pen.moveTo(...place(y, x));
      pen.lineTo(...place(toY, toX));
    }
    pen.stroke();
  }
  return floor;
}

// From a dark valley to a light top: brightness alone tells the height.
const TONES = {
  day: [
    [46, 74, 80],
    [98, 124, 114],
    [255, 250, 232],
  ],
  night: [
    [10, 18, 26],
    [44, 58, 66],
    [240, 226, 192],
  ],
};

function shade(share, night) {
  const [low, middle, high] = night ? TONES.night : TONES.day;
  const [from, to, way] = share < 0.5 ? [low, middle, 2 * share] : [middle, high, (2 * share - 1) ** 1.2];
  return `rgb(${from.map((one, k) => Math.round(one + (to[k] - one) * way)).join(" ")})`;
}

function drawLit({ scene, pen, left, top, wide, high, rows, columns, inks }, frame, mover) {
  const [row, column] = cellOf(scene, frame);
  pen.strokeStyle = pen.fillStyle = mover === 0 ? inks.you : inks.others;
  pen.lineWidth = 3;
  const box =
    mover === 0 ? [left, top + row * high, columns * wide, high] : [left + column * wide, top, wide, rows * high];
  pen.globalAlpha = 0.22;
  pen.fillRect(...box);
  pen.globalAlpha = 1;
  pen.strokeRect(...box);
}

function drawPayOf({ scene, pen, place, inks, room }, before, after, mover) {
  const [row, column] = cellOf(scene, before);
  const across = mover === GOES.along;
  const [x, y] = place(row, column);
  drawPay(pen, payAt(scene, after), {
    across,
    place: (k) => (across ? place(row, k) : place(k, column)),
    room: across ? y : x,
    tall: Math.min(TALL, 0.2 * room.height),
    ink: across ? inks.you : inks.others,
    paper: inks.card,
  });
}

function drawTrail({ scene, pen, place, inks }, before, after, part) {
  const cells = Array.from({ length: before + 1 }, (_, frame) => place(...cellOf(scene, frame)));
  const [a, b] = [cells.at(-1), place(...cellOf(scene, after))];
  cells.push([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]);
  for (const [thick, colour] of [
    [6, inks.card],
    [3, inks.ink],
  ]) {
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = thick;
    pen.lineJoin = "round";
    pen.beginPath();
    for (const [x, y] of cells) pen.lineTo(x, y);
    pen.stroke();
    for (const [x, y] of cells.slice(0, -1)) disc(pen, x, y, thick * 0.9);
  }
}

function drawFlag({ scene, pen, place, inks }) {
  const [x, y] = place(...scene.summit);
  pen.strokeStyle = inks.ink;
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.moveTo(x, y + 4);
  pen.lineTo(x, y - 30);
  pen.stroke();
  pen.fillStyle = inks.goal;
  pen.strokeStyle = inks.card;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.moveTo(x + 1, y - 31);
  pen.lineTo(x + 24, y - 23);
  pen.lineTo(x + 1, y - 15);
  pen.closePath();
  pen.fill();
  pen.stroke();
}

// Two people and a rope; who moves leads.
function drawClimbers({ scene, pen, place, inks, room, columns }, before, after, part) {
  const [a, b] = [place(...cellOf(scene, before)), place(...cellOf(scene, after))];
  const ease = (share) => share * share * (3 - 2 * share);
  /** @type {(share: number) => [number, number]} */
  const at = (share) => [a[0] + (b[0] - a[0]) * ease(share), a[1] + (b[1] - a[1]) * ease(share)];
  const ahead = at(Math.min(1, part * 1.35));
  const behind = at(Math.max(0, part * 1.35 - 0.35));
  const mover = scene.mover.data[after];
  const [along, down] = mover === 0 ? [ahead, behind] : [behind, ahead];
  const high = Math.min(46, room.height * 0.12);
  const gap = high * 0.3;
  pen.strokeStyle = inks.card;
  pen.lineWidth = 5;
  rope(pen, along, down, gap, high);
  pen.strokeStyle = "#a8793d";
  pen.lineWidth = 2.5;
  rope(pen, along, down, gap, high);
  const share = scene.height.data[cellOf(scene, before)[0] * columns + cellOf(scene, before)[1]];
  const mood = share > 0.9 * scene.height.data[scene.summit[0] * columns + scene.summit[1]] ? "glad" : "neutral";
  const how = { mood, night: room.dark };
  drawFigure(pen, along[0] - gap, along[1] + 4, high, {
    ...how,
    coat: inks.you,
    look: 0,
    raise: mover === 0 ? 0.5 : 0.1,
  });
  drawFigure(pen, down[0] + gap, down[1] + 4, high, {
    ...how,
    coat: inks.others,
    look: 1,
    raise: mover === 1 ? 0.5 : 0.1,
  });
}

function rope(pen, [ax, ay], [bx, by], gap, high) {
  pen.beginPath();
  pen.moveTo(ax - gap, ay - high * 0.42);
  pen.quadraticCurveTo((ax + bx) / 2, Math.max(ay, by) - high * 0.1, bx + gap, by - high * 0.42);
  pen.stroke();
}

/** Beside the figure there is room for a line without words only. */
const profileIn = (width) =>
  width < SMALL ? { words: false, height: 52, margin: 5 } : { words: true, height: 120, margin: 20 };

// The summit, to which the profile below can rise.
function marksOf({ room, inks, profile }) {
  const marks = layerOf(room.beside, profile.height, room.ratio);
  const { pen } = marks;
  pen.font = `14px ${inks.font}`;
  pen.fillStyle = inks.quiet;
  if (profile.words) {
    pen.fillText(t("summit"), 4, 14);
    pen.fillText(t("turn by turn"), 4, profile.height - 3);
  }
  pen.fillStyle = inks.goal;
  pen.fillRect(4, profile.margin - 1, room.beside - 8, 2);
  return marks;
}

// How high they stood, step by step, against the summit.
function drawProfile(now, at) {
  const { beside: pen, scene, inks, room } = now;
  const { height, margin } = now.profile;
  const width = room.beside;
  const last = Math.floor(at);
  const x = (frame) => 4 + (frame / Math.max(1, scene.frames - 1)) * (width - 8);
  const y = (frame) => height - margin - Math.max(0, heightShare(now, frame)) * (height - 2 * margin);
  pen.clearRect(0, 0, width, height);
  copyLayer(pen, now.still.marks);
  pen.strokeStyle = inks.ink;
  pen.lineWidth = 2.5;
  pen.beginPath();
  for (let frame = 0; frame <= last; frame += 1) {
    pen.lineTo(x(frame), y(frame));
    if (frame < last) pen.lineTo(x(frame + 1), y(frame));
  }
  pen.stroke();
  pen.fillStyle = inks.ink;
  disc(pen, x(last), y(last), 4);
}

export default { render: (context) => player(context, stage) };
