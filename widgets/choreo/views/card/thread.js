import { day } from "../shared/day.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/**
 * @typedef {object} Thread the collaboration that a card asks about; see `_told` in card.py
 * @property {string} lesson where it is named
 * @property {string} item
 * @property {string} title that lesson's
 * @property {{purpose: string, people: string, stuck: string} | null} [named] missing until the work has come back
 * @property {{lesson: string, at: string, texts: [string, string][]}[]} [said] the newest first
 */

/**
 * One's own collaboration, above a question that asks about it, and what one said about it in other lessons.
 * @param {Thread} thread
 * @param {string} here this card: "lesson/item"
 */
export function threadBox(thread, here) {
  const link = place(thread, here);
  const parts = thread.named ? own(thread.named, link) : [none(thread, link)];
  return element("div", { class: "choreo-thread" }, ...parts, thread.said?.length ? before(thread.said) : null);
}

/** @returns {Node[]} */
function own({ purpose, people, stuck }, link) {
  const lines = [
    [t("What for"), purpose],
    [t("With whom"), people],
    [t("What is stuck"), stuck],
  ].filter(([, text]) => text);
  return [
    element(
      "p",
      { class: "choreo-thread-head" },
      element("strong", {}, t("Your collaboration")),
      link ? element("a", { href: link }, t("Change it")) : null,
    ),
    terms(lines),
  ];
}

function none({ title }, link) {
  const words = t("You have named no collaboration of your own. Any other does as well here.");
  const there = t("You can name one in the lesson “{title}”.", { title });
  return element("p", {}, words, " ", link ? element("a", { href: link }, t("Name one")) : there);
}

/** @param {NonNullable<Thread["said"]>} said */
function before(said) {
  const one = ({ lesson, at, texts }) =>
    element(
      "li",
      {},
      element("p", { class: "choreo-thread-when" }, t("{lesson}, {day}", { lesson, day: day(at) })),
      terms(texts.map(([label, text]) => [label || t("My plan"), text])),
    );
  return element(
    "details",
    {},
    element("summary", {}, t("What you said about it before")),
    element("ul", {}, ...said.map(one)),
  );
}

function terms(lines) {
  return element(
    "dl",
    {},
    ...lines.flatMap(([label, text]) => [element("dt", {}, label), element("dd", { dir: "auto" }, text)]),
  );
}

/**
 * Where it is named: on this page, or on one that comes back here. Only a page of the course knows an address.
 * @returns {string | null}
 */
function place({ lesson, item }, here) {
  const home = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".choreo-home"))?.href;
  if (!home) return null;
  return here.startsWith(`${lesson}/`) ? `#at-${item}` : new URL(`collaboration?from=${here}`, home).href;
}
