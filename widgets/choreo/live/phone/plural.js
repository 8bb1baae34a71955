// Points in words. Nothing of a page in here.

import { n } from "../../views/shared/words.js";

/** A sum of points, with at most one digit after the point. @param {number} value */
export const points = (value) => n("{count} point", "{count} points", Math.round(value * 10) / 10);
