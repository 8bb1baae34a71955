// A time that the room is given: its projector counts it down.

import { element } from "../shared/element.js";
import { n, t } from "../shared/words.js";
import { button, labelled, numberInput, row } from "./elements.js";

const MOST = 120; // minutes
const USUAL = 6;

/** @param {any} desk @param {{ countdown: { ends: number, seconds: number } | null, ended: boolean }} values */
export function timer(desk, { countdown, ended }) {
  desk.panels.timer.el.hidden = ended;
  desk.left = null;
  if (ended) return [];
  if (!countdown) return [setting(desk)];
  desk.left = element("strong", { class: "choreo-console-left" });
  const more = () => desk.act({ do: "countdown", seconds: Math.ceil(Math.max(0, desk.secondsLeft())) + 60 });
  return [
    element("p", { class: "choreo-console-running" }, desk.left, ` ${t("on the projector")}`),
    row(
      button(t("One minute more"), more, "choreo-console-small", "timer-more"),
      button(t("Stop"), () => start(desk, 0, t("The timer is off.")), "choreo-console-small", "timer"),
    ),
  ];
}

function setting(desk) {
  const number = numberInput(desk.minutes ?? USUAL, { least: 1, most: MOST, whole: true }, (typed) => {
    desk.minutes = typed;
  });
  number.dataset.key = "timer-minutes";
  const go = element("button", { class: "choreo-console-button", "data-key": "timer" }, t("Start"));
  const field = labelled(t("Timer on the projector, in minutes"), number);
  const form = element("form", { class: "choreo-console-bots" }, field, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const minutes = desk.minutes ?? USUAL;
    start(
      desk,
      60 * minutes,
      n("The projector counts down a minute.", "The projector counts down {count} minutes.", minutes),
    );
  });
  return form;
}

function start(desk, seconds, said) {
  return desk.act({ do: "countdown", seconds }, said);
}
