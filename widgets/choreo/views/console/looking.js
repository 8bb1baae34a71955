// The screens of a debrief: the coach goes through them, and shows what-ifs when they want.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, fold, quiet } from "./elements.js";

/** @typedef {{ title: string, ask: string, small: string[], what_if: boolean }} Screen as hub/live/views.py tells it */

/** @param {import("./desk.js").Desk} desk @param {{ screens: Screen[], look: number, finished: boolean, ended: boolean }} values `finished`: and the room does not lead itself */
export function looking(desk, values) {
  const { screens, look, finished, ended } = values;
  desk.panels.look.el.hidden = !finished || ended || !screens.length;
  if (desk.panels.look.el.hidden) return [];
  const choices = screens.map((screen, number) => ({ ...screen, number }));
  const [own, others] = [false, true].map((wanted) => choices.filter((one) => one.what_if === wanted));
  const { ask, small } = screens[look];
  return [
    element("h2", {}, t("Look at it together")),
    list(desk, t("The screens of this debrief"), own, look),
    ...(others.length
      ? [quiet(t("What if? The same room under other circumstances:")), list(desk, t("What if"), others, look)]
      : []),
    ...(ask ? [element("p", { dir: "auto" }, element("strong", {}, t("Ask: ")), ask)] : []),
    ...(small.length
      ? [fold(t("To know about this screen"), "small", ...small.map((line) => element("p", { dir: "auto" }, line)))]
      : []),
  ];
}

function list(desk, name, screens, look) {
  const all = screens.map(({ title, number }) => {
    const made = button(title, () => desk.lookAt(number), "choreo-console-pick", `look-${number}`);
    made.dir = "auto";
    if (number === look) made.setAttribute("aria-current", "step");
    return element("li", {}, made);
  });
  return element("ol", { class: "choreo-console-looks", "aria-label": name }, ...all);
}
