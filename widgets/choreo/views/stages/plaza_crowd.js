// The crowd on the plaza: a picture for each pose, look and size, painted when it is first needed and copied from then
// on.

import { sheetOf } from "../shared/canvas.js";
import { drawFigure, LOOKS, TALL, WIDE } from "../shared/figure.js";
import { POSES, turnColours } from "./turn_colours.js";

const SIZES = 4; // of people, from the front row to the back
const COARSE = 6; // every 6th pose, of the largest size, does at first:
const HASTE = 30; // for so many moments. Bench "control" of lesson 09: painting all at once took a frame of 20 ms

/** How somebody stands at a turn of their tempo (0: the beat, 1: the next). */
function posture(turn) {
  const raise = ((1 + Math.cos(2 * Math.PI * turn)) / 2) ** 1.5;
  return { raise, lift: 0.13 * raise ** 3, sway: Math.sin(2 * Math.PI * turn) * 0.03 };
}

/**
 * A crowd of that height (px) in that light: {stand(spots), draw(pen, phases, whole) -> whether all was drawn exactly}.
 */
export function crowdOf(tall, ratio, night) {
  const colours = turnColours(night);
  const sheets = Array.from({ length: SIZES }, (_, k) =>
    peopleSheet(tall * ratio * (1 - (0.2 * k) / (SIZES - 1)), POSES),
  );
  const coarse = peopleSheet(tall * ratio, POSES / COARSE);
  let standing = [];
  let moments = 0;

  function peopleSheet(h, poses) {
    const [width, height] = [Math.ceil(h * WIDE), Math.ceil(h * TALL)];
    return sheetOf(width, height, poses, LOOKS, (pen, pose, look) => {
      const how = posture(pose / poses);
      const [x, y] = [width / 2, height - h * 0.1];
      if (night && how.raise > 0.05) paintGlow(pen, x, y, h, how.raise);
      drawFigure(pen, x, y, h, { ...how, look, night, coat: colours[(pose * POSES) / poses] });
    });
  }

  const stand = (spots) => {
    standing = spots.map(({ person, x, y, depth, chance }) => {
      const size = Math.round(depth * (SIZES - 1));
      const own = sheets[size];
      const [left, top] = [
        Math.round(x * ratio - own.width / 2),
        Math.round(y * ratio - own.height * (1 - 0.1 / TALL)),
      ];
      return { person, size, own, left, top, look: chance % LOOKS, sheet: own, pose: 0 };
    });
  };

  // Unless it shall be `whole`, few new pictures are painted at once, and people for whom none is there yet stand as
  // close to their pose as there is. First what is missing, then the copies: a sheet that changes is copied whole.
  const draw = (pen, phases, whole) => {
    let exact = true;
    moments += 1;
    const turn = moments > HASTE ? moments % SIZES : -1; // the sheet that takes new pictures now
    for (const one of standing) {
      const phase = phases[one.person] / 256;
      one.sheet = one.own;
      one.pose = Math.floor(phase * POSES) % POSES;
      if (one.sheet.has(one.pose, one.look)) continue;
      if (!whole && one.size !== turn) {
        exact = false;
        one.sheet = coarse;
        one.pose = Math.round((phase * POSES) / COARSE) % (POSES / COARSE);
      }
      if (!one.sheet.has(one.pose, one.look)) one.sheet.add(one.pose, one.look);
    }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    for (const { sheet, own, pose, look, left, top } of standing)
      sheet.copy(pen, pose, look, left, top, own.width, own.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    return exact;
  };
  return { stand, draw };
}

function paintGlow(pen, x, y, h, strength) {
  const middle = y - h * 0.83;
  const glow = pen.createRadialGradient(x, middle, 0, x, middle, h * 0.6);
  glow.addColorStop(0, `rgb(255 214 140 / ${0.34 * strength})`);
  glow.addColorStop(1, "rgb(255 214 140 / 0%)");
  pen.fillStyle = glow;
  pen.fillRect(x - h * 0.62, y - h * 1.4, h * 1.24, h * 1.4);
}

/** Somebody who beats time for all, on a podium. */
export function drawConductor(pen, { x, y, h }, turn, night) {
  const beat = (1 + Math.cos(2 * Math.PI * turn)) / 2;
  drawFigure(pen, x, y, h, {
    coat: night ? "#e7e2d6" : "#23262d",
    raise: 0.2 + 0.6 * beat,
    night,
    look: 0,
    mood: "neutral",
  });
  const lift = Math.PI * (0.3 + 0.5 * beat);
  const [hx, hy] = [x + h * (0.16 + Math.sin(lift) * 0.3), y - h * 0.63 + Math.cos(lift) * h * 0.36];
  pen.strokeStyle = night ? "#fff3cf" : "#7a1f4b";
  pen.lineWidth = Math.max(1.5, h * 0.035);
  pen.beginPath();
  pen.moveTo(hx, hy);
  pen.lineTo(hx + h * 0.2 * Math.sin(lift + 0.5), hy + h * 0.34 * Math.cos(lift + 0.5));
  pen.stroke();
}
