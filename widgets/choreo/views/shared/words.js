const BACKWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Somebody's words within a sentence: in a script from right to left they keep to themselves, marks at their ends too. */
export const isolated = (words) => (BACKWARDS.test(words) ? `\u2068${words}\u2069` : words);

/** The words of the page, with each {name} filled in; every word that people read goes through here. */
export const t = (text, places = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);

/** The sentence for one or for many, by `count`, which fills in {count}. @param {string} one @param {string} many */
export const n = (one, many, count, places = {}) => t(count === 1 ? one : many, { ...places, count });
