import { card } from "../shared/card.js";
import { day } from "../shared/day.js";
import { element } from "../shared/element.js";
import { whenIdle } from "../shared/idle.js";
import { t } from "../shared/words.js";

const NAMES = ["when", "will", "whom", "by"];

/** An if-then plan: four lines, folded into a promise once it is kept. */
class Commit {
  constructor({ face, id, changed }) {
    this.face = face;
    this.id = id;
    this.changed = changed;
    const now = new Date();
    this.least = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    this.fields = {
      when: this.makeField("when", element("textarea", { rows: 2, maxlength: 1000 })),
      will: this.makeField("will", element("textarea", { rows: 2, maxlength: 1000 })),
      whom: this.makeField("whom", element("input", { type: "text", maxlength: 1000, autocomplete: "off" })),
      by: this.makeField("by", element("input", { min: this.least, max: "2099-12-31" })),
    };
    this.date();
    const rows = NAMES.map((name) => this.fields[name].element);
    this.inputs = element("div", { class: "choreo-commit-fields" }, ...rows);
    this.promise = element("div", { class: "choreo-commit-promise", hidden: true });
    this.element = element("div", { class: "choreo-commit" }, this.promise, this.inputs);
    this.seen = "";
    this.plain = true;
    this.eyebrow = t("Commitment");
    this.action = t("I commit to this");
    this.again = t("Keep the change");
  }

  makeField(name, box) {
    const { label, help } = this.face[name];
    const aside = help
      ? element("p", { class: "choreo-commit-help", id: `${this.id}-${name}-help`, html: help })
      : null;
    box.id = `${this.id}-${name}`;
    if (aside) box.setAttribute("aria-describedby", aside.id);
    box.required = true;
    box.addEventListener("input", this.changed);
    const words = element("label", { for: box.id }, label);
    return {
      box,
      element: element("div", { class: `choreo-commit-field choreo-commit-${name}` }, words, aside, box),
    };
  }

  /**
   * To make a date's field takes a quarter of what all cards of a lesson take: it comes when the page has nothing
   * else to do.
   */
  date() {
    const make = () => {
      const plain = this.fields.by.box;
      const dated = plain.cloneNode();
      dated.type = "date";
      dated.value = plain.value;
      dated.addEventListener("input", this.changed);
      const held = document.activeElement === plain;
      plain.replaceWith(dated);
      this.fields.by.box = dated;
      if (held) dated.focus();
    };
    whenIdle(make, { timeout: 1000 });
  }

  edit() {
    this.promise.hidden = true;
    this.inputs.hidden = false;
    this.fields.when.box.focus();
  }

  fold(answer) {
    const lines = [
      ["when", answer.when],
      ["will", answer.will ?? answer.what], // what was kept before there were plans is a sentence of its own
      ["whom", answer.whom],
      ["by", day(answer.by)],
    ].filter(([, text]) => text);
    const change = element(
      "button",
      { type: "button", class: "choreo-button", onclick: () => this.edit() },
      t("Change it"),
    );
    const rows = lines.flatMap(([name, text]) => [
      element("dt", {}, this.face[name].label),
      element("dd", { dir: "auto" }, text),
    ]);
    this.promise.replaceChildren(element("dl", {}, ...rows), change);
    this.promise.hidden = false;
    this.inputs.hidden = true;
  }

  show(state) {
    const now = `${state.at} ${state.tries}`;
    if (!state.answer || now === this.seen || JSON.stringify(this.lines(state.answer)) !== JSON.stringify(this.draft()))
      return;
    this.seen = now;
    this.fold(state.answer);
  }

  /** A kept answer as the four lines show it. */
  lines(answer) {
    return Object.fromEntries(NAMES.map((name) => [name, answer[name] ?? (name === "will" ? answer.what : "") ?? ""]));
  }

  read() {
    const empty = NAMES.find((name) => !this.fields[name].box.value.trim());
    const due = this.fields.by.box;
    const places = { field: this.face[empty ?? "by"].label };
    if (empty) {
      this.fields[empty].box.focus();
      if (empty === "by") return { missing: t("“{field}”: choose a day.", places) };
      return { missing: t("“{field}” is still empty. A few words are enough.", places) };
    }
    if (due.value >= this.least) return { answer: this.draft() };
    due.focus();
    return { missing: t("“{field}”: this day is over; choose today or a later one.", places) };
  }

  draft() {
    return Object.fromEntries(NAMES.map((name) => [name, this.fields[name].box.value]));
  }

  write(answer) {
    for (const [name, text] of Object.entries(this.lines(answer))) this.fields[name].box.value = text;
    this.promise.hidden = true;
    this.inputs.hidden = false;
  }
}

export default { render: (context) => card(context, (about) => new Commit(about)) };
