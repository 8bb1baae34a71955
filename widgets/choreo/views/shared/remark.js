import { element } from "./element.js";
import { sign } from "./sign.js";
import { t } from "./words.js";

/** A note under a part of an answer: a sign, a word, and why. */
export function remark(word, right, text) {
  const tone = right === null ? "plain" : right ? "right" : "apart";
  return element(
    "div",
    { class: "choreo-note", "data-tone": tone },
    word
      ? element("p", { class: "choreo-note-word" }, right === null ? null : sign(right ? "right" : "apart"), word)
      : null,
    element("div", { class: "choreo-note-text", html: text }),
  );
}

/**
 * What is folded under an answer: that which was left, and why; it says so where that tells what is right.
 * @param {number} count how many were left
 * @param {boolean} tells whether the answer is not known yet
 */
export function whatWasLeft(count, tells) {
  if (count === 1) return tells ? t("The other one, and why (this tells the answer)") : t("The other one, and why");
  return tells ? t("The others, and why (this tells the answer)") : t("The others, and why");
}
