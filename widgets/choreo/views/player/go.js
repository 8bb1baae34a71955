/**
 * Take the learner to an item of the page: the outline opens its step, and focus lands on it without a jump of its own.
 */
export function goTo(el, item) {
  el.dispatchEvent(new CustomEvent("choreo:go", { bubbles: true, detail: { item } }));
  const card = document.querySelector(`[data-choreo-item="${CSS.escape(item)}"]`);
  if (!card) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  const target = /** @type {HTMLElement} */ (card.querySelector("h2, h3, button, input") ?? card);
  if (!target.matches("button, input")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
