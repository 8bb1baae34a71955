// What a page says about its line to the hub: that it is lost, or that it is back, and never both.

import { t } from "../shared/words.js";

const LOST = t(
  "No connection to the course’s server just now. The session goes on there as soon as it can be reached; this page keeps trying.",
);
const BACK = t("The connection is back.");

/**
 * @typedef {{ lost: string, news: string }} Said what stands in the line for trouble, and in the one for news
 *
 * @param {Said} said what stood there @param {boolean} open whether there is a line now @returns {Said}
 */
export function connected({ lost, news }, open) {
  if (!open) return { lost: LOST, news: "" };
  return { lost: "", news: lost ? BACK : news };
}
