import { goTo } from "./player/go.js";
import { element, uid } from "./shared/element.js";
import { fillKey } from "./shared/key.js";
import { numbersTable } from "./shared/numbers.js";
import { Plot } from "./shared/plot.js";
import { t } from "./shared/words.js";

/**
 * @typedef {{stage: "invite"|"ready"|"working"|"there", figure?: import("./shared/plot_figure.js").Figure, sentence?:
 * string, alt?: string, note?: string, numbers?: any, working?: string}} Compared
 */

/** @param {import("./shared/model.js").Context} context */
function render({ model, el }) {
  const parts = partsOf(model, el);
  let plot = null;
  const show = () => {
    const state = model.get("state");
    showWords(parts, state, model.get("title"));
    parts.above.textContent = model.get("above");
    if (!state.figure?.data?.length) return;
    fillKey(parts.key, state.figure);
    if (plot) plot.draw();
    else plot = new Plot(model, parts.box, () => model.get("state").figure ?? {});
  };
  // What happened is worked out when the comparison is looked at, not before.
  let seen = false;
  const look = () => {
    if (model.get("state").stage === "ready" && seen) model.send({ type: "look" });
  };
  const watch = new IntersectionObserver(
    (entries) => {
      seen = entries.at(-1).isIntersecting;
      look();
    },
    { rootMargin: "200px" },
  );
  const changed = () => {
    show();
    look();
  };
  watch.observe(parts.panel);
  show();
  model.on("change:state change:title change:above", changed);
  return () => {
    watch.disconnect();
    plot?.stop();
    model.off("change:state change:title change:above", changed);
  };
}

function partsOf(model, el) {
  const title = element("h3", { class: "choreo-comparison-title", id: uid() });
  const go = element("button", { type: "button", class: "choreo-comparison-button" }, t("Go to the prediction"));
  go.addEventListener("click", () => goTo(el, model.get("item")));
  const invitation = t(
    "Here your prediction will stand beside what really happens. Make it first: nothing is lost by being wrong, and you will see more.",
  );
  const invite = element("div", { class: "choreo-comparison-invite" }, element("p", {}, invitation), go);
  const sentence = element("p", { class: "choreo-comparison-sentence", role: "status" });
  const working = element("p", { class: "choreo-comparison-working", role: "status" });
  const key = element("ul", { class: "choreo-key choreo-comparison-key", "aria-hidden": "true" });
  const box = element("div", { class: "choreo-plot-box choreo-comparison-box", role: "img" });
  const note = element("p", { class: "choreo-comparison-note" });
  const numbers = numbersTable(t("The same in numbers"));
  const above = element("p", { class: "choreo-comparison-above" });
  const panel = element(
    "div",
    { class: "choreo-comparison-panel", role: "group", "aria-labelledby": title.id },
    ...[above, title, invite, sentence, key, box, working, note, numbers.el],
  );
  el.classList.add("choreo-comparison");
  el.append(panel);
  return { panel, above, title, invite, sentence, working, key, box, note, numbers };
}

/** @param {ReturnType<typeof partsOf>} parts @param {Compared} state @param {string} name */
function showWords(parts, state, name) {
  const { title, invite, sentence, working, key, box, note, numbers } = parts;
  const has = Boolean(state.figure?.data?.length);
  const busy = state.stage === "working" || state.stage === "ready";
  title.textContent = name;
  invite.hidden = state.stage !== "invite";
  if (sentence.textContent !== (state.sentence ?? "")) sentence.textContent = state.sentence ?? "";
  sentence.hidden = !state.sentence;
  working.textContent = busy ? state.working || t("Trying it out…") : "";
  working.hidden = !busy;
  note.textContent = state.note ?? "";
  note.hidden = !state.note;
  box.hidden = !has && !busy;
  box.setAttribute("aria-label", state.alt || t("Chart: {title}", { title: name }));
  key.hidden = !has;
  numbers.fill(state.numbers);
}

export default { render };
