// Several organisations at the same problems: a lane for each, a dot for each problem, and a large mark for the mean.

import { canvasIn, inksOf, penOf } from "../shared/canvas.js";
import { disc, drawMark } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";

const LANE = 21; // px
const FIGURE = 42; // px for the mean in words
const TEXT = 13; // px

/**
 * @typedef {object} RaceScene
 * @property {{data: Uint8Array, shape: number[]}} [race] (frames, lanes, problems): how good the answers are, 255 the best
 * @property {{name: string, role: string}[]} [lanes]
 */

/** The race beside the stage: {layOut(scene, room), draw(at)}; nothing where the scene has none. */
export function raceBeside(place) {
  const canvas = canvasIn(place);
  let now = null;
  return {
    layOut(scene, { beside: width, ratio, styles }) {
      now = null;
      canvas.toggleAttribute("data-wide", Boolean(scene.race));
      canvas.style.display = scene.race ? "block" : "none";
      if (!scene.race || !width) return;
      const inks = inksOf(styles);
      const pen = penOf(canvas, width, LANE * scene.lanes.length, ratio);
      pen.font = `600 ${TEXT}px ${inks.font}`;
      const names = Math.max(...scene.lanes.map(({ name }) => pen.measureText(name).width));
      now = { scene, pen, inks, width, left: names + 16, right: width - FIGURE - 8 };
    },
    draw(at) {
      if (!now) return;
      const { pen, scene, width } = now;
      pen.clearRect(0, 0, width, LANE * scene.lanes.length);
      scene.lanes.forEach((_, lane) => {
        drawLane(now, lane, lastingAt(scene.race, lane, at));
      });
    },
  };
}

/** How good each problem's answers are in a lane at a moment, 0 to 1. */
export function lastingAt({ data, shape }, lane, at) {
  const [frames, lanes, problems] = shape;
  const { before, after, part } = framesAt(at, frames);
  const value = (frame, problem) => data[(frame * lanes + lane) * problems + problem] / 255;
  return Array.from({ length: problems }, (_, k) => value(before, k) * (1 - part) + value(after, k) * part);
}

function drawLane({ pen, inks, scene, left, right, width }, lane, values) {
  const { name, role } = scene.lanes[lane];
  const y = LANE * (lane + 0.5);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const place = (value) => left + value * (right - left);
  pen.font = `600 ${TEXT}px ${inks.font}`;
  pen.textBaseline = "middle";
  pen.fillStyle = inks.ink;
  pen.textAlign = "left";
  pen.fillText(name, 0, y);
  pen.textAlign = "right";
  pen.fillText(`${Math.round(100 * mean)}%`, width, y);
  pen.strokeStyle = inks.line;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(left, y);
  pen.lineTo(right, y);
  pen.stroke();
  pen.fillStyle = inks.role(role);
  pen.globalAlpha = 0.45;
  for (const value of values) disc(pen, place(value), y, 3.2);
  pen.globalAlpha = 1;
  pen.fillStyle = inks.card;
  disc(pen, place(mean), y, 9);
  pen.fillStyle = inks.role(role);
  drawMark(pen, lane, place(mean), y, 7);
}
