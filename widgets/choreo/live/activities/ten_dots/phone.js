// The phone's part of ten dots: a stepper for each proposal. Each is one stop of the Tab key, and the arrows move its dots.

import { element } from "../../../views/shared/element.js";
import { t } from "../../../views/shared/words.js";
import { Question } from "../../phone/question.js";
import { moved } from "./dots.js";

const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

export default function tenDots(place, room) {
  let open = false;
  return {
    show(view) {
      if (view.step !== "ask") {
        open = false;
        place.replaceChildren(room.closed(view.too_few));
        return;
      }
      if (open) return;
      open = true;
      const sealed = t(
        "Nobody is shown who gives what: not the others, not the coach. Until the question closes, whoever runs the server could read what is given, but not by whom.",
      );
      place.replaceChildren(asked(room, view), room.text("p", sealed, "choreo-quiet"));
    },
  };
}

function asked(room, { question: label, proposals, dots: all, ballot }) {
  const question = new Question(room.announce, "dots", {
    label,
    value: ballot?.dots,
    send: (dots) => room.say({ dots }),
  });
  let given = ballot?.dots ?? proposals.map(() => 0);
  const left = element("p", { class: "choreo-dots-left" });
  const rows = proposals.map((words, index) => stepper(words, all, (by) => give(index, by)));

  const show = () => {
    const rest = all - given.reduce((sum, dots) => sum + dots, 0);
    left.textContent = told(rest, all);
    for (const [index, row] of rows.entries()) row.show(given[index], rest);
    return rest;
  };
  const give = (index, by) => {
    const next = moved(given, index, by, all);
    if (next[index] === given[index]) return;
    given = next;
    question.fresh();
    room.announce(told(show(), all));
  };
  show();
  return question.form([left, ...rows.map((row) => row.el)], () => {
    const rest = show();
    if (rest) throw new Error(t("Please give all {all} dots. {left}", { all, left: told(rest, all) }));
    return given;
  });
}

function told(rest, all) {
  if (!rest) return t("All {all} dots are given.", { all });
  return rest === 1 ? t("1 dot is left.") : t("{rest} dots are left.", { rest });
}

/** A proposal with its dots, fewer and more. @param {(by: number) => void} give */
function stepper(words, all, give) {
  const made = (label, says, by) =>
    element(
      "button",
      { type: "button", class: "choreo-dots-step", tabindex: -1, "aria-label": says, onclick: () => give(by) },
      label,
    );
  const fewer = made("−", t("One dot less: {words}", { words }), -1);
  const more = made("+", t("One dot more: {words}", { words }), 1);
  const value = element("span", {
    class: "choreo-dots-value",
    role: "spinbutton",
    tabindex: 0,
    "aria-label": words,
    "aria-valuemin": 0,
    "aria-valuemax": all,
  });
  value.onkeydown = (event) => {
    const by = KEYS[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    give(by);
  };
  const picture = element("span", { class: "choreo-dots-picture", "aria-hidden": "true" });
  const name = element("span", { class: "choreo-dots-name", dir: "auto" }, words);
  const el = element("div", { class: "choreo-dots-row" }, name, fewer, value, more, picture);
  return {
    el,
    show(dots, rest) {
      value.textContent = String(dots);
      value.setAttribute("aria-valuenow", String(dots));
      picture.textContent = "●".repeat(dots);
      fewer.toggleAttribute("disabled", dots === 0);
      more.toggleAttribute("disabled", rest === 0);
    },
  };
}
