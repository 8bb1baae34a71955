// Words as a cloud: large in the middle, small around.

import { element } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";

const LARGE = [4, 3.4, 2.9, 2.4, 2, 1.7, 1.4, 1.2]; // the largest word, in sizes of the text around

/** @typedef {[word: string, count: number]} Said */

/**
 * The words in the order of a cloud, each with its share of the largest size: the size goes with the root of the count,
 * so that the area tells it.
 *
 * @param {Said[]} words
 */
export function arranged(words) {
  const most = Math.max(1, ...words.map(([, count]) => count));
  const sorted = [...words].sort((one, other) => other[1] - one[1]);
  const shares = sorted.map(([word, count]) => {
    const share = most === 1 ? 0.3 : Math.sqrt((count - 1) / (most - 1));
    return { word, count, share };
  });
  const [even, odd] = [0, 1].map((rest) => shares.filter((_, index) => index % 2 === rest));
  return [...odd.reverse(), ...even];
}

/** @param {Said[]} words */
export function cloud(words) {
  return arranged(words).map(({ word, count, share }) => {
    const look = share > 0.66 ? "choreo-word-most" : share < 0.2 ? "choreo-word-few" : undefined;
    const many = count > 1 && element("span", { class: "choreo-hidden" }, ` ${t("({count} people)", { count })}`);
    return element("li", { class: look, dir: "auto", "data-share": share.toFixed(3) }, word, many);
  });
}

/** Make a cloud as large as its place allows: the smallest word is never smaller than the text around. */
export function fill(list) {
  const size = () => `${list.clientWidth} ${list.clientHeight} ${list.children.length}`;
  const { clientWidth: width, clientHeight: height } = list;
  if (list.hidden || !width || list.dataset.filled === size()) return;
  for (const large of LARGE) {
    const least = Math.max(1, large / 3);
    for (const item of list.children)
      item.style.fontSize = `${(least + (large - least) * item.dataset.share).toFixed(2)}em`;
    const rows =
      list.lastElementChild.getBoundingClientRect().bottom - list.firstElementChild.getBoundingClientRect().top;
    if (rows <= height * 0.92 && list.scrollWidth <= width) break;
  }
  list.dataset.filled = size();
}
