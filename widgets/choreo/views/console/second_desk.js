// The desk of a second coach, who reads along and shows answers. It offers what the hub lets them do, and nothing else.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { acted } from "./acting.js";
import { beginnings } from "./course.js";
import { alertLine, button, quiet, row } from "./elements.js";
import { joining } from "./joining.js";
import { notes } from "./notes.js";
import { Panel } from "./panel.js";
import { counted } from "./people.js";
import { texts } from "./texts.js";

export class SecondDesk {
  /** @param {import("./desk.js").Means} means */
  constructor(means) {
    this.means = means;
    this.kinds = new Map(means.activities.map((one) => [one.name, one]));
    this.desk = null; // what the hub said last
    this.session = null;
    this.panels = {
      about: new Panel("reading", (values) => about(this, values)),
      now: new Panel("now", now),
      texts: new Panel("texts", (values) => texts(this, values)),
      notes: new Panel("notes", (values) => notes(this, values)),
      order: new Panel("order", order),
      join: new Panel("join", (values) => joining(this, values)),
      people: new Panel("people", people),
    };
    this.trouble = alertLine("choreo-console-trouble");
    const { about: own, now: running, texts: answers, notes: told, order: plan, join, people: persons } = this.panels;
    this.el = element(
      "div",
      { class: "choreo-console-desk", "aria-busy": "true" },
      this.trouble,
      element("div", { class: "choreo-console-main" }, running.el, answers.el, told.el, plan.el),
      element("div", { class: "choreo-console-side" }, own.el, join.el, persons.el),
    );
  }

  stop() {}

  act(command, said = "") {
    return acted(this, command, said);
  }

  opened(session) {
    this.session = session;
    if (this.desk) this.show(this.desk);
  }

  show(desk) {
    this.desk = desk;
    if (!this.session) return;
    this.el.removeAttribute("aria-busy");
    const { at, run, step, steps, paused, shown, finished, ended, plan } = desk;
    const items = plan.items.map(({ title, minutes }) => ({ title, minutes }));
    const { panels } = this;
    panels.about.show({ ended });
    panels.now.show({ items, at, step, steps, paused, shown, finished, ended });
    panels.texts.show({ texts: desk.texts, run });
    panels.notes.show({ activity: plan.items[Math.max(at, 0)]?.activity, running: at >= 0 && !ended, ended });
    panels.order.show({ items, at, finished });
    panels.join.show({ code: desk.code, join: this.session.join, title: desk.title, ended });
    panels.people.show({ persons: desk.persons, virtual: desk.people.virtual });
  }
}

function about({ means }, { ended }) {
  const words = ended
    ? t("The session is over. What is taken home, and what is deleted, is up to the coach who gave you this link.")
    : t(
        "You read along: the notes, the running order, and what people write. What you show, the room sees at once. All else is up to the coach who gave you this link.",
      );
  return [
    element("h2", {}, t("You are the second coach")),
    element("p", {}, words),
    row(button(t("Leave this session"), means.leave)),
  ];
}

function now({ items, at, step, steps, paused, shown, finished, ended }) {
  if (ended) return [element("h2", {}, t("The session is over"))];
  if (at < 0) return [element("h2", {}, t("It has not begun yet"))];
  const all = [...steps, { name: "", title: t("Look at it together") }].map(({ name, title }) => {
    const current = finished ? !name : name === step;
    return line(title, "", current && t("now"), current);
  });
  const states = [paused && t("Paused: phones wait."), !shown && t("Results are hidden from the room.")].filter(
    Boolean,
  );
  return [
    quiet(t("Activity {number} of {all}", { number: at + 1, all: items.length })),
    element("h2", { class: "choreo-console-title" }, items[at]?.title ?? ""),
    element("ol", { class: "choreo-console-sequence", "aria-label": t("Steps of this activity") }, ...all),
    ...(states.length ? [element("p", { class: "choreo-console-care" }, states.join(" "))] : []),
  ];
}

function order({ items, at, finished }) {
  const from = beginnings(items);
  const lines = items.map(({ title, minutes }, index) => {
    const place = index === at ? (finished ? t("being talked about") : t("running")) : index < at ? t("done") : "";
    return line(
      title,
      t("{minutes} min, from minute {from}", { minutes, from: from[index] }),
      place,
      index === at && !finished,
    );
  });
  return [element("h2", {}, t("Running order")), element("ol", { class: "choreo-console-sequence" }, ...lines)];
}

function line(title, detail, tag, current) {
  return element(
    "li",
    { "aria-current": current ? "true" : false },
    element("span", { class: "choreo-console-order-title" }, title),
    detail && element("span", { class: "choreo-console-quiet" }, detail),
    tag && element("span", { class: "choreo-console-tag" }, tag),
  );
}

function people({ persons, virtual }) {
  const human = (persons ?? []).filter((one) => !one.removed && !one.virtual);
  return [element("h2", {}, t("People")), counted(human, virtual)];
}
