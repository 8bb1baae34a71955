// The lesson's steps: one after the other, and none beyond a prediction that nobody has made or declined.

import { stored } from "../../../views/shared/stored.js";
import { t } from "../../../views/shared/words.js";
import { farthest, firstUndone, goingOn } from "./gate.js";

const FREE = "[data-call=extra], [data-choreo-free]"; // what nobody has to do
const GATES = "[data-call=predict], [data-choreo-gate]";

/** @typedef {{step: number, done: boolean, element: Element}} Item what one card or explorable said of itself */

export class Steps {
  #key;
  /** @type {HTMLElement[]} */
  #sections;
  #items = new Map(); // name -> Item
  #listeners = []; // who wants to know
  /** Shows what stands in the steps that are open (outputs.js); resolves when it is there. */
  show = async () => {};

  /** @param {HTMLElement} main @param {string} lesson */
  constructor(main, lesson) {
    this.#key = `choreo-steps:${lesson}`;
    this.#sections = [.../** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll(":scope > [data-step]"))];
    const before = stored.read(this.#key)?.open ?? [];
    const last = this.#sections.findLastIndex(({ dataset }) => before.includes(dataset.step));
    this.#unfold(this.stepwise ? Math.max(0, last) : this.#sections.length - 1);
    document.getElementById("choreo-open-before")?.remove();
    main.addEventListener("choreo:item", (/** @type {any} */ event) => this.#hear(event));
  }

  /** Whether the steps open one by one. */
  get stepwise() {
    return document.documentElement.classList.contains("choreo-stepwise");
  }

  get sections() {
    return this.#sections;
  }

  /** @returns {Item[]} in the order of the page */
  get items() {
    const order = (one, other) =>
      one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    return [...this.#items.values()].sort(order);
  }

  /** @returns {import("./gate.js").StepState[]} */
  get states() {
    return this.#sections.map((section) => ({ open: section.hasAttribute("data-open"), asks: this.#asks(section) }));
  }

  /** Call `listener` whenever a step has opened or an item has said something. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** The predictions in the way: those of steps that are not open yet count as well. */
  get unanswered() {
    return this.#sections.flatMap((section) => this.#open(section));
  }

  /**
   * Open the steps up to this one, or up to the prediction that stands before it; resolves with the last that is
   * open.
   */
  async reach(index) {
    const last = Math.min(index, farthest(this.states));
    if (this.#unfold(last)) {
      this.#keep();
      this.changed();
      await this.show();
      this.changed();
    }
    return this.#sections[last];
  }

  /** Open the next step and go there. */
  async goOn() {
    const { next, asks } = goingOn(this.states);
    if (next < 0 || asks) return;
    const shown = this.reach(next);
    goTo(this.#sections[next]);
    await shown;
  }

  /** Show the card that is in the way. */
  goToGate() {
    const gate = this.unanswered[0];
    if (gate) goTo(gate);
  }

  /** Open everything, and say to each prediction that is still open that this goes on without it. */
  async showAll() {
    const { next } = goingOn(this.states);
    this.#unfold(this.#sections.length - 1);
    document.documentElement.classList.remove("choreo-stepwise");
    this.#keep();
    this.changed();
    if (next >= 0) goTo(this.#sections[next]);
    await this.show();
    this.changed();
    for (const gate of this.unanswered) {
      const card = gate.matches("[data-choreo-gate]") ? gate : gate.querySelector("[data-choreo-gate]");
      card?.dispatchEvent(new CustomEvent("choreo:decline", { detail: {} }));
    }
  }

  /** Open up to the first thing that is not done, and go there. */
  async continue() {
    for (;;) {
      const item = firstUndone(this.items);
      const { next } = goingOn(this.states);
      if (item) return goTo(this.#landing(item), "instant");
      if (next < 0) return goTo(this.#sections.at(-1), "instant");
      await this.reach(next);
      // cards say how they stand in a frame's time
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      if (this.#sections[next].hasAttribute("data-open") === false) return goTo(this.#sections[next - 1], "instant");
    }
  }

  /** Where somebody reads on: at the step's heading, or at the card if something before it is done. */
  #landing({ step, element }) {
    const first = this.items.find((item) => item.step === step);
    return first.element === element ? this.#sections[step] : element;
  }

  #hear({ target, detail }) {
    const step = this.#sections.indexOf(target.closest("main > [data-step]"));
    if (step < 0 || target.closest(FREE) || detail.free) return;
    const { done, element } = this.#items.get(detail.item) ?? {};
    if (done === detail.done && element === target) return; // a control that is dragged says so with each move
    this.#items.set(detail.item, { step, done: detail.done, element: target });
    this.changed();
  }

  #open(section) {
    const gates = [...section.querySelectorAll(GATES)].filter((gate) => !gate.parentElement.closest(GATES));
    return gates.filter((gate) => !this.#answered(gate));
  }

  #asks(section) {
    return this.#open(section).length > 0;
  }

  /** @param {HTMLElement} gate */
  #answered(gate) {
    /** @type {NodeListOf<HTMLElement>} */
    const inside = gate.querySelectorAll("[data-choreo-item]");
    const cards = gate.matches("[data-choreo-item]") ? [gate] : [...inside];
    if (!cards.length) return "shown" in gate.dataset; // what could not be shown is in nobody's way
    return cards.every(({ dataset }) => this.#items.get(dataset.choreoItem)?.done);
  }

  /** Returns whether anything was closed. */
  #unfold(last) {
    const closed = this.#sections.slice(0, last + 1).filter((section) => !section.hasAttribute("data-open"));
    for (const section of closed) section.setAttribute("data-open", "");
    return closed.length > 0;
  }

  #keep() {
    const open = this.#sections.filter((section) => section.hasAttribute("data-open"));
    stored.write(this.#key, {
      open: open.map(({ dataset }) => dataset.step),
      all: !this.stepwise && !/[?&]all\b/.test(location.search),
    });
  }

  /** Tell all who want to know. */
  changed() {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Bring a step or a card to the top of the window, and the focus to its heading.
 *
 * @param {Element} place
 * @param {ScrollBehavior} [behavior] smooth if not said otherwise and nobody asked for less motion
 */
export function goTo(place, behavior) {
  /** @type {HTMLElement} */
  const heading = place.querySelector("h2, h3") ?? /** @type {HTMLElement} */ (place);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start", behavior });
}

/** Links lead into steps that are closed, too. `#go-on` leads to the first thing that is not done. */
export async function followLinks(steps, here) {
  const stepOf = (hash) => {
    const goal = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    return goal ? steps.sections.indexOf(goal.closest("main > [data-step]")) : -1;
  };
  addEventListener(
    "click",
    (/** @type {any} */ { target }) => {
      const link = target.closest?.("a[href^='#']");
      const index = link ? stepOf(link.hash) : -1;
      if (index < 0) return;
      here.letGo();
      steps.reach(index);
      setTimeout(() => {
        if (link.hash.slice(1) === steps.sections[index].dataset.step) focusOn(steps.sections[index]);
      });
    },
    { capture: true },
  );
  const follow = () => {
    const index = stepOf(location.hash);
    if (index >= 0) steps.reach(index).then((section) => section && !here.known && section.scrollIntoView());
  };
  addEventListener("hashchange", follow);
  if (location.hash && location.hash !== "#go-on") follow();
}

function focusOn(section) {
  if (!section.hasAttribute("data-open")) return;
  const heading = section.querySelector("h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** The bar at the end of what is open: where it goes on, or why it does not yet; and all at once. */
export function goOnBar(bar, steps) {
  const [button, why, all] = ["[data-go-on]", "[data-why]", "[data-show-all]"].map((one) => bar.querySelector(one));
  button.addEventListener("click", () =>
    button.getAttribute("aria-disabled") === "true" ? steps.goToGate() : steps.goOn(),
  );
  const paint = () => {
    const { next, asks } = goingOn(steps.states);
    const more = steps.stepwise && next >= 0;
    bar.hidden = !more;
    document.documentElement.classList.toggle("choreo-more", more);
    if (!more) return;
    const title = steps.sections[next].querySelector("h2").textContent;
    button.textContent = asks ? t("Go on") : t("Go on: {title}", { title });
    button.toggleAttribute("data-gated", asks);
    button.setAttribute("aria-disabled", String(asks));
    why.textContent = asks
      ? t("First say what you expect: lock in your prediction above, or choose there to go on without one.")
      : t("Part {at} of {count} comes next.", { at: next + 1, count: steps.sections.length });
  };
  steps.onChange(paint);
  paint();
  return all;
}

/** "Show all": at once where nothing is in the way; otherwise after one question. */
export function showAllButtons(buttons, sure, steps) {
  const [question, yes, no] = ["p", "[data-yes]", "[data-no]"].map((one) => sure.querySelector(one));
  let asked = null; // the button that was pushed
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const count = steps.unanswered.length;
      if (!count) return steps.showAll();
      asked = button;
      question.textContent =
        count === 1
          ? t(
              "One prediction is still open. To show all is to go on without it: once the answer was seen, it cannot be made.",
            )
          : t(
              "{count} predictions are still open. To show all is to go on without them: once the answers were seen, they cannot be made.",
              { count },
            );
      button.closest("[data-all]").after(sure);
      sure.hidden = false;
      yes.focus();
    });
  }
  yes.addEventListener("click", () => {
    sure.hidden = true;
    steps.showAll();
  });
  no.addEventListener("click", () => {
    sure.hidden = true;
    asked?.focus();
  });
  const paint = () => {
    const closed = goingOn(steps.states).next >= 0 && steps.stepwise;
    for (const button of buttons) button.closest("[data-all]").hidden = !closed;
    if (!closed) sure.hidden = true;
  };
  steps.onChange(paint);
  paint();
}
