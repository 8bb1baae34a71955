import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { sign } from "./transport.js";

const TICKED = 1100; // ms that a done task stays, with its tick, before the next one comes

/** @typedef {{do: string, done: boolean, skipped?: boolean}} Task one step of the guide */

/** Where the guide is: the first task that is neither done nor skipped; -1 behind the last. */
export function current(tasks) {
  return tasks.findIndex(({ done, skipped }) => !done && !skipped);
}

/** One task at a time, ticked as it is done; the done ones are ticks. `skip(at)` passes one over. */
export function guide({ skip }) {
  const dots = element("ol", { class: "choreo-player-ticks", "aria-hidden": "true" });
  const count = element("span", { class: "choreo-player-taskcount" });
  const words = element("p", { class: "choreo-player-taskwords" });
  const pass = element("button", { type: "button", class: "choreo-player-quietbutton" }, t("Skip this one"));
  const read = element("p", { class: "choreo-player-read", role: "status" });
  const head = element("div", { class: "choreo-player-taskhead" }, count, dots, pass);
  const el = element(
    "div",
    { class: "choreo-player-guide", role: "group", "aria-label": t("What to try") },
    head,
    words,
    read,
  );
  let shown = -2;
  let tasks = [];
  let timer = 0;

  pass.addEventListener("click", () => {
    skip(shown);
    if (current(tasks) === tasks.length - 1) el.dispatchEvent(new CustomEvent("choreo:guided", { bubbles: true }));
  });
  const put = () => {
    const at = current(tasks);
    shown = at;
    el.removeAttribute("data-ticked");
    el.hidden = at < 0;
    if (at < 0) return;
    count.textContent = t("Try this, {at} of {all}", { at: at + 1, all: tasks.length });
    words.textContent = tasks[at].do;
    pass.hidden = false;
  };
  const showDots = () =>
    dots.replaceChildren(
      ...tasks.map(({ done, skipped }, k) =>
        element(
          "li",
          { "data-state": done ? "done" : skipped ? "skipped" : k === current(tasks) ? "now" : "later" },
          done ? sign("tick") : null,
        ),
      ),
    );
  return {
    el,
    show(next) {
      tasks = next ?? [];
      showDots();
      const before = tasks[shown];
      const at = current(tasks);
      if (at === shown) return;
      clearTimeout(timer);
      if (!before?.done) {
        put();
        return;
      }
      el.setAttribute("data-ticked", ""); // the tick is seen first, then the next task
      pass.hidden = true;
      read.textContent = at < 0 ? t("Done. That was the last one.") : t("Done. Next: {task}", { task: tasks[at].do });
      timer = setTimeout(put, TICKED);
    },
    close: () => clearTimeout(timer),
  };
}
