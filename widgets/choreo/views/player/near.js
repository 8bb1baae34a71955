/**
 * @typedef {object} Spot what can be touched on a stage
 * @property {string|number} id
 * @property {number} x @property {number} y @property {number} r px
 * @property {number} [wide] of a row: how far to each side of (x, y) it reaches
 * @property {string} [name]
 */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIDE = 2.5; // how much farther something seems that lies to the side
const FINGER = 22; // px: half of a touch target

/** The spot that one comes to from `from` by an arrow key; `from` itself where nothing lies there. */
export function nextSpot(spots, from, key) {
  const [dx, dy] = WAYS[key];
  let best = from;
  let least = Infinity;
  for (const spot of spots) {
    const [x, y] = [spot.x - from.x, spot.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    const far = Math.hypot(ahead, SIDE * aside);
    if (spot.id === from.id || ahead <= 1 || far >= least) continue;
    [best, least] = [spot, far];
  }
  return best;
}

/** The spot under a pointer: the nearest whose circle or band it is in, or, for a finger, close to; null without. */
export function spotAt(spots, x, y, finger = false) {
  let best = null;
  let least = Infinity;
  for (const spot of spots) {
    const far = Math.hypot(Math.max(0, Math.abs(spot.x - x) - (spot.wide ?? 0)), spot.y - y);
    if (far > Math.max(spot.r, finger ? FINGER : 0) || far >= least) continue;
    [best, least] = [spot, far];
  }
  return best;
}

/** The spot nearest to the middle of a stage, where looking around begins. */
export function middleSpot(spots, width, height) {
  const far = ({ x, y }) => Math.hypot(x - width / 2, y - height / 2);
  return spots.reduce((best, spot) => (!best || far(spot) < far(best) ? spot : best), null);
}

/** Where a bubble of this size goes beside a spot so that all of it lies on the stage: its left upper corner, in px. */
export function bubblePlace(spot, bubble, stage, gap = 8) {
  const above = spot.y - spot.r - gap - bubble.height;
  const top = above >= 0 ? above : spot.y + spot.r + gap;
  const hold = (value, most) => Math.max(0, Math.min(value, most));
  return {
    left: hold(spot.x - bubble.width / 2, stage.width - bubble.width),
    top: hold(top, stage.height - bubble.height),
    below: above < 0,
  };
}
