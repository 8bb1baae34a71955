// Beside the people: a staircase of needs with the voices heard rising behind it; or what each expects, in a row; or else
// thought against said.

import { canvasIn, inksOf, penOf } from "../shared/canvas.js";
import { drawMark } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { t } from "../shared/words.js";
import { drawLevels } from "./levels.js";

const SMALL = 140; // px: below it there is no room for words

/** The small picture in that place: {layOut(scene, room, marks), draw(at)}. */
export function voicesBeside(place) {
  const canvas = canvasIn(place);
  let now = null;
  return {
    layOut(scene, { beside: width, ratio, styles }, marks) {
      now = null;
      if (!width) return;
      const small = width < SMALL; // beside the figure: stairs without words
      const rows = scene.need || thoughtIn(scene) ? 1 : 0.5; // of what there is to show
      const height = Math.round(Math.min(width * (small ? 0.7 : 0.8), 200) * rows);
      const pen = penOf(canvas, width, height, ratio);
      now = { scene, marks, width, height, pen, inks: inksOf(styles), stairs: scene.need ? stairsOf(scene) : null };
    },
    draw(at) {
      if (!now) return;
      const { scene, pen, width, height } = now;
      const { before, after, part } = framesAt(at, scene.frames);
      pen.clearRect(0, 0, width, height);
      if (now.stairs) {
        const [from, to] = [before, after].map((frame) => countOf(scene.says, frame, 1));
        drawStairs(now, from + (to - from) * part, part === 0 || to === from ? from : null);
      } else if (scene.level) drawLevels(now, { before, after, part });
      else drawBars(now, part < 0.5 ? before : after);
    },
  };
}

/** What people need, from the least to the most; those who begin need nobody. */
export function stairsOf({ need, first }) {
  return Array.from(need.data, (value, person) => (first?.data[person] ? 0 : Math.max(0, Math.ceil(value)))).sort(
    (a, b) => a - b,
  );
}

/** Whether it is known what anybody thinks. */
const thoughtIn = ({ thinks }) => thinks.data.some((value) => value > 0);

/** How many people are at this value in a frame. */
export function countOf({ data, shape }, frame, kind) {
  const people = shape[1];
  let count = 0;
  for (let k = frame * people; k < (frame + 1) * people; k += 1) if (data[k] === kind) count += 1;
  return count;
}

function drawStairs({ pen, width, height, inks, stairs }, heard, resting) {
  const small = width < SMALL;
  const [left, top, bottom] = small ? [2, 4, height - 3] : [30, 12, height - 22];
  const people = stairs.length;
  const most = Math.max(people, 1);
  const x = (person) => left + (person / people) * (width - left - 2);
  const y = (count) => bottom - (Math.min(count, most) / most) * (bottom - top);
  pen.fillStyle = inks.role("goal-wash") || inks.sunk;
  pen.fillRect(left, y(heard), width - left - 2, bottom - y(heard));
  pen.fillStyle = inks.goal;
  pen.fillRect(left, y(heard) - 1, width - left - 2, 2);
  pen.beginPath();
  pen.moveTo(left, bottom);
  stairs.forEach((need, person) => {
    pen.lineTo(x(person), y(need));
    pen.lineTo(x(person + 1), y(need));
  });
  pen.strokeStyle = inks.ink;
  pen.lineWidth = 2;
  pen.stroke();
  const next = Math.round(heard);
  if (resting !== null && next < people && stairs[next] > next) drawGap(pen, x(next), y(next), y(stairs[next]), inks);
  if (small) return;
  pen.fillStyle = inks.quiet;
  pen.font = `13px ${inks.font}`;
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillText(t("people, by need"), left, height - 5);
  pen.textAlign = "right";
  pen.fillText(`${Math.round(heard)}`, left - 5, y(heard) + 4);
}

// The step that is too high: between the voices there are and those that the next person needs.
function drawGap(pen, x, from, to, inks) {
  pen.strokeStyle = inks.apart;
  pen.lineWidth = 4;
  pen.beginPath();
  pen.moveTo(x + 2, from);
  pen.lineTo(x + 2, Math.min(to, from - 5));
  pen.stroke();
  pen.fillStyle = inks.apart;
  drawMark(pen, 3, x + 2, Math.min(to, from - 5), 5);
}

function drawBars({ pen, width, inks, marks, scene, height }, frame) {
  const small = width < SMALL;
  const thick = small ? 14 : 26;
  const people = scene.says.shape[1];
  pen.font = `14px ${inks.font}`;
  pen.textBaseline = "alphabetic";
  const rows = [
    [t("What they think"), scene.thinks],
    [t("What they say"), scene.says],
  ].slice(thoughtIn(scene) ? 0 : 1);
  rows.forEach(([title, values], row) => {
    const y = (small ? 0 : 24) + row * (height / rows.length);
    pen.fillStyle = inks.quiet;
    pen.textAlign = "left";
    if (!small) pen.fillText(title, 0, y - 8);
    pen.fillStyle = inks.sunk;
    pen.fillRect(0, y, width, thick);
    let x = 0;
    marks.forEach(({ colour }, k) => {
      const count = countOf(values, frame, k + 1);
      const wide = (count / people) * width;
      pen.fillStyle = colour;
      pen.fillRect(x, y, wide, thick);
      pen.fillStyle = inks.card;
      if (wide > 30) drawMark(pen, k, x + 11, y + thick / 2, 5);
      if (wide > 44) pen.fillText(`${count}`, x + 22, y + thick / 2 + 5);
      x += wide;
    });
  });
}
