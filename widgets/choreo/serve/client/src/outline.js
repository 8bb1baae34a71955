// Keeps the outline in step with what the components on the page say about themselves, and with what may be opened.

import { t } from "../../../views/shared/words.js";
import { farthest, share } from "./gate.js";

// calls whose outputs are done one day; a play need not be
const COUNTED = ["predict", "exercise", "reflect", "commit"];

/** @param {HTMLElement} outline @param {import("./steps.js").Steps} steps */
export function follow(outline, steps) {
  outline.querySelector("details").open = matchMedia("(min-width: 78rem)").matches; // beside the lesson, not before it
  const links = [...outline.querySelectorAll("[data-for-step]")];
  /** @type {HTMLElement} */
  const beyond = outline.querySelector("[data-beyond]");

  const paint = () => {
    const counts = steps.sections.map((section, at) => count(section, at, steps.items));
    const states = steps.states;
    const last = farthest(states);
    links.forEach((link, at) => {
      const { done, items } = counts[at];
      link.querySelector("[data-count]").textContent =
        states[at].open && items ? t("{done} of {items} done", { done, items }) : "";
      link.toggleAttribute("data-done", items > 0 && done === items);
      link.toggleAttribute("data-closed", !states[at].open);
      /** @type {HTMLElement} */ (link.closest("li")).hidden = at > last;
    });
    const more = links.length - 1 - last;
    /** @type {HTMLElement} */ (beyond).hidden = more <= 0;
    beyond.querySelector("span").textContent =
      more === 1
        ? t("One more part, once you have said what you expect")
        : t("{more} more parts, once you have said what you expect", { more });
    const bar = outline.querySelector("progress");
    bar.value = share(counts);
    bar.textContent = `${Math.round(bar.value * 100)} %`;
  };
  steps.onChange(paint);
  paint();
  watch(links, steps.sections);
}

/** What a step holds, and how much of it is done; outputs that are not there yet are counted by their cells. */
function count(section, at, items) {
  const own = items.filter(({ step }) => step === at);
  /** @type {HTMLElement[]} */
  const waiting = [...section.querySelectorAll("[data-call]:not([data-shown])")];
  return {
    done: own.filter(({ done }) => done).length,
    items: own.length + waiting.filter(({ dataset }) => COUNTED.includes(dataset.call)).length,
  };
}

/** Mark the step that somebody reads. */
function watch(links, sections) {
  const seen = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        const link = links.find(({ dataset }) => dataset.forStep === /** @type {HTMLElement} */ (target).dataset.step);
        if (link && isIntersecting) {
          for (const other of links) other.removeAttribute("aria-current");
          link.setAttribute("aria-current", "step");
        }
      }
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  for (const section of sections) seen.observe(section);
}
