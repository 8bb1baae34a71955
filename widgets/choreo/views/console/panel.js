import { element } from "../shared/element.js";

/** A part of the page that is built anew only when what it shows has changed, and keeps the focus where it was. */
export class Panel {
  /**
   * `build(values)` gives its elements; those with data-key are found again, those with data-scroll keep their place.
   */
  constructor(name, build) {
    this.el = element("section", { class: `choreo-console-panel choreo-console-${name}` });
    this.build = build;
    this.shown = "";
    this.held = false; // while something in it is being pressed: built anew, it would not hear that it was
    /** @type {any} */
    this.later = null;
    this.el.addEventListener("pointerdown", () => this.hold(["pointerup", "pointercancel"]));
    this.el.addEventListener("keydown", ({ key }) => key === " " && this.hold(["keyup", "blur"]));
  }

  /** Stay as it is until one of these has happened, and was heard. */
  hold(ends) {
    if (this.held) return;
    this.held = true;
    const over = new AbortController();
    const free = () => {
      over.abort();
      setTimeout(() => {
        this.held = false;
        if (this.later) this.show(this.later);
      });
    };
    for (const end of ends) addEventListener(end, free, { signal: over.signal });
  }

  show(values) {
    this.later = this.held ? values : null;
    if (this.held) return;
    const now = JSON.stringify(values);
    if (now === this.shown) return;
    this.shown = now;
    const { el } = this;
    const active = el.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const key = active?.dataset.key;
    const folds = new Map(this.all("details[data-key]").map((one) => [one.dataset.key, one.open]));
    const scrolled = new Map(this.all("[data-scroll]").map((one) => [one.dataset.scroll, one.scrollTop]));
    el.replaceChildren(...this.build(values));
    for (const fold of this.all("details[data-key]")) fold.open = folds.get(fold.dataset.key) ?? fold.open;
    for (const box of this.all("[data-scroll]")) box.scrollTop = scrolled.get(box.dataset.scroll) ?? 0;
    if (!active) return;
    const same = key && el.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const again = /** @type {HTMLElement} */ (same || el.querySelector("[data-key], button, a[href]"));
    again?.focus({ preventScroll: true });
  }

  /** @returns {any[]} */
  all(selector) {
    return [...this.el.querySelectorAll(selector)];
  }
}
