import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { written } from "./form.js";
import { valueAt } from "./moments.js";

/**
 * @typedef {{control?: string, label: string, words: string, aim: string, share: number, mark: number|null,
 * tone: string, form?: string, series?: string, most?: number}} Meter
 */

/**
 * What is to be reached: a meter for each measure, which grows with the run, and the verdict. A means has a meter,
 * too, where no control that is shown (`standsBy`) tells its limit.
 *
 * @param {{ send: (message: object) => void, standsBy?: (control?: string) => boolean }} means
 */
export function goal({ send, standsBy = () => false }) {
  const meters = element("div", { class: "choreo-player-meters" });
  const headline = element("strong");
  const message = element("span");
  const waiting = element(
    "span",
    { class: "choreo-player-quiet", "aria-hidden": "true", hidden: true },
    t("What will come of it?"),
  );
  const said = element("span", { role: "status" }, headline, " ", message);
  const verdict = element("div", { class: "choreo-player-verdict" }, waiting, said);
  const unsaved = element("p", { class: "choreo-player-unsaved", role: "status", hidden: true });
  const button = (label, type, look) =>
    element("button", { type: "button", class: look, onclick: () => send({ type }), hidden: true }, label);
  const save = button(t("Save again"), "save", "choreo-player-button");
  const hint = button(t("A hint"), "hint", "choreo-player-quietbutton");
  const hints = element("ul", { class: "choreo-player-hints", "aria-live": "polite" });
  const foot = element("div", { class: "choreo-player-foot" }, save, hint);
  const el = element(
    "div",
    { class: "choreo-player-goal", role: "group", "aria-label": t("What came of it") },
    meters,
    verdict,
    unsaved,
  );
  const help = element("div", { class: "choreo-player-help" }, hints, foot);
  let drawn = [];

  const showHints = ({ hints: given = [], hints_left: left = 0, reached }) => {
    while (hints.children.length < given.length) hints.append(element("li", { html: given[hints.children.length] }));
    hints.hidden = given.length === 0 || Boolean(reached);
    hint.hidden = !left || Boolean(reached);
    hint.textContent = given.length ? t("Another hint") : t("A hint");
  };
  return {
    el,
    help,
    show(state) {
      // a limit is told where the hand is
      const given = (state.meters ?? []).filter(({ control }) => !standsBy(control));
      if (drawn.length !== given.length) {
        drawn = given.map(() => meter());
        meters.replaceChildren(...drawn.map((one) => one.el));
      }
      given.forEach((one, k) => {
        drawn[k].take(one);
      });
      el.hidden = drawn.length === 0 && !state.headline && !state.message; // a play without a goal
      el.toggleAttribute("data-reached", Boolean(state.reached));
      unsaved.hidden = save.hidden = state.saved !== "no";
      unsaved.textContent = state.saved === "no" ? t("Not kept yet. {why}", { why: state.error ?? "" }) : "";
      showHints(state);
      foot.hidden = save.hidden && hint.hidden;
      help.hidden = foot.hidden && hints.hidden;
    },
    /** What became of it; said when the run has shown it. */
    say(state, running = false) {
      waiting.hidden = !running;
      if (headline.textContent !== (state.headline ?? "")) headline.textContent = state.headline ?? "";
      if (message.textContent !== (state.message ?? "")) message.textContent = state.message ?? "";
    },
    /** The meters as they stand at a moment. @param {Record<string, ArrayLike<number>>} series of the run, by name */
    follow(at, frames, series) {
      for (const one of drawn) one.follow(at, frames, series);
    },
  };
}

function meter() {
  const words = element("strong");
  const [label, aim, fill, tick] = Array.from({ length: 4 }, () => element("span"));
  aim.className = "choreo-player-aim";
  fill.className = "choreo-player-fill";
  tick.className = "choreo-player-mark";
  const bar = element("div", { class: "choreo-player-bar", "aria-hidden": "true" }, fill, tick);
  const el = element(
    "div",
    { class: "choreo-player-meter" },
    element("p", { class: "choreo-player-line" }, label, words, aim),
    bar,
  );
  let given = {};
  const put = (text, share) => {
    if (words.textContent !== text) words.textContent = text;
    fill.style.transform = `scaleX(${Math.min(1, Math.max(0, share))})`;
  };
  return {
    el,
    /** @param {Meter} next */
    take(next) {
      given = next;
      label.textContent = next.label;
      aim.textContent = next.aim ?? "";
      el.dataset.tone = next.tone ?? "others";
      tick.hidden = next.mark === null || next.mark === undefined;
      if (!tick.hidden) tick.style.left = `${100 * Math.min(1, next.mark)}%`;
    },
    /** The measure as it stands at a moment: a bar that knew the end would tell it. */
    follow(at, frames, series) {
      const value = at >= frames - 1 || !given.series ? null : valueAt(series[given.series], at, frames);
      if (value === null) put(given.words, given.share);
      else put(written(given.form ?? "{:.0%}", value), value / (given.most || 1));
    },
  };
}
