// Ten minutes that the room leads itself, and pairs and threes that phones make.

import { element } from "../shared/element.js";
import { n, t } from "../shared/words.js";
import { button, labelled, numberInput, quiet, row } from "./elements.js";

const MOST = 120; // minutes
const USUAL = 6;

/**
 * @typedef {object} Talk
 * @property {boolean} free whether people can talk now, as nothing is being answered
 * @property {string[]} heads the guide's screens; none where there is no guide to what runs
 * @property {{ screen: number, of: number, head: string, question: string, ready: number, here: number } | null} guide
 * @property {{ size: number, count: number } | null} groups
 */

/** @param {any} desk @param {{ talk?: Talk }} values */
export function talk(desk, { talk }) {
  desk.panels.talk.el.hidden = !talk?.free;
  if (!talk?.free) return [];
  const guide = talk.heads.length ? (talk.guide ? screens(desk, talk) : offer(desk)) : [];
  return [element("h2", {}, t("Talk about it")), ...guide, ...(talk.groups ? groups(desk, talk.groups) : making(desk))];
}

function offer(desk) {
  const go = () => desk.act({ do: "guide", screen: 0 }, t("The room leads itself, in four screens."));
  return [
    quiet(
      t(
        "Four screens with a question each, on the projector and on phones. The room goes on when most phones say so, or when you do.",
      ),
    ),
    row(button(t("Ten minutes of their own"), go, "", "guide")),
  ];
}

function screens(desk, { heads, guide }) {
  const steps = heads.map((head, screen) => {
    const made = button(head, () => desk.act({ do: "guide", screen }, head), "choreo-console-step", `guide-${screen}`);
    if (screen === guide.screen) made.setAttribute("aria-current", "step");
    return element("li", {}, made);
  });
  const end = () => desk.act({ do: "guide", screen: null }, t("The ten minutes are over."));
  return [
    element("ol", { class: "choreo-console-steps", "aria-label": t("Screens of the ten minutes") }, ...steps),
    element("p", { dir: "auto" }, element("strong", {}, guide.question)),
    quiet(t("{ready} of {all} people can go on.", { ready: guide.ready, all: Math.max(guide.ready, guide.here) })),
    row(button(t("End the ten minutes"), end, "choreo-console-small", "guide")),
  ];
}

function making(desk) {
  const number = numberInput(desk.together ?? USUAL, { least: 1, most: MOST, whole: true }, (typed) => {
    desk.together = typed;
  });
  number.dataset.key = "group-minutes";
  return [
    element(
      "div",
      { class: "choreo-console-bots choreo-console-groups" },
      labelled(t("Talk in groups, in minutes"), number),
      button(t("Pairs"), () => make(desk, 2), "", "pairs"),
      button(t("Threes"), () => make(desk, 3), "", "threes"),
    ),
  ];
}

function make(desk, size) {
  const minutes = desk.together ?? USUAL;
  const said =
    size === 2
      ? n("Pairs, a minute: each phone shows its sign.", "Pairs, {count} minutes: each phone shows its sign.", minutes)
      : n(
          "Threes, a minute: each phone shows its sign.",
          "Threes, {count} minutes: each phone shows its sign.",
          minutes,
        );
  return desk.act({ do: "groups", size, seconds: 60 * minutes }, said);
}

function groups(desk, { size, count }) {
  const made =
    size === 2
      ? n("In pairs: one group.", "In pairs: {count} groups.", count)
      : n("In threes: one group.", "In threes: {count} groups.", count);
  const words = count
    ? t("{made} Each phone shows a colour and a number; late ones join, and nobody stays alone.", { made })
    : t("Nobody has a partner yet: groups are made as people come.");
  const end = () => desk.act({ do: "groups", size: 0, seconds: 0 }, t("The groups are over."));
  return [quiet(words), row(button(t("End the groups"), end, "choreo-console-small", "pairs"))];
}
