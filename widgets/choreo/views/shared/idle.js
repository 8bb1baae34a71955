/**
 * Do it when the page has nothing else to do; where a browser cannot tell (Safari), in a moment.
 *
 * @param {() => void} work @param {{timeout?: number}} [options] `timeout`: ms after which it is done all the same
 */
export function whenIdle(work, options) {
  if (globalThis.requestIdleCallback) requestIdleCallback(work, options);
  else setTimeout(work, 50);
}
