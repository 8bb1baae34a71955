import { element } from "../shared/element.js";

/**
 * What each way of dealing gets, as bars, the most first; nothing where a scene has no such thing.
 *
 * @typedef {{label: string, value: number, role: string, words?: string}} Earned `words`: how the value is written
 */
export function earnedIn(place) {
  const list = element("ol", { class: "choreo-ledger-earned", hidden: true });
  place.append(list);
  return {
    /** @param {Earned[] | undefined} earned */
    show(earned, inks) {
      list.hidden = !earned;
      if (!earned) return;
      const most = Math.max(...earned.map(({ value }) => value));
      list.replaceChildren(
        ...inOrder(earned).map(({ label, value, role, words }, k) => {
          const bar = element("span", { class: "choreo-ledger-bar" });
          bar.style.setProperty("--choreo-share", String(value / most));
          bar.style.background = inks.role(role);
          return element(
            "li",
            { "data-first": k === 0 ? "" : null },
            element("span", {}, label),
            element("strong", {}, words ?? value.toFixed(2)),
            bar,
          );
        }),
      );
    },
  };
}

/** The most first; of equals the one that is named first. @param {Earned[]} earned */
export const inOrder = (earned) => earned.slice().sort((one, other) => other.value - one.value);
