import { element } from "./element.js";

/** A text that Python rendered, with an element of your own where `{{name}}` stands. */
export function passage(html, make) {
  const prose = element("div", { class: "choreo-passage", html });
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    const parts = text.data.split(/\{\{([a-z0-9-]+)\}\}/);
    if (parts.length > 1) text.replaceWith(...parts.map((part, at) => (at % 2 ? make(part) : part)));
  }
  return prose;
}
