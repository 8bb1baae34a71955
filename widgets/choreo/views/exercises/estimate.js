import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { numberField, readNumber } from "../shared/number.js";
import { remark } from "../shared/remark.js";
import { t } from "../shared/words.js";

const NAMES = ["low", "high", "guess"];
const ODDS = {
  2: t("one in two"),
  4: t("one in four"),
  5: t("one in five"),
  10: t("one in ten"),
  20: t("one in twenty"),
};

const said = (number) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 }).format(number);

/** How many ranges of this level miss, in words. */
function odds(level) {
  const one = 100 / (100 - level);
  return ODDS[one] ?? t("{count} in 100", { count: 100 - level });
}

/** A scale on which a range and a best guess are drawn; the truth stands there afterwards. */
class Scale {
  constructor(face, values, put) {
    this.face = face;
    this.values = values; // () => {low, high, guess}
    this.put = put; // (name, number)
    this.done = false;
    this.band = element("span", { class: "choreo-estimate-band", hidden: true });
    this.marks = NAMES.map((name) =>
      element("span", { class: "choreo-estimate-handle", "data-end": name, hidden: true }),
    );
    this.flag = element("span");
    this.truth = element("span", { class: "choreo-estimate-truth", hidden: true }, this.flag);
    this.track = element(
      "div",
      { class: "choreo-estimate-track", onpointerdown: (event) => this.grab(event) },
      this.band,
      ...this.marks,
      this.truth,
    );
    const ends = element(
      "div",
      { class: "choreo-estimate-ends" },
      element("span", {}, said(face.low)),
      element("span", {}, `${said(face.high)} ${face.unit}`.trim()),
    );
    this.element = element("div", { class: "choreo-estimate-scale", "aria-hidden": "true" }, this.track, ends);
  }

  place(number) {
    const { low, high } = this.face;
    return `${(100 * (Math.min(Math.max(number, low), high) - low)) / (high - low)}%`;
  }

  draw() {
    const values = this.values();
    NAMES.forEach((name, at) => {
      this.marks[at].hidden = values[name] === null;
      if (values[name] !== null) this.marks[at].style.left = this.place(values[name]);
    });
    const { low, high } = values;
    this.band.hidden = low === null || high === null || low > high;
    if (this.band.hidden) return;
    this.band.style.left = this.place(low);
    this.band.style.right = `calc(100% - ${this.place(high)})`;
  }

  reveal(value, tone) {
    const { low, high, unit } = this.face;
    this.truth.style.left = this.place(value);
    this.truth.dataset.side = value > (low + high) / 2 ? "right" : "left";
    this.truth.dataset.tone = tone;
    this.flag.textContent = `${said(value)} ${unit}`.trim();
  }

  at(event) {
    const { low, high, step } = this.face;
    const box = this.track.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    const steps = Math.round((share * (high - low)) / step);
    return Math.min(high, Number((low + steps * step).toPrecision(12)));
  }

  /** The first stroke draws the range; then its ends and the best guess can be moved. */
  grab(event) {
    if (event.button !== 0 || this.done) return;
    event.preventDefault();
    const from = this.at(event);
    const { low, high, guess } = this.values();
    const name = this.nearest(from);
    const move = (moved) => {
      const now = this.at(moved);
      if (name === null) {
        this.put("low", Math.min(from, now));
        this.put("high", Math.max(from, now));
      } else if (name === "guess") this.put("guess", Math.min(Math.max(now, low), high));
      else this.put(name, name === "low" ? Math.min(now, guess ?? high) : Math.max(now, guess ?? low));
    };
    this.track.setPointerCapture(event.pointerId);
    move(event);
    this.track.addEventListener("pointermove", move);
    const stop = () => this.track.removeEventListener("pointermove", move);
    this.track.addEventListener("lostpointercapture", stop, { once: true });
  }

