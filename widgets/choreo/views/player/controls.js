import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { hand } from "./hand.js";
import { moves, turnOf } from "./moves.js";

/**
 * @typedef {{name: string, label: string, kind: "slider"|"choice"|"moves"|"drawn", low: number, high: number, step: number,
 * unit: string, ends: string[], digits: number, turns: number, options: {value: string, label: string, hint: string}[], inside:
 * string[]|null}} Spec a control as Python describes it
 */

const KINDS = { choice, moves };

/** What can be moved: sliders, choices and moves, with what is locked and why, and marks of what was predicted. */
export function controls(model, id) {
  const parts = new Map();
  const desk = { model, id, value: () => mine.value, move: (settings, settled) => mine.move(settings, settled) };
  const form = element("div", { class: "choreo-player-form", role: "group", "aria-label": t("What you can change") });
  const still = element("ul", { class: "choreo-player-locked", id: `${id}-locked`, hidden: true });
  const el = element("div", { class: "choreo-controls" }, form);

  let means = []; // meters of what a goal limits
  const putLimits = () => {
    for (const [name, { part }] of parts) part.limit?.(means.find(({ control }) => control === name));
  };
  const showAll = () => {
    const locked = model.get("locked");
    const lines = [];
    for (const { spec, part } of parts.values()) {
      const closed = Boolean(locked[spec.name]);
      const elsewhere = spec.inside && mine.value[spec.inside[0]] !== spec.inside[1];
      part.show(locked);
      part.box.hidden = closed || elsewhere;
      if (closed && !elsewhere) lines.push(lineOf(spec, mine.value[spec.name]));
    }
    explain(still, lines, new Set(Object.values(locked)));
  };
  const mine = hand(model, showAll);
  const more = element("details", { class: "choreo-player-more" }, element("summary", {}, t("More to play with")));
  let built = false;
  // What is there stays where it is, under the hand; controls that become free later are folded below it.
  const build = () => {
    const given = model.get("specs").filter(({ kind }) => kind !== "drawn");
    for (const [name, { part }] of parts) {
      if (given.some((spec) => spec.name === name)) continue;
      part.box.remove();
      part.inner?.remove();
      parts.delete(name);
    }
    const place = built ? more : form;
    built = true;
    for (const spec of given.filter(({ name }) => !parts.has(name))) {
      const part = (KINDS[spec.kind] ?? slider)(spec, desk, showAll);
      parts.set(spec.name, { spec, part });
      (parts.get(spec.inside?.[0])?.part.inner ?? place).append(part.box);
      // beside its choice: what is inside can be moved where the choice is locked
      if (part.inner) place.append(part.inner);
    }
    if (more.children.length > 1) form.append(more);
    else more.remove();
    el.hidden = parts.size === 0;
    showAll();
    putLimits();
  };
  build();
  model.on("change:specs", build);
  model.on("change:locked change:marks", showAll);
  return {
    el,
    still,
    move: desk.move,
    /** Move controls from elsewhere, so that they show it, too. */
    put(settings) {
      mine.move(settings, true);
      showAll();
    },
    /** Whether a slider of that name can be seen. */
    has: (name) => Boolean(parts.get(name)?.part.limit && !parts.get(name).part.box.hidden),
    /** What a goal allows stands beside the slider. @param {import("./goal.js").Meter[]} meters those of means count */
    limit(meters) {
      means = meters.filter(({ control }) => control);
      putLimits();
    },
    get value() {
      return mine.value;
    },
    close() {
      mine.close();
      model.off("change:specs", build);
      model.off("change:locked change:marks", showAll);
    },
  };
}

function explain(still, lines, reasons) {
  still.replaceChildren(...lines, ...[...reasons].map((reason) => element("li", { "data-why": "" }, reason)));
  still.hidden = reasons.size === 0;
}

function lineOf(spec, value) {
  return element("li", {}, t("{label}: {value}", { label: spec.label, value: inWords(spec, value) }));
}

/** A setting as people read it: "12 people", "Neighbours". */
export function inWords(spec, value) {
  if (spec.kind === "moves") return turnOf(spec, value);
  const option = spec.options?.find((one) => one.value === value);
  if (option) return option.label;
  const number = Number(value).toFixed(spec.digits);
  return spec.unit ? t("{number} {unit}", { number, unit: spec.unit }) : number;
}

