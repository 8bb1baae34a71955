/**
 * How far a point of a curve moves at a time: where people count (cultures, people, points of a hundred) by one whole
 * thing, else by a hundredth of the sheet.
 * @param {number} most the upper end of the sheet
 */
export function stepOf(most) {
  return Number.isInteger(most) && most >= 20 ? 1 : most / 100;
}

/**
 * A value as it is kept: on the nearest step, without a tail of decimals.
 * @param {number} value
 * @param {number} most the upper end of the sheet
 */
export function stepped(value, most) {
  const step = stepOf(most);
  return Number((Math.round(value / step) * step).toPrecision(6));
}
