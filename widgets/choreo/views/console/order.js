// The running order: what was, is and comes, and a way to change it.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { about, beginnings } from "./course.js";
import { button, row } from "./elements.js";
import { begin as beginWith } from "./moves.js";
import { keepingPlan } from "./own_plans.js";
import { PlanEditor } from "./plan.js";

export function order(desk, { plan, at, finished, ended, editing }) {
  desk.panels.order.el.hidden = ended;
  if (ended) return [];
  const heading = element("h2", {}, t("Running order"));
  if (editing) return [heading, editor(desk, plan, at)];
  const from = beginnings(plan.items);
  const lines = plan.items.map((item, index) => {
    const time = t("{minutes} min, from minute {from}", { minutes: item.minutes, from: from[index] });
    return line(desk, item, index, time, at, finished);
  });
  const change = button(t("Change the running order"), () => desk.look({ editing: true }), "", "change");
  const list = element("ol", { class: "choreo-console-sequence" }, ...lines);
  return [heading, list, row(change)];
}

function line(desk, item, index, time, at, finished) {
  const place = index === at ? (finished ? t("being talked about") : t("running")) : index < at ? t("done") : "";
  const again = index <= at;
  const begin = button(
    again ? t("Begin again") : t("Begin"),
    () => start(desk, item, index, again),
    "",
    `begin-${index}`,
  );
  const which = { title: item.title, place: index + 1 };
  const name = again ? t("Begin again: {title}, number {place}", which) : t("Begin: {title}, number {place}", which);
  begin.setAttribute("aria-label", name);
  return element(
    "li",
    { "aria-current": index === at && "true" },
    element("span", { class: "choreo-console-order-title" }, item.title),
    about(item) && element("span", { class: "choreo-console-order-about", dir: "auto" }, about(item)),
    element("span", { class: "choreo-console-quiet" }, time),
    place && element("span", { class: "choreo-console-tag" }, place),
    begin,
  );
}

async function start(desk, item, index, again) {
  const sure =
    !again ||
    (await desk.means.confirm(
      t("Begin {title} again?", { title: item.title }),
      t("What came before stays, in the log and the report. A question is shown beside what was answered before."),
      t("Begin again"),
    ));
  if (sure) await beginWith(desk, index);
}

function editor(desk, plan, at) {
  const { activities, announce } = desk.means;
  const editor = new PlanEditor(activities, plan, { locked: at + 1, say: announce });
  const close = () => {
    desk.look({ editing: false });
    desk.panels.order.el.querySelector('[data-key="change"]')?.focus();
  };
  const use = async () => {
    if (await desk.act({ do: "plan", plan: editor.plan }, t("The running order is changed."))) close();
  };
  const save = button(t("Use this order"), use, "choreo-console-next");
  return element(
    "div",
    {},
    editor.el,
    row(save, button(t("Leave it as it was"), close), ...keepingPlan(() => editor.plan, { announce })),
  );
}