  /** What a stroke that begins here moves: an end, the guess, or null for a range that is not there yet. */
  nearest(from) {
    const values = this.values();
    const { low, high, guess } = values;
    if (low === null || high === null) return null;
    if (guess === null && from > low && from < high) return "guess";
    const there = NAMES.filter((name) => values[name] !== null);
    return there.sort((one, other) => Math.abs(values[one] - from) - Math.abs(values[other] - from))[0];
  }
}

class Estimate {
  constructor({ face, id, changed }) {
    this.changed = changed;
    const labels = { low: t("At least"), high: t("At most"), guess: t("My best guess") };
    this.inputs = Object.fromEntries(NAMES.map((name) => [name, this.makeInput(face.low)]));
    this.scale = new Scale(
      face,
      () => this.values(),
      (name, number) => this.put(name, number),
    );
    const rows = NAMES.map((name) => this.label(labels[name], this.inputs[name], face.unit));
    this.element = element(
      "fieldset",
      { class: "choreo-estimate", "aria-describedby": `${id}-help` },
      element("legend", {}, face.label),
      element("p", { class: "choreo-estimate-help", id: `${id}-help` }, this.help(face.level)),
      element("div", { class: "choreo-estimate-fields" }, ...rows),
      this.scale.element,
    );
    this.after = element("div", { class: "choreo-estimate-about", hidden: true });
    this.eyebrow = t("Estimate");
    this.action = this.again = t("Keep my estimate");
    this.once = true;
  }

  help(level) {
    return t(
      "Give a range that you are {level} % sure holds the true number: about {odds} such ranges may miss. First its two ends, then your best guess.",
      { level, odds: odds(level) },
    );
  }

  makeInput(least) {
    return numberField(least, { oninput: () => this.moved() });
  }

  label(words, input, unit) {
    const beside = unit ? element("span", { class: "choreo-estimate-unit" }, unit) : null;
    return element(
      "label",
      {},
      element("span", {}, words),
      element("span", { class: "choreo-estimate-input" }, input, beside),
    );
  }

  put(name, number) {
    this.inputs[name].value = number;
    this.moved();
  }

  moved() {
    this.scale.draw();
    this.changed();
  }

  tone(state) {
    return state.notes[0]?.right ? "right" : "apart";
  }

  read() {
    for (const name of NAMES) {
      const { value, fault } = readNumber(this.inputs[name].value);
      if (value !== undefined) continue;
      this.inputs[name].focus();
      return { missing: fault ?? t("Give all three numbers: the two ends of your range, and your best guess.") };
    }
    return { answer: this.values() };
  }

  values() {
    const value = (name) => readNumber(this.inputs[name].value).value ?? null;
    return { low: value("low"), guess: value("guess"), high: value("high") };
  }

  /** As it was typed. */
  draft() {
    return Object.fromEntries(NAMES.map((name) => [name, this.inputs[name].value]));
  }

  write(answer) {
    for (const name of NAMES) this.inputs[name].value = answer[name] ?? "";
    this.scale.draw();
  }

  show(state, notes) {
    const told = state.solution !== null || state.answer !== null;
    this.scale.done = told;
    this.scale.element.toggleAttribute("data-done", told);
    for (const input of Object.values(this.inputs)) input.readOnly = told;
    const truth = state.reveal.truth;
    this.scale.truth.hidden = truth === undefined || !told;
    this.after.hidden = this.scale.truth.hidden || notes.length === 0;
    if (this.after.hidden) return this.after.replaceChildren();
    this.scale.reveal(truth, notes[0].right ? "right" : "apart");
    this.after.replaceChildren(...this.about(state.reveal, notes[0]));
  }

  about({ record, sources }, note) {
    return [
      ...(record ? [element("div", { class: "choreo-estimate-record", html: record })] : []),
      remark(null, null, note.text),
      element(
        "div",
        { class: "choreo-estimate-sources" },
        element("p", {}, t("Where the number comes from")),
        ...sources.map((html) => element("div", { html })),
      ),
    ];
  }
}

export default { render: (context) => card(context, (about) => new Estimate(about)) };
