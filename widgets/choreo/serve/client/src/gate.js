// Which steps may be opened: computed from what each asks and whether it is open. No page is needed for that.

/**
 * @typedef {object} StepState
 * @property {boolean} open
 * @property {boolean} asks it holds a prediction that nobody has made or declined yet
 */

/**
 * The last step that may be opened: the first one that asks for something; what is open stays open.
 *
 * @param {StepState[]} steps in the order of reading
 * @returns {number} its index; -1 where there are none
 */
export function farthest(steps) {
  const gate = steps.findIndex((step) => step.asks);
  const last = steps.findLastIndex((step) => step.open);
  return gate < 0 ? steps.length - 1 : Math.max(gate, last);
}

/**
 * What stands at the end of what is open.
 *
 * @param {StepState[]} steps
 * @returns {{next: number, asks: boolean}} the step that comes next, -1 if all are open; whether a prediction stands before it
 */
export function goingOn(steps) {
  const next = steps.findIndex((step) => !step.open);
  return { next, asks: next > farthest(steps) };
}

/**
 * The first thing that is not done, among those that have said how they stand.
 *
 * @template {{step: number, done: boolean}} Item
 * @param {Item[]} items in the order of the page
 * @returns {Item | undefined}
 */
export function firstUndone(items) {
  return items.find((item) => !item.done);
}

/**
 * How far somebody has come, a step that has not been built counted by what it will hold.
 *
 * @param {{done: number, items: number}[]} steps
 * @returns {number} 0 to 1
 */
export function share(steps) {
  const all = steps.reduce((sum, step) => sum + step.items, 0);
  return all ? steps.reduce((sum, step) => sum + step.done, 0) / all : 0;
}
