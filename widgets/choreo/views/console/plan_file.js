// A plan as a file: written, and read with every fault named: place, fault, remedy. Nothing of a page in here.

import { t } from "../shared/words.js";

const LONGEST = 200_000; // characters of a file that is looked at
const MOST_ITEMS = 30;
const MOST_WORDS = 40; // that a plan remembers of a promise
const FEWEST = 5; // under so many people nothing is remembered
const MOST_PEOPLE = 100_000;
const TEXTS = /** @type {[string, number][]} */ ([
  ["notes", 4000],
  ["late", 400],
]);

/** @typedef {import("./setting.js").Field} Field */
/** @typedef {{ name: string, title: string, minutes: number, fields: Field[] }} Kind */
/** @typedef {{ last_time?: import("./promised.js").LastTime, title: string, notes: string, late: string, items: { activity: string, minutes: number, settings: Record<string, any> }[] }} Plan */

/** What went wrong with a file, a line for each fault. */
export class PlanFault extends Error {}

/** @param {Plan} plan */
export function written(plan) {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** A name for the file of a plan. @param {string} title */
export function fileName(title) {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${plain || "plan"}.json`;
}

/**
 * The plan in a file's text, and what was left out of it because nothing here knows it any more. Throws PlanFault.
 *
 * @param {string} name of the file @param {string} text @param {Map<string, Kind>} kinds
 * @returns {{ plan: Plan, left: string[] }}
 */
export function read(name, text, kinds) {
  const value = parsed(name, text);
  const faults = [];
  const left = Object.keys(value)
    .filter((key) => !["title", "items", "notes", "late", "last_time"].includes(key))
    .map((key) => t("“{name}” is no part of a plan", { name: short(key) }));
  if (typeof value.title !== "string" || !value.title.trim() || value.title.length > 80)
    faults.push(t("title: must be 1 to 80 characters; write one in quotation marks."));
  for (const [key, most] of TEXTS)
    if (value[key] !== undefined && (typeof value[key] !== "string" || value[key].length > most))
      faults.push(t("{key}: must be a text of at most {most} characters; shorten it.", { key, most }));
  const last = value.last_time ?? null;
  if (last && !isLastTime(last))
    faults.push(t("last_time: is not what a plan remembers of a promise; leave it out, or save the plan anew."));
  const listed = Array.isArray(value.items) && value.items.length <= MOST_ITEMS ? value.items : [];
  if (listed !== value.items)
    faults.push(t("items: must be a list of at most {most} activities; mend or shorten it.", { most: MOST_ITEMS }));
  const items = listed.map((one, index) => item(one, index + 1, kinds, faults, left));
  if (faults.length) throw new PlanFault(faults.map((fault) => `${name}, ${fault}`).join("\n"));
  const { title, notes = "", late = "" } = value;
  return { plan: { title, notes, late, items, ...(last && { last_time: last }) }, left };
}

/** Whether this can be what a room promised; the hub looks at each word. @param {any} last */
function isLastTime({ day, question, count, words }) {
  const pair = (one) => Array.isArray(one) && typeof one[0] === "string" && whole(one[1], 1, MOST_PEOPLE);
  return (
    /^\d{4}-\d\d-\d\d$/.test(day) &&
    !Number.isNaN(Date.parse(day)) &&
    typeof question === "string" &&
    question.length <= 200 &&
    whole(count, FEWEST, MOST_PEOPLE) &&
    Array.isArray(words) &&
    words.length <= MOST_WORDS &&
    words.every(pair)
  );
}

function parsed(name, text) {
  if (text.length > LONGEST)
    throw new PlanFault(t("{name}: is far too long for a plan; choose another file.", { name }));
  let value = null;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (/** @type {any} */ error) {
    throw new PlanFault(
      t("{name}: cannot be read ({message}); choose a file that was saved with “Save as a file”.", {
        name,
        message: error.message,
      }),
    );
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new PlanFault(t("{name}: holds no plan; choose a file that was saved with “Save as a file”.", { name }));
  return value;
}

function item(one, number, kinds, faults, left) {
  const kind = kinds.get(one?.activity);
  if (!kind) {
    const known = [...kinds.keys()].join(", ");
    faults.push(
      t("item {number}: there is no activity “{activity}”; choose one of {known}.", {
        number,
        activity: short(one?.activity),
        known,
      }),
    );
    return null;
  }
  const place = `item ${number} (${kind.title})`;
  const { minutes = kind.minutes } = one;
  const settings = one.settings ?? {};
  if (typeof settings !== "object" || Array.isArray(settings))
    faults.push(t("{place}, settings: must be names with their values, in braces; mend them.", { place }));
  if (!whole(minutes, 1, 240))
    faults.push(t("{place}, minutes: must be a whole number from 1 to 240; change it.", { place }));
  const set = {};
  for (const field of kind.fields) {
    const value = settings[field.name];
    const fault = value === undefined ? "" : wrong(field, value);
    if (fault) faults.push(`${place}, ${field.name}: ${short(value)} ${fault}.`);
    set[field.name] = value === undefined ? field.value : value;
  }
  for (const name of Object.keys(settings))
    if (!kind.fields.some((field) => field.name === name))
      left.push(t("{place} has no setting “{setting}”", { place, setting: short(name) }));
  return { activity: kind.name, minutes, settings: set };
}

/** What is wrong with a setting's value, and what helps; "" where nothing is. @param {Field} field @param {any} value */
export function wrong({ kind, low, high, most, options }, value) {
  const texts = Array.isArray(value) && value.every((one) => typeof one === "string");
  if (kind === "yes" && typeof value !== "boolean") return t("is neither true nor false; write one of them");
  if (kind === "list" && !texts) return t("is no list of texts; write each in quotation marks");
  if ((kind === "text" || kind === "long") && (typeof value !== "string" || value.length > most))
    return t("is no text of at most {most} characters; change it", { most });
  if (kind === "choice" && !options.some((one) => one.value === value))
    return t("cannot be chosen; write one of {values}", { values: options.map((one) => one.value).join(", ") });
  if (kind !== "whole" && kind !== "number") return "";
  const number = typeof value === "number" && (kind === "number" || Number.isInteger(value));
  return number && value >= (low ?? -Infinity) && value <= (high ?? Infinity)
    ? ""
    : kind === "whole"
      ? t("is no whole number from {low} to {high}; change it", { low, high })
      : t("is no number from {low} to {high}; change it", { low, high });
}

function whole(value, low, high) {
  return Number.isInteger(value) && value >= low && value <= high;
}

function short(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
