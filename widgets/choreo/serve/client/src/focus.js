// Where the keyboard is, and what is unfolded, in parts that are drawn anew.
const REACHED = "a[href], button, input, select, textarea, summary, [tabindex]";

/** @returns {() => void} puts it back, unless somebody has gone elsewhere meanwhile */
export function keptFocus() {
  const unfolded = [...document.querySelectorAll("[data-cell] details[open]")].map(placed("details"));
  const at = /** @type {HTMLInputElement} */ (document.activeElement);
  const focus = at?.closest("[data-cell]") ? placed(REACHED)(at) : null;
  const { selectionStart, selectionEnd, scrollTop } = at ?? {};
  return () => {
    for (const find of unfolded) find()?.setAttribute("open", "");
    const again = /** @type {HTMLInputElement} */ (focus?.());
    if (!again || document.activeElement !== document.body) return;
    again.focus({ preventScroll: true });
    if (typeof selectionStart === "number") again.setSelectionRange(selectionStart, selectionEnd);
    again.scrollTop = scrollTop;
  };
}

/** What finds, later, the element that stands where this one does: the same in number among its kind. */
const placed = (kind) => (element) => {
  const place = element.closest("[data-cell]");
  const index = [...place.querySelectorAll(kind)].indexOf(element);
  return () => place.querySelectorAll(kind)[index];
};
