import { element, svgElement } from "../shared/element.js";
import { t } from "../shared/words.js";
import { goTo } from "./go.js";
import { wanted } from "./lent.js";

/**
 * A closed stage in `host`: which prediction opens it, and the way there. Nothing that answers it is in the page. Or
 * which exercise gives it what it plays; then it says what is to be done `first`.
 *
 * @param {HTMLElement} host @param {{words: string, item: string, first?: string}} shut
 */
export function gate(host, { words, item, first }) {
  const sent = wanted(host.dataset.choreoItem) ? element("p", { class: "choreo-player-sent" }, SENT()) : null;
  const go = element(
    "button",
    { type: "button", class: "choreo-player-button", "data-main": "" },
    first ? t("Go there") : t("Go to the prediction"),
  );
  const el = element(
    "div",
    { class: "choreo-player-gate", role: "group", "aria-label": t("The stage is closed"), "data-low": Boolean(first) },
    first ? null : curtain(), // several of these may stand in a row
    element(
      "div",
      { class: "choreo-player-gatewords" },
      element("p", { class: "choreo-player-gatetitle" }, first ?? t("First say what you expect.")),
      element("p", {}, words, ...(first ? [] : [" ", t("Being wrong costs nothing.")])),
      sent,
      go,
    ),
  );
  go.addEventListener("click", () => goTo(el, item));
  host.append(el);
  return { show: () => {}, close: () => el.remove() };
}

const SENT = () =>
  t("Somebody sent you a run of this stage. It waits here: predict first, or choose there to go on without.");

/** The hem of a drawn curtain, in folds. */
function curtain() {
  const folds = Array.from({ length: 12 }, (_, k) => `Q${k * 10 + 5} 14 ${k * 10 + 10} 8`);
  return svgElement(
    "svg",
    { viewBox: "0 0 120 12", preserveAspectRatio: "none", class: "choreo-player-curtain", "aria-hidden": "true" },
    svgElement("path", { d: `M0 0V8${folds.join("")}V0z` }),
  );
}
