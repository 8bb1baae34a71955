// The dial beside the plaza: a dot for each person, the beat at the top, time clockwise; the arrow is as long as they
// are together.

import { canvasIn, copyLayer, inksOf, layerOf, penOf, sheetOf } from "../shared/canvas.js";
import { arrowOf } from "./phases.js";
import { POSES, turnColours } from "./turn_colours.js";

/** A dial in that place: {layOut(room), draw(phases, yours)}; `yours` is a beat of one who stands before them. */
export function phaseDial(place) {
  const canvas = canvasIn(place);
  canvas.dataset.square = ""; // the player gives it less width than to what is wide
  /** @type {any} */
  let dial = null;
  let shape = "";
  return {
    layOut({ beside: width, ratio, dark, styles }) {
      if (shape === `${width} ${ratio} ${dark}`) return;
      shape = `${width} ${ratio} ${dark}`;
      dial = null;
      if (!width) return;
      const inks = inksOf(styles);
      const colours = turnColours(dark);
      const radius = width * 0.385;
      const pen = penOf(canvas, width, width, ratio);
      dial = { pen, width, ratio, inks, radius, back: backOf(width, ratio, colours, radius, inks) };
      dial.dots = dotsOf(Math.max(2, width * 0.0165) * ratio, ratio, colours, inks);
    },
    draw(phases, yours = null) {
      if (!dial) return;
      dial.pen.clearRect(0, 0, dial.width, dial.width);
      copyLayer(dial.pen, dial.back);
      if (yours !== null) drawSpoke(dial, yours);
      drawDots(dial, phases);
      drawArrow(dial, arrowOf(phases));
    },
  };
}

function backOf(width, ratio, colours, radius, inks) {
  const back = layerOf(width, width, ratio);
  const { pen } = back;
  pen.lineWidth = width * 0.016;
  colours.forEach((colour, k) => {
    const [from, to] = [k - 0.55, k + 0.55].map((step) => (step / POSES) * 2 * Math.PI - Math.PI / 2);
    pen.strokeStyle = colour;
    pen.beginPath();
    pen.arc(width / 2, width / 2, width * 0.47, from, to);
    pen.stroke();
  });
  pen.strokeStyle = inks.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.arc(width / 2, width / 2, radius, 0, 7);
  pen.stroke();
  return back;
}

function dotsOf(dot, ratio, colours, inks) {
  const side = Math.ceil(dot * 2 + 3);
  const dots = sheetOf(side, side, POSES, 1, (pen, column) => {
    pen.fillStyle = colours[column];
    pen.strokeStyle = inks.ink;
    pen.lineWidth = 0.75 * ratio;
    pen.beginPath();
    pen.arc(side / 2, side / 2, dot, 0, 7);
    pen.fill();
    pen.stroke();
  });
  for (let pose = 0; pose < POSES; pose += 1) dots.add(pose, 0);
  return dots;
}

function drawDots({ pen, width, ratio, radius, dots }, phases) {
  const middle = (width / 2) * ratio;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  for (let k = 0; k < phases.length; k += 1) {
    const angle = (phases[k] / 128) * Math.PI;
    const r = radius * ratio * (1 + (((k * 7919) % 13) / 13 - 0.5) * 0.16); // a ring with some depth
    const left = Math.round(middle + Math.sin(angle) * r - dots.width / 2);
    const top = Math.round(middle - Math.cos(angle) * r - dots.width / 2);
    dots.copy(pen, Math.floor((phases[k] * POSES) / 256) % POSES, 0, left, top);
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function drawSpoke({ pen, width, radius, inks }, phase) {
  const angle = (phase / 128) * Math.PI;
  pen.strokeStyle = inks.you;
  pen.lineWidth = 3;
  pen.setLineDash([5, 3]);
  pen.beginPath();
  pen.moveTo(width / 2, width / 2);
  pen.lineTo(width / 2 + Math.sin(angle) * radius * 1.18, width / 2 - Math.cos(angle) * radius * 1.18);
  pen.stroke();
  pen.setLineDash([]);
}

function drawArrow({ pen, width, radius, inks }, { x, y, length }) {
  const middle = width / 2;
  const [tx, ty] = [middle + x * radius * 0.88, middle + y * radius * 0.88];
  for (const [wide, colour] of [
    [8, inks.card],
    [4, inks.ink],
  ]) {
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = wide;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(middle, middle);
    pen.lineTo(tx, ty);
    pen.stroke();
  }
  pen.beginPath();
  pen.arc(middle, middle, 4.5, 0, 7);
  pen.fill();
  if (length < 0.06) return;
  const turn = Math.atan2(y, x);
  pen.beginPath();
  for (const way of [0, 2.3, -2.3]) pen.lineTo(tx + Math.cos(turn + way) * 9, ty + Math.sin(turn + way) * 9);
  pen.closePath();
  pen.fill();
}
