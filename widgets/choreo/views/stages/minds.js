// As how many independent minds a group judges: so many discs are full, of one for each person.

import { canvasIn, inksOf, penOf } from "../shared/canvas.js";
import { disc } from "../shared/figure.js";
import { t } from "../shared/words.js";

const TALL = 70; // px
const SMALL = 140; // px: below it there is no room for words

/** How many people who count the same would judge as well: 1 / sum of squared shares. */
export function effectiveMinds(weights) {
  let sum = 0;
  for (const share of weights) sum += share * share;
  return sum > 0 ? 1 / sum : 0;
}

/** The discs in that place: {layOut(scene, room), draw()}. */
export function mindsBeside(place) {
  const canvas = canvasIn(place);
  let now = null;
  return {
    layOut({ weight, minds }, { beside: width, ratio, styles }) {
      now = null;
      if (!width) return;
      const people = weight.data.length;
      const small = width < SMALL; // beside the figure: discs without words
      const across = Math.min(people, small ? Math.ceil(Math.sqrt(people * 1.6)) : acrossOf(people, width));
      const cell = Math.min(30, width / across);
      const top = small ? 0 : 46;
      const height = top + Math.ceil(people / across) * cell;
      const pen = penOf(canvas, width, height, ratio);
      now = {
        pen,
        width,
        height,
        people,
        across,
        cell,
        top,
        minds: minds ?? effectiveMinds(weight.data),
        inks: inksOf(styles),
        drawn: false,
      };
    },
    draw() {
      if (!now || now.drawn) return;
      now.drawn = true;
      const { pen, width, height, people, across, cell, minds, top } = now;
      pen.clearRect(0, 0, width, height);
      if (top) writeMinds(now);
      for (let k = 0; k < people; k += 1) drawMind(now, k, Math.min(1, Math.max(0, minds - k)), across, cell);
    },
  };
}

/** How many discs stand side by side: ten, or so many that a crowd of them is no higher than TALL. */
export function acrossOf(people, width) {
  return Math.max(10, Math.ceil(Math.sqrt((people * width) / TALL)));
}

function writeMinds({ pen, inks, minds, people }) {
  const number = minds.toFixed(1);
  pen.fillStyle = inks.ink;
  pen.textBaseline = "alphabetic";
  pen.font = `600 26px ${inks.font}`;
  pen.fillText(number, 0, 26);
  const wide = pen.measureText(number).width;
  pen.font = `15px ${inks.font}`;
  pen.fillStyle = inks.quiet;
  pen.fillText(t("minds of {people}", { people }), wide + 8, 26);
}

function drawMind({ pen, inks, top }, k, part, across, cell) {
  const [x, y, r] = [((k % across) + 0.5) * cell, top + (Math.floor(k / across) + 0.5) * cell, cell * 0.38];
  pen.strokeStyle = inks.edge;
  pen.lineWidth = 1.25;
  pen.fillStyle = inks.sunk;
  disc(pen, x, y, r);
  pen.stroke();
  if (part <= 0) return;
  pen.fillStyle = inks.you;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.arc(x, y, r, -Math.PI / 2, -Math.PI / 2 + part * 2 * Math.PI);
  pen.closePath();
  pen.fill();
}
