// Before a session: the sessions of before, the plans to choose from, and the running order.

import { element } from "../shared/element.js";
import { isolated, t } from "../shared/words.js";
import { alertLine, button, fold, labelled, prose, quiet, row, textInput } from "./elements.js";
import { keepingPlan, ownPlans, readingPlan } from "./own_plans.js";
import { PlanEditor } from "./plan.js";
import { remember, remembered, tokenTyped } from "./sessions.js";

const BLANK = { title: t("Our session"), notes: "", items: [] };

/**
 * @typedef {object} Means what a preparation does things with
 * @property {{ name: string, title: string }[]} activities
 * @property {{ name: string, minutes: number, notes: string, plan: any }[]} plans
 * @property {(first: object) => void} connect opens a session: a new one, or a known one by its host's token
 * @property {(question: string, detail: string, yes: string) => Promise<boolean>} confirm
 * @property {(words: string) => void} announce
 */

/** @param {Means} means @param {string} why what went wrong before */
export function preparation(means, why = "") {
  const trouble = alertLine("choreo-console-trouble");
  trouble.hidden = !why;
  trouble.textContent = why;
  const editor = new Editor(means, remembered().draft ?? BLANK);
  const known = remembered().sessions;
  const say = (words) => {
    trouble.textContent = words;
    trouble.hidden = !words;
    if (words) trouble.scrollIntoView({ block: "nearest" });
  };
  const own = element("div", { class: "choreo-console-own" });
  const showOwn = () =>
    own.replaceChildren(...[ownPlans((plan) => take(means, editor, plan), showOwn)].filter(Boolean));
  showOwn();
  const kinds = new Map(means.activities.map((one) => [one.name, one]));
  const keeping = keepingPlan(() => editor.editor.plan, { announce: means.announce, kept: showOwn });
  const reading = readingPlan(kinds, (plan) => editor.use(plan), { announce: means.announce, say });
  return [
    ...(known.length ? [panel(heading(t("Your sessions")), earlier(known, means.connect))] : []),
    panel(heading(t("Choose a plan")), choices(means, editor), own, row(...reading)),
    panel(
      heading(t("The running order")),
      editor.place,
      row(...keeping),
      element("div", { class: "choreo-console-open" }, trouble, row(opening(editor, say, means.connect))),
    ),
    panel(elsewhere(means.connect)),
  ];
}

/** The running order in the making, kept as a draft. */
class Editor {
  /** @param {Means} means @param {any} plan */
  constructor({ activities, announce }, plan) {
    this.activities = activities;
    this.announce = announce;
    this.place = element("div");
    this.use(plan);
  }

  use(plan) {
    let editor = null;
    const changed = () => editor && remember({ draft: editor.plan });
    editor = new PlanEditor(this.activities, plan, { say: this.announce, changed });
    this.editor = editor;
    changed();
    this.place.replaceChildren(editor.el);
  }
}

function panel(...inside) {
  return element("section", { class: "choreo-console-panel" }, ...inside);
}

function heading(text) {
  return element("h2", { tabindex: -1 }, text);
}

function earlier(sessions, connect) {
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const lines = sessions.map(({ host, title, code, opened }) => {
    const open = button(t("Open"), () => connect({ host }));
    open.setAttribute("aria-label", t("Open {title}, code {code}", { title: title ?? t("the session"), code }));
    const when = element("span", { class: "choreo-console-quiet" }, `${code}, ${day.format(opened)}`);
    return element("li", {}, element("strong", { dir: "auto" }, title ?? t("A session")), when, open);
  });
  return element("ul", { class: "choreo-console-earlier" }, ...lines);
}

function choices(means, editor) {
  const own = { name: "", minutes: 0, notes: "", plan: BLANK };
  const cards = [...means.plans, own].map((one) => choice(means, editor, one));
  return element("div", { class: "choreo-console-choices" }, ...cards);
}

function choice(means, editor, { name, minutes, notes, plan }) {
  const titles = plan.items.map(
    ({ activity }) => means.activities.find((one) => one.name === activity)?.title ?? activity,
  );
  const pick = button(name ? t("Take this plan") : t("Begin with none"), () => take(means, editor, plan));
  pick.setAttribute(
    "aria-label",
    name ? t("Take this plan: {title}", { title: plan.title }) : t("Begin with none: an empty running order"),
  );
  return element(
    "article",
    { class: "choreo-console-choice" },
    element("h3", { dir: "auto" }, name ? plan.title : t("Your own order")),
    quiet(minutes ? t("{minutes} minutes", { minutes }) : t("As long as you like")),
    element("p", {}, name ? titles.join(", ") : t("Put together what your room needs, from all activities.")),
    notes ? fold(t("Notes"), undefined, prose(notes)) : null,
    pick,
  );
}

async function take({ confirm, announce }, editor, plan) {
  const worked = remembered().draft?.items.length;
  if (
    worked &&
    !(await confirm(t("Replace your running order?"), t("What you have changed in it is lost."), t("Replace it")))
  )
    return;
  editor.use(plan);
  announce(t("{title}: the running order is below.", { title: isolated(plan.title) }));
  editor.place.querySelector("input")?.focus();
}

function opening(editor, say, connect) {
  const open = () => {
    const { plan, items } = editor.editor;
    const missing = !plan.title
      ? t("Give the session a title first.")
      : items.length
        ? ""
        : t("Add at least one activity first.");
    say(missing);
    if (!missing) connect({ new: plan });
  };
  return button(t("Open the session"), open, "choreo-console-next");
}

function elsewhere(connect) {
  const field = textInput();
  const go = element("button", { class: "choreo-console-button" }, t("Open that session"));
  const form = element("form", {}, labelled(t("Coach’s link"), field), go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const token = tokenTyped(field.value);
    if (token) connect({ host: token });
  });
  return fold(t("I have a coach’s link from another device"), undefined, form);
}
