import { framesAt } from "../shared/frames.js";
import { t } from "../shared/words.js";

// Time in a run: moments are counted in frames, and lie between them.

const WATCH = [6, 20]; // seconds that a run takes to watch, at least and at most
const A_FRAME = 0.5; // seconds for one frame of a short run
const FEW = 60; // frames that are stepped through one by one

/**
 * @typedef {{name: string, unit: string, times: ArrayLike<number>}} Clock what time is called in a run, frame by frame
 */

/** What a series (a value for each frame, or for each of its own steps) comes to at a moment; null without one. */
export function valueAt(series, at, frames) {
  if (!series?.length) return null;
  const place = frames > 1 ? (at / (frames - 1)) * (series.length - 1) : series.length - 1;
  const { before, after, part } = framesAt(place, series.length);
  return series[before] + (series[after] - series[before]) * part;
}

/** The time of a moment, in the clock's own unit. */
export function timeAt(clock, at) {
  return valueAt(clock.times, at, clock.times.length);
}

/** "12 of 30 s", "3 of 40 rounds", and "round 0 of 1". */
export function clockWords(clock, at) {
  const whole = clock.times[clock.times.length - 1];
  const digits = whole >= 10 || Array.prototype.every.call(clock.times, Number.isInteger) ? 0 : 1;
  const now = Math.floor(timeAt(clock, at) * 10 ** digits + 1e-6) / 10 ** digits;
  const places = { name: clock.name, unit: clock.unit, now: now.toFixed(digits), whole: whole.toFixed(digits) };
  const several = clock.unit && (whole > 1 || clock.name === "time");
  return several ? t("{now} of {whole} {unit}", places) : t("{name} {now} of {whole}", places);
}

/** The moment one step on (`way` 1) or back (-1): the next frame of a short run, the next full unit of a long one. */
export function stepped(clock, at, way) {
  const { times } = clock;
  const last = times.length - 1;
  const span = times[last] - times[0];
  if (last < FEW || span <= 0) return Math.min(last, Math.max(0, Math.round(at) + way));
  const unit = span >= 10 && span <= 120 ? 1 : span / 30;
  const now = (timeAt(clock, at) - times[0]) / unit;
  const then = way > 0 ? Math.floor(now + 1 + 1e-6) : Math.ceil(now - 1 - 1e-6);
  return Math.min(last, Math.max(0, (then * unit * last) / span));
}

/** How many seconds it takes to watch a run of so many frames. */
export function watchSeconds(frames) {
  return Math.min(WATCH[1], Math.max(WATCH[0], (frames - 1) * A_FRAME));
}
