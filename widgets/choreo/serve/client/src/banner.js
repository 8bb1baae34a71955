// The page's one place for news about its connection; it stays in sight wherever the reader is.
import { t } from "../../../views/shared/words.js";

/** @typedef {{text: string, words?: string, act?: () => void}} Said a sentence, and a button's words and deed */

/** @type {HTMLElement} */
const place = document.querySelector("[data-banner]");
const button = place.querySelector("button");
const sentence = place.querySelector("[data-text]");
/** @type {Said | null} */
let news = null;
/** @type {Said | null} */
let trouble = null; // stands there while there is no news
let timer;

button.addEventListener("click", () => (news ?? trouble)?.act?.());

function show() {
  const { text = "", words = "", act } = news ?? trouble ?? {};
  if (sentence.textContent !== text) sentence.textContent = text; // what is said again is not read out again
  button.textContent = words;
  button.hidden = !act;
  place.hidden = !text;
}

/** Say it until something else is said; `forAWhile` (ms) takes it away again, `reload` offers the way back. */
export function say(text, { reload = false, forAWhile = 0 } = {}) {
  clearTimeout(timer);
  news = text ? { text, ...(reload ? { words: t("Bring everything back"), act: () => location.reload() } : {}) } : null;
  show();
  if (forAWhile) timer = setTimeout(() => say(""), forAWhile);
}

/** What went wrong between the lesson and its learner's work (views/link.js), until that is over: an empty text. */
export function troubled(text, again) {
  trouble = text ? { text, words: t("Try again"), act: again } : null;
  show();
}
