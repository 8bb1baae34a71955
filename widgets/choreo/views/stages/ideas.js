// Marks for ideas: each its own shape and colour, in a corner above a head and all together beside the stage.

import { canvasIn, inksOf, penOf } from "../shared/canvas.js";
import { drawMark } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";

const LIGHT = ["#0b5cad", "#d9730f", "#7d2a87", "#0a6b52", "#868c99", "#b89600", "#b03060", "#1f96b5"];
const DARK = ["#6fb0f5", "#f7ad6e", "#c77fd2", "#3fae8b", "#d9dbe0", "#ead95a", "#f0648f", "#7fdcef"];

/** Draw the mark of an idea (any whole number; equal numbers look equal). */
export function drawIdea(pen, idea, x, y, r, night) {
  pen.fillStyle = (night ? DARK : LIGHT)[Math.floor(idea / 4) % 8];
  drawMark(pen, idea % 4, x, y, r);
}

/** Everybody's idea, those who agree side by side: {layOut(scene, room), draw(at)}. */
export function ideasBeside(place) {
  const canvas = canvasIn(place);
  let now = null;
  return {
    layOut(scene, { beside: width, ratio, dark, styles }) {
      now = null;
      canvas.style.display = scene.hue ? "block" : "none";
      if (!width || !scene.hue) return;
      const people = scene.hue.shape[1];
      const across = Math.min(16, Math.max(8, Math.ceil(Math.sqrt(people * 2))));
      const cell = Math.min(30, width / across);
      const pen = penOf(canvas, width, Math.ceil(people / across) * cell, ratio);
      now = { scene, pen, people, across, cell, dark, width, inks: inksOf(styles), shown: -1 };
    },
    draw(at) {
      if (!now) return;
      const { before, after, part } = framesAt(at, now.scene.frames);
      const frame = part < 0.5 ? before : after;
      if (frame === now.shown) return;
      now.shown = frame;
      const { pen, people, across, cell, scene, dark, width } = now;
      const mine = sortedIdeas(scene.hue.data.subarray(frame * people, (frame + 1) * people));
      pen.clearRect(0, 0, width, Math.ceil(people / across) * cell);
      mine.forEach((idea, k) => {
        drawIdea(pen, idea, ((k % across) + 0.5) * cell, (Math.floor(k / across) + 0.5) * cell, cell * 0.3, dark);
      });
    },
  };
}

/** Ideas with those that most people have first, equal ones side by side. */
export function sortedIdeas(ideas) {
  const count = new Map();
  for (const idea of ideas) count.set(idea, (count.get(idea) ?? 0) + 1);
  return Array.from(ideas).sort((a, b) => count.get(b) - count.get(a) || a - b);
}
