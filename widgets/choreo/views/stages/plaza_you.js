// Somebody in front of the plaza who claps as well, and is one voice among many: you.

import { drawFigure, drawName } from "../shared/figure.js";
import { t } from "../shared/words.js";
import { POSES, turnColours } from "./turn_colours.js";

/** Where you stand, below the crowd. */
export function placeOfYou({ width, height }, tall) {
  const h = Math.min(height * 0.21, tall * 1.3);
  return { x: width / 2, y: height - Math.max(20, h * 0.12), h };
}

/** You at a phase of your beat (256 to a turn); null: your hands are down. */
export function drawYou(pen, { x, y, h }, phase, inks, night) {
  const turn = phase === null ? 0.5 : phase / 256;
  const raise = ((1 + Math.cos(2 * Math.PI * turn)) / 2) ** 1.5;
  const coat = phase === null ? inks.quiet : turnColours(night)[Math.floor(turn * POSES) % POSES];
  drawRing(pen, x, y, h, inks.you);
  drawFigure(pen, x, y, h, { coat, raise, lift: 0.13 * raise ** 3, look: 1, night });
  drawName(pen, x, y + 3, t("You"), inks, 12);
}

/** Rings under the feet of those who hear you. */
export function paintHearers(pen, hearers, at, tall, inks) {
  hearers.forEach((hears, person) => {
    if (hears) drawRing(pen, at[person].x, at[person].y, tall * at[person].scale, inks.you);
  });
}

function drawRing(pen, x, y, h, colour) {
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(2, h * 0.06);
  pen.beginPath();
  pen.ellipse(x, y, h * 0.32, h * 0.13, 0, 0, 7);
  pen.stroke();
}

/** From the head of somebody who is touched and hears you, down to you. */
export function drawYourTie(pen, { x, y, scale }, you, tall, inks) {
  const head = y - tall * 0.9 * scale;
  pen.strokeStyle = inks.you;
  pen.lineWidth = Math.max(2, tall * 0.05);
  pen.setLineDash([6, 4]);
  pen.beginPath();
  pen.moveTo(x, head);
  pen.quadraticCurveTo((x + you.x) / 2, head - tall * 0.3, you.x, you.y - you.h * 0.9);
  pen.stroke();
  pen.setLineDash([]);
}
