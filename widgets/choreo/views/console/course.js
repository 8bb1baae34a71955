// The course of a session as a coach sees it: what comes next, how long it has taken, who is there. Nothing of a page
// in here.

import { n, t } from "../shared/words.js";

/**
 * @typedef {object} Course what a desk shows of what runs
 * @property {{ title: string, minutes: number, about?: string }[]} items the running order
 * @property {number} at which of them runs; -1 before the first
 * @property {string} step
 * @property {{ name: string, title: string }[]} steps
 * @property {boolean} finished whether the room looks at what came of it
 * @property {boolean} ended
 * @property {number | null} sealed answers of people to a sealed question that is open
 * @property {number} [fewest] under so many answers none is shown; 0 while nobody is here but bots, if anybody
 * @property {number} [here] people who could answer
 * @property {import("./talk.js").Talk} [talk]
 * @property {{ number: number, of: number, moved: number, due: number } | null} [round] of a game that is on
 * @property {number} [look] which screen of the debrief is shown
 * @property {{ title: string, what_if: boolean }[]} [screens] of the debrief, and what-ifs after its own
 */

/**
 * The one thing that most coaches do next, as a command and how it is called; null where there is nothing.
 *
 * @param {Course} course
 * @returns {{ does: "begin" | "step" | "finish" | "look" | "end" | "guide", label: string, hint?: string, item?: number, to?: object, screen?: number | null } | null}
 */
export function next(course) {
  const { items, at, step, steps, finished, ended, sealed, here = 0, round = null, talk } = course;
  const { look = 0, screens = [] } = course;
  if (ended || !items.length) return null;
  if (talk?.guide) return onward(talk);
  if (at >= 0 && !finished) {
    const to = steps[steps.findIndex((one) => one.name === step) + 1];
    const game =
      round &&
      t("Round {number} of {of}: {moved} of {all} have moved", {
        number: round.number,
        of: round.of,
        moved: round.moved,
        all: round.moved + round.due,
      });
    if (!to)
      return { does: "finish", label: t("Look at it together"), hint: game || t("what happened, screen by screen") };
    const hint =
      sealed === null
        ? ""
        : t("closes the question: {sealed} of {all} answered", { sealed, all: Math.max(here, sealed) });
    return { does: "step", to, label: to.title, hint: game || hint };
  }
  const own = screens.filter((one) => !one.what_if);
  if (finished && look + 1 < own.length) {
    const label = t("Next screen: {number} of {all}", { number: look + 2, all: own.length });
    return { does: "look", screen: look + 1, label, hint: own[look + 1].title };
  }
  if (at + 1 < items.length) {
    const { title, about } = items[at + 1];
    return { does: "begin", item: at + 1, label: t("Begin: {title}", { title }), ...(about && { hint: about }) };
  }
  return { does: "end", label: t("End the session") };
}

/** What an item of the running order asks the room; "" where that is no question of the coach's. */
export const about = ({ settings: { question = "", statement = "" } = {} }) => question || statement;

/** The next of the guide's screens. @param {import("./talk.js").Talk} talk */
function onward({ heads, guide }) {
  const screen = guide.screen + 1;
  return screen < guide.of
    ? { does: /** @type {const} */ ("guide"), screen, label: t("Go on: {head}", { head: heads[screen] }) }
    : { does: /** @type {const} */ ("guide"), screen: null, label: t("End the ten minutes") };
}

/** How many answers are missing until any can be shown; 0 where none is, or none came. @param {Partial<Course>} course */
export function missing({ sealed = null, fewest = 0 }) {
  return sealed ? Math.max(0, fewest - sealed) : 0;
}

/** How long an activity has taken, and the share of its planned time. */
export function spent(seconds, planned) {
  const minutes = Math.floor(seconds / 60);
  const time = `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const over = seconds > planned * 60;
  const words = over
    ? t("{time} of {planned} min planned", { time, planned })
    : t("{time} of {planned} min", { time, planned });
  return { words, over, share: Math.min(1, seconds / (planned * 60 || 1)) };
}

const SLACK = 60; // seconds that nobody minds

/**
 * By how many minutes a session is behind its plan: the running activity began so late, or takes so long.
 *
 * @param {{ minutes: number }[]} items @param {number} at which of them runs
 * @param {number} began when it did, in s after the first one, and `now`
 */
export function behind(items, at, began, now) {
  const from = 60 * (beginnings(items)[at] ?? 0);
  const most = Math.max(began - from, now - from - 60 * (items[at]?.minutes ?? 0));
  return most > SLACK ? Math.round(most / 60) : 0;
}

/** Seconds as a clock shows them. */
export function ticking(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** When each item of a running order begins, in minutes. */
export function beginnings(items) {
  let from = 0;
  return items.map(({ minutes }) => {
    from += minutes;
    return from - minutes;
  });
}

const UNITS = /** @type {[number, string, string][]} */ ([
  [86400000, "{count} day", "{count} days"],
  [3600000, "{count} hour", "{count} hours"],
  [60000, "{count} minute", "{count} minutes"],
]);

/** When a session ends by itself, in words: `ends` as the hub says it, at the time `now` in ms. */
export function remaining(ends, now) {
  const at = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" }).format(new Date(ends));
  const left = Date.parse(ends) - now;
  const [length, one, many] = UNITS.find(([length]) => left >= length) ?? [0, "", ""];
  if (!length) return t("This session ends by itself now: {at}.", { at });
  const time = n(one, many, Math.round(left / length));
  return t("This session ends by itself in {time}, on {at}. What people said stays until you delete it.", { time, at });
}

/** The people with `words` in their name. */
export function found(people, words) {
  const wanted = words.trim().toLowerCase();
  return people.filter(({ who }) => who.toLowerCase().includes(wanted));
}
