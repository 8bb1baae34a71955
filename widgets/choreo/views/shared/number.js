// Numbers as people type them: in lessons, on phones and in the console. choreo/typed.py reads them alike.

import { element } from "./element.js";
import { t } from "./words.js";

const MINUS = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const APOSTROPHE = /[‘’‚‛‹›′‵ʹʻʼʽˈ´`＇\u066c]/g;
const UNSEEN = /\p{Cf}|[\ufe00-\ufe0f]/gu;
const PATTERNS = [pattern("\\."), pattern(","), pattern("'")];

/** Numbers with this mark for thousands (or for lakhs and crores), and the other one for decimals. */
function pattern(mark) {
  const groups = `[1-9]\\d{0,2}(?:${mark}\\d{3})+|[1-9]\\d?(?:${mark}\\d\\d)+${mark}\\d{3}`;
  return new RegExp(`^(${groups}|\\d*)(?:[${".,".replace(mark.at(-1), "")}](\\d*))?$`);
}

/** A digit of any script as 0 to 9: each script has its ten in a row. */
function figure(char) {
  const plain = char.normalize("NFKC");
  let value = 0;
  while (plain > "9" && /\p{Nd}/u.test(String.fromCodePoint(plain.codePointAt(0) - value - 1))) value += 1;
  return plain > "9" ? String(value) : plain;
}

/** What was typed with plain figures and signs; ".", "," and "'" are the marks in it. */
function plainly(text) {
  return text
    .replace(UNSEEN, "")
    .trim()
    .replace(MINUS, "-")
    .replace(APOSTROPHE, "'")
    .replace(/[\u066b\uff0e]/g, ".")
    .replace(/\uff0c/g, ",")
    .replace(/\p{Nd}/gu, figure)
    .replace(/(\d)[\s_](?=\d)/g, "$1'");
}

/** All numbers without a sign that figures with marks can stand for, the smallest first. */
function readings(body) {
  const found = new Set();
  for (const match of PATTERNS.map((one) => one.exec(body))) {
    if (match?.[1] || match?.[2]) found.add(Number(`${match[1].replace(/\D/g, "")}.${match[2] ?? ""}0`));
  }
  return [...found].sort((one, other) => one - other);
}

/**
 * The number that somebody typed: with a comma or a point, with or without marks for thousands, in any script's digits.
 *
 * One mark before three digits can be read in two ways ("1,200"), so it is asked back; "0,5" cannot.
 * @param {string} text
 * @returns {{value?: number, fault?: string}} neither where nothing was typed
 */
export function readNumber(text) {
  const plain = plainly(text);
  if (plain === "") return {};
  const [, sign, body] = /^([-+]?)(.*)$/s.exec(plain);
  const read = readings(body).map((value) => (sign === "-" ? -value : value));
  if (read.length === 2) {
    const [part, whole] = read;
    return { fault: t("Is that {whole} or {part}? Please type it without a mark for thousands.", { whole, part }) };
  }
  return Number.isFinite(read[0]) ? { value: read[0] } : { fault: t("Please type a number, in digits.") };
}

/**
 * The number that somebody typed, if it is within bounds.
 *
 * @typedef {object} Bounds
 * @property {number | null} [least]
 * @property {number | null} [most]
 * @property {string} [unit]
 * @property {boolean} [whole]
 * @property {number | null} [none] what an empty field stands for
 *
 * @param {string} text @param {Bounds} [wanted]
 * @returns {{value?: number | null, fault?: string}} one of the two
 */
export function readWithin(text, { least, most, unit, whole, none } = {}) {
  const { value, fault } = readNumber(text);
  if (value === undefined && fault === undefined && none !== undefined) return { value: none };
  if (value === undefined) return { fault: fault ?? t("Please type a number, in digits.") };
  if (whole && !Number.isInteger(value)) return { fault: t("Please type a whole number.") };
  if (value < (least ?? -Infinity) || value > (most ?? Infinity)) return { fault: bounds(least, most, unit) };
  return { value };
}

/** The bounds of a number in words; "" where there are none. */
export function bounds(least, most, unit = "") {
  const [from, to, end] = [least ?? null, most ?? null, unit ? ` ${unit}` : ""];
  if (from !== null && to !== null) return t("From {from} to {to}{end}.", { from, to, end });
  if (from !== null) return t("{from}{end} or more.", { from, end });
  return to === null ? "" : t("Up to {to}{end}.", { to, end });
}

/**
 * A field to type a number in. What was typed stays as it was typed; only `readNumber` says what it means.
 *
 * @param {number | null | undefined} least the least that is wanted: some phones' pads for numbers have no minus
 * @param {Record<string, any>} [attributes]
 */
export function numberField(least, attributes = {}) {
  const pad = typeof least === "number" && least >= 0 ? "decimal" : "text";
  return element("input", { type: "text", inputmode: pad, autocomplete: "off", ...attributes });
}
