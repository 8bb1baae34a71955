// A run as part of a lesson's address (?run=...): what was set, in which crowd, at which moment. Nothing about who made it.
// The kernel reads the settings once more, by what its controls allow (views/loan.py).

import { t } from "./words.js";

export const MOST = 3000; // characters; hub/onward.py hands no more on
const FORM = 1; // of the link; an older one stays readable here
const NAME = /^[a-z0-9][a-z0-9-]{0,79}$/;
const SEEDS = 1_000_000;
const MOMENTS = 100_000;

/** @typedef {{play: string, settings: Record<string, unknown>, seed: number, at: number}} Run */

/** @type {(run: Run) => string} */
export function written({ play, settings, seed, at }) {
  const bytes = new TextEncoder().encode(JSON.stringify({ form: FORM, play, settings, seed, at }));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/**
 * What a link says, or why it cannot be read.
 *
 * @param {string} text @returns {{run: Run, why?: undefined} | {run?: undefined, why: string}}
 */
export function read(text) {
  if (text.length > MOST) return { why: t("It is longer than any link of this course.") };
  const given = decoded(text);
  if (Number.isInteger(given?.form) && given.form > FORM)
    return { why: t("It was made by a newer version of this course than the one that runs here.") };
  if (!isRun(given)) return { why: t("Part of it is missing, or was changed on the way.") };
  const { play, settings, seed, at } = given;
  return { run: { play, settings, seed, at } };
}

function decoded(text) {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function isRun(given) {
  if (given?.form !== FORM || !NAME.test(given.play)) return false;
  const { settings, seed, at } = given;
  if (!settings || typeof settings !== "object" || Array.isArray(settings)) return false;
  return Number.isInteger(seed) && seed >= 0 && seed < SEEDS && Number.isFinite(at) && at >= 0 && at < MOMENTS;
}

/** What the address of this page asks for: null for nothing. */
export function asked() {
  const text = new URLSearchParams(location.search).get("run");
  return text === null ? null : read(text);
}

/** The address of this page, with a run in it. @param {Run} run */
export function addressOf(run) {
  return `${location.origin}${location.pathname}?run=${written(run)}`;
}

/** Take the run out of this page's address: what is on the stage is the learner's own again. */
export function letGo() {
  const rest = location.search.replace(/([?&])run=[^&]*&?/, "$1").replace(/[?&]$/, "");
  history.replaceState(history.state, "", location.pathname + rest + location.hash);
}
