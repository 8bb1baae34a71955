// How dots move: never more than there are, never fewer than none.

/** The dots after `by` were added to those of one proposal. @param {number[]} given @param {number} all that there are */
export function moved(given, index, by, all) {
  const others = given.reduce((sum, dots, at) => sum + (at === index ? 0 : dots), 0);
  const now = Math.min(all - others, Math.max(0, given[index] + by));
  return given.map((dots, at) => (at === index ? now : dots));
}