function slider(spec, desk) {
  const input = element("input", {
    class: "choreo-control-range",
    type: "range",
    id: `${desk.id}-${spec.name}`,
    min: spec.low,
    max: spec.high,
    step: spec.step,
  });
  const output = element("output", { class: "choreo-control-value", for: input.id });
  const mark = element("span", { class: "choreo-control-mark", id: `${input.id}-mark`, hidden: true });
  const allowed = element("span", { class: "choreo-control-allowed", id: `${input.id}-allowed` });
  const fence = element("span", { class: "choreo-control-fence", "aria-hidden": "true", hidden: true });
  const ends = element("div", {
    class: "choreo-control-ends",
    "aria-hidden": "true",
    hidden: !spec.ends.some(Boolean),
  });
  ends.append(...spec.ends.map((end) => element("span", {}, end)));
  const box = element(
    "div",
    { class: "choreo-control" },
    element(
      "div",
      { class: "choreo-control-head" },
      element("label", { class: "choreo-control-label", for: input.id }, spec.label),
      element("span", { class: "choreo-control-said" }, output, allowed),
    ),
    element("div", { class: "choreo-control-track" }, input, fence, mark),
    ends,
  );
  input.setAttribute("aria-describedby", `${allowed.id} ${mark.id}`);
  const share = (number) => Math.min(1, Math.max(0, (number - spec.low) / (spec.high - spec.low)));
  const showNumber = () => {
    const number = desk.value()[spec.name];
    if (document.activeElement !== input || Number(input.value) !== number) input.value = number;
    output.textContent = inWords(spec, number);
    input.setAttribute("aria-valuetext", output.textContent);
    input.style.setProperty("--choreo-filled", String(share(number)));
  };
  const show = () => {
    showNumber();
    const marked = desk.model.get("marks")?.[spec.name];
    mark.hidden = !marked;
    if (!marked) return;
    const at = share(marked.value);
    mark.style.setProperty("--choreo-at", String(at));
    mark.dataset.side = at < 0.3 ? "start" : at > 0.7 ? "end" : "middle";
    mark.textContent = marked.label;
  };
  const limit = (means) => {
    const words = means?.aim ?? "";
    if (allowed.textContent !== words) allowed.textContent = words;
    box.toggleAttribute("data-beyond", means?.tone === "apart");
    fence.hidden = !means;
    if (means) fence.style.setProperty("--choreo-at", String(share(means.mark * means.most)));
  };
  const take = (settled) => () => {
    desk.move({ [spec.name]: Number(input.value) }, settled);
    showNumber();
  };
  input.addEventListener("input", take(false));
  input.addEventListener("change", take(true));
  return { box, show, limit, inner: null };
}

function choice(spec, desk, moved) {
  const list = element("div", { class: "choreo-control-options" });
  const hint = element("p", { class: "choreo-control-hint" });
  const inner = element("div", { class: "choreo-control-inner" });
  const box = element(
    "fieldset",
    { class: "choreo-control choreo-control-choice" },
    element("legend", { class: "choreo-control-label" }, spec.label),
    list,
    hint,
  );
  const radios = spec.options.map((option) => {
    const radio = element("input", { type: "radio", name: `${desk.id}-${spec.name}`, value: option.value });
    const label = element(
      "label",
      { class: "choreo-control-option", title: option.hint || null },
      radio,
      element("span", {}, option.label),
    );
    radio.addEventListener("change", () => {
      desk.move({ [spec.name]: option.value }, true);
      moved();
    });
    list.append(label);
    return { radio, label, option };
  });
  const show = (locked) => {
    for (const { radio, label, option } of radios) {
      const reason = locked[`${spec.name}:${option.value}`];
      radio.checked = desk.value()[spec.name] === option.value;
      radio.disabled = Boolean(reason);
      label.toggleAttribute("data-locked", Boolean(reason));
      label.toggleAttribute("data-chosen", radio.checked);
      if (radio.checked) hint.textContent = option.hint;
      if (reason) radio.setAttribute("aria-describedby", `${desk.id}-locked`);
      else radio.removeAttribute("aria-describedby");
    }
    hint.hidden = !hint.textContent;
  };
  return { box, show, inner };
}
