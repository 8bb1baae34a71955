// A plan of one's own: kept in this browser, saved as a file, and read in from one.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, quiet, row } from "./elements.js";
import { fileName, PlanFault, read, written } from "./plan_file.js";
import { remember, remembered, withoutPlan, withPlan } from "./sessions.js";

/** Buttons to keep a plan. @param {() => any} plan @param {{ announce: (words: string) => void, kept?: () => void }} means */
export function keepingPlan(plan, { announce, kept }) {
  const keep = () => {
    const { title } = plan();
    if (!title) return announce(t("Give the plan a title first."));
    const there = remember({ plans: withPlan(remembered().plans, plan()) });
    announce(
      there
        ? t("{title} is kept in this browser.", { title })
        : t("This browser keeps nothing: save the plan as a file."),
    );
    kept?.();
  };
  return [
    ...(kept ? [button(t("Keep it in this browser"), keep, "", "keep-plan")] : []),
    button(t("Save as a file"), () => download(plan(), announce), "", "save-plan"),
  ];
}

function download(plan, announce) {
  const href = URL.createObjectURL(new Blob([written(plan)], { type: "application/json" }));
  const name = fileName(plan.title);
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
  announce(t("Saved as {name}.", { name }));
}

/**
 * A way to read a plan in from a file; `use(plan)` takes it, `say(trouble)` tells what is wrong with it.
 *
 * @param {Map<string, any>} kinds @param {(plan: any) => void} use
 * @param {{ announce: (words: string) => void, say: (trouble: string) => void }} means
 */
export function readingPlan(kinds, use, { announce, say }) {
  const chooser = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (!file) return;
    try {
      const { plan, left } = read(file.name, await file.text(), kinds);
      use(plan);
      say("");
      announce(
        [t("{title} is read in.", { title: plan.title }), ...left.map((one) => t("Left out: {one}.", { one }))].join(
          " ",
        ),
      );
    } catch (error) {
      say(
        error instanceof PlanFault
          ? error.message
          : t("{name}: cannot be read; choose another file.", { name: file.name }),
      );
    }
  });
  return [button(t("Read a plan from a file"), () => chooser.click(), "", "read-plan"), chooser];
}

/** The plans that this browser keeps, to be taken or forgotten; null where there are none. */
export function ownPlans(take, again) {
  const { plans } = remembered();
  if (!plans.length) return null;
  const lines = plans.map((plan) => {
    const name = { class: "choreo-console-words", dir: "auto" };
    const use = button(t("Take this plan"), () => take(plan));
    use.setAttribute("aria-label", t("Take this plan: {title}", { title: plan.title }));
    const forget = () => {
      remember({ plans: withoutPlan(remembered().plans, plan.title) });
      again();
    };
    const gone = button(t("Forget it"), forget, "choreo-console-small");
    gone.setAttribute("aria-label", t("Forget the plan {title}", { title: plan.title }));
    const last = plan.last_time && quiet(t("remembers what was promised on {day}", { day: plan.last_time.day }));
    return element("li", {}, element("strong", name, plan.title), last, row(use, gone));
  });
  return element("ul", { class: "choreo-console-earlier" }, ...lines);
}
