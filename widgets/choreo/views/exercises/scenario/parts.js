import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";
import { list, picture } from "./map.js";

/** A moment in which one chooses; `choose(id)` says what. */
export function choosing(step, choices, choose) {
  const buttons = choices.map((choice) => {
    const act = { type: "button", class: "choreo-scenario-choice", onclick: () => choose(choice.id) };
    return element("button", act, element("span", { html: choice.text }));
  });
  const ask = t("What do you do?");
  return element(
    "li",
    {},
    element("div", { class: "choreo-scenario-text", tabindex: "-1", html: step.prose }),
    element(
      "div",
      { class: "choreo-scenario-choices", role: "group", "aria-label": ask },
      element("p", { class: "choreo-scenario-ask", "aria-hidden": "true" }, ask),
      ...buttons,
    ),
  );
}

/** A moment in which something was chosen, and what came of it; `back()` returns to it. */
export function past(step, number, back) {
  const chosen = step.choices.find((choice) => choice.id === step.chosen);
  const again = element(
    "button",
    { type: "button", class: "choreo-button choreo-scenario-back", onclick: back },
    t("Go back here"),
    element("span", { class: "choreo-unseen" }, ` ${t("to moment {number} and choose again", { number })}`),
  );
  const yours = element(
    "p",
    { tabindex: "-1" },
    element("span", { class: "choreo-scenario-you" }, t("You")),
    element("span", { html: chosen.text }),
  );
  return element(
    "li",
    { class: "choreo-scenario-past" },
    element("div", { class: "choreo-scenario-text", tabindex: "-1", html: step.prose }),
    element("div", { class: "choreo-scenario-chosen" }, yours, again),
    step.consequence
      ? element("div", { class: "choreo-scenario-consequence", tabindex: "-1", html: step.consequence.prose })
      : null,
  );
}

/** What stands there while what comes next is on its way. */
export function patience(ask) {
  return element(
    "p",
    { class: "choreo-scenario-waiting" },
    t("One moment…"),
    element("button", { type: "button", class: "choreo-button choreo-scenario-again", onclick: ask }, t("Ask again")),
  );
}

export function ending(told) {
  return element(
    "section",
    { class: "choreo-scenario-ending" },
    element("p", { class: "choreo-scenario-eyebrow" }, t("How it ends")),
    element("h4", {}, told.title),
    element("div", { class: "choreo-scenario-text", html: told.prose }),
    element(
      "div",
      { class: "choreo-scenario-reflection" },
      element("h5", {}, t("To think about")),
      element("div", { html: told.reflection.prose }),
    ),
  );
}

/** The map of all ways, with how many endings were seen. */
export function atlas(map, endings) {
  const seen = map.places.filter((place) => place.ending && place.seen).length;
  const count =
    seen === endings
      ? t("You have seen all {seen} endings.", { seen })
      : t("You have seen {seen} of {endings} endings. Go back to any moment above and try another way.", {
          seen,
          endings,
        });
  return element(
    "section",
    { class: "choreo-scenario-atlas" },
    element("h4", {}, t("The map of the ways")),
    element("p", { class: "choreo-scenario-count" }, count),
    element(
      "div",
      { class: "choreo-scenario-chart" },
      picture(map),
      element(
        "p",
        { class: "choreo-scenario-legend", "aria-hidden": "true" },
        t("Full line: walked. Dashed: not yet. Circles are moments, squares are endings."),
      ),
    ),
    ...list(map),
  );
}
