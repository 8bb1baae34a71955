import { framesAt } from "../shared/frames.js";

// Phases between frames, how together people are, and when they clap: numbers only. 256 steps are a turn, 0 is the
// beat.

const SLOTS = 8; // claps that fall into the same eighth of a turn are one sound
const HEARD = 0.05; // and fewer people than this share of a crowd make none

const COS = Float32Array.from({ length: 256 }, (_, k) => Math.cos((k / 128) * Math.PI));
const SIN = Float32Array.from({ length: 256 }, (_, k) => Math.sin((k / 128) * Math.PI));

/** The time of a moment in units of the run's clock. */
export function timeAt(scene, at) {
  const { before, after, part } = framesAt(at, scene.frames);
  const times = scene.clock?.times;
  return times ? times[before] + (times[after] - times[before]) * part : at;
}

/**
 * The phase of each person at a moment, into an array: between two frames by the short way round, with the common beat.
 */
export function phasesInto(into, scene, at) {
  const people = into.length;
  const { before, after, part } = framesAt(at, scene.frames);
  const { data } = scene.phase;
  const [a, b] = [before * people, after * people];
  const beat = (scene.beat ?? 0) * timeAt(scene, at) * 256;
  for (let k = 0; k < people; k += 1) {
    const from = data[a + k];
    const way = ((data[b + k] - from + 128) & 255) - 128;
    into[k] = (((from + way * part + beat) % 256) + 256) % 256;
  }
  return into;
}

/** The mean arrow of phases: {x to the right, y down, length from 0 to 1}. */
export function arrowOf(phases) {
  let [x, y] = [0, 0];
  for (let k = 0; k < phases.length; k += 1) {
    const step = phases[k] & 255;
    x += SIN[step];
    y -= COS[step];
  }
  x /= phases.length || 1;
  y /= phases.length || 1;
  return { x, y, length: Math.hypot(x, y) };
}

/** How far two phases are apart: 0 alike, 1 opposite. */
export const apart = (one, other) => (1 - COS[(one - other) & 255]) / 2;

/** The claps between two moments, those of many at once as one sound: [{at, pitch, loud}]. */
export function clapsBetween(scene, from, to) {
  const found = [];
  if (!(scene.beat > 0)) return found;
  const people = scene.phase.shape[1];
  const slot = 1 / (scene.beat * SLOTS); // in the clock's unit
  const frame = (scene.frames - 1) / (timeAt(scene, scene.frames - 1) - timeAt(scene, 0) || 1);
  const start = timeAt(scene, 0);
  let [before, after] = [null, null];
  for (let k = Math.floor((timeAt(scene, from) - start) / slot); (k + 1) * slot * frame <= to; k += 1) {
    if ((k + 1) * slot * frame <= from) continue;
    before = after ?? phasesInto(new Float32Array(people), scene, k * slot * frame);
    after = phasesInto(new Float32Array(people), scene, (k + 1) * slot * frame);
    const clap = clapOf(before, after, scene.columns || people);
    if (clap.loud >= HEARD) found.push({ at: (k + clap.moment) * slot * frame, pitch: clap.pitch, loud: clap.loud });
  }
  return found;
}

function clapOf(before, after, columns) {
  let [count, moment, place] = [0, 0, 0];
  for (let k = 0; k < before.length; k += 1) {
    const way = (after[k] - before[k] + 256) % 256;
    const left = 256 - before[k];
    if (way > 128 || way < left) continue;
    count += 1;
    moment += left / way;
    place += (k % columns) / columns;
  }
  return { loud: count / before.length, moment: moment / (count || 1), pitch: place / (count || 1) };
}
