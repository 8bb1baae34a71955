// What a room has promised: what its plan remembers of the last time, and what it may remember for the next one.

import { element } from "../shared/element.js";
import { isolated, t } from "../shared/words.js";
import { button, fold, quiet, row } from "./elements.js";
import { remember, remembered, withPlan } from "./sessions.js";

/**
 * @typedef {object} LastTime what the room saw, as live/promises.py tells it
 * @property {string} day "2026-11-30"
 * @property {string} question
 * @property {number} count people who promised something
 * @property {[words: string, people: number][]} words
 */

/** At the desk, before anything begins. @param {any} desk @param {{ last: LastTime | null, recalled: boolean, ready: boolean }} values */
export function lastTime(desk, { last, recalled, ready }) {
  desk.panels.last.el.hidden = !last || !ready;
  if (desk.panels.last.el.hidden) return [];
  const show = () => desk.act({ do: "recall", on: true }, t("The room sees what it promised last time."));
  const back = () => desk.act({ do: "recall", on: false }, t("The room sees the way in."));
  return [
    element("h2", {}, t("Last time this room promised")),
    ...told(last),
    row(
      recalled
        ? button(t("Back to the way in"), back, "", "recall")
        : button(t("Show it to the room"), show, "", "recall"),
    ),
    quiet(t("Open with it, and ask what became of it. Is it another group? Then leave it out of the running order.")),
  ];
}

/** In the running order: what the plan remembers, and a way to have it forget that. @param {LastTime} last @param {() => void} forget */
export function remembers(last, forget) {
  const leave = button(t("Leave it out"), forget, "choreo-console-small", "forget-last");
  return fold(t("What was promised last time"), "last-time", ...told(last), row(leave));
}

/** Afterwards: an offer to have the plan remember it. @param {any} desk @param {{ promised: LastTime, title: string, kept: boolean }} values @param {boolean} ended */
export function rememberIt(desk, { promised, title, kept }, ended) {
  const keep = () => {
    const there = remember({ plans: withPlan(remembered().plans, withPromise(desk.desk.plan, promised)) });
    desk.means.announce(
      there ? t("The plan in this browser remembers it.") : t("This browser keeps nothing: save the plan as a file."),
    );
    desk.show(desk.desk);
  };
  const made = fold(
    t("What the room promised"),
    ended ? "promised-after" : "promised", // unfolded anew when the session ends
    ...told(promised),
    kept
      ? element("p", {}, t("“{title}”, among your own plans, remembers it.", { title: isolated(title) }))
      : row(button(t("Have the plan remember it"), keep, "", "remember")),
    quiet(
      t(
        "For the next session with this group: it can open with it. Kept is what you see here, and nothing else; it stays with the plan when this session is deleted, until you forget that.",
      ),
    ),
  );
  made.open = ended;
  return made;
}

/** The plan of a desk as the hub takes it, with this promise. @param {any} plan @param {LastTime} promised */
export function withPromise({ title, notes, late, items }, promised) {
  const plain = items.map(({ activity, minutes, settings }) => ({ activity, minutes, settings }));
  return { title, notes, late, items: plain, last_time: promised };
}

/** Whether these plans remember this of a plan with this title. @param {any[]} plans @param {string} title @param {LastTime} promised */
export function isKept(plans, title, promised) {
  const found = plans.find((one) => one.title === title)?.last_time;
  return Boolean(found) && JSON.stringify(found) === JSON.stringify(promised);
}

/** @param {LastTime} last */
function told({ day, question, count, words }) {
  const on = new Intl.DateTimeFormat(undefined, { dateStyle: "long" }).format(new Date(`${day}T12:00`));
  const line = t("On {on}, {count} people answered: “{question}”", { on, count, question: isolated(question) });
  const said = words.map(([text, people]) =>
    element(
      "li",
      {},
      element("span", { dir: "auto" }, text),
      people > 1 ? ` ${t("({people} people)", { people })}` : "",
    ),
  );
  return [
    element("p", {}, line),
    said.length
      ? element("ul", { class: "choreo-console-promised" }, ...said)
      : quiet(t("The room has seen none of the answers, so none is kept.")),
  ];
}
