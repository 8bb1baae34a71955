import { stored } from "./stored.js";

const KEY = "choreo-order"; // the mark of this browser, by which options are mixed
let own = null;

/**
 * A list in an order of this browser's own, the same at every visit; another browser, another order.
 *
 * It is decided here, by a mark that this browser keeps for itself, and not by the learner's: the page is drawn before
 * anybody knows whose it is, and options that change places under a hand are worse than any order.
 * @template Item
 * @param {Item[]} list
 * @param {string} name of the list, so that two lists differ
 * @returns {Item[]}
 */
export function mixed(list, name) {
  own ??= stored.read(KEY) ?? made();
  return shuffled(list, `${own}/${name}`);
}

/**
 * The list in the order that a seed gives (Fisher and Yates).
 * @template Item
 * @param {Item[]} list
 * @param {string} seed
 * @returns {Item[]}
 */
export function shuffled(list, seed) {
  const dice = thrower(seed);
  const order = [...list];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(dice() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

function made() {
  const mark = Array.from(crypto.getRandomValues(new Uint32Array(2)), (number) => number.toString(36)).join("");
  stored.write(KEY, mark);
  return mark;
}

/** Numbers from 0 to 1 that a text decides (FNV-1a, then mulberry32). */
function thrower(text) {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mix = Math.imul(state ^ (state >>> 15), 1 | state);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) / 4294967296;
  };
}
