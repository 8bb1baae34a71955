import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { radar, table } from "./profile/picture.js";

/** Statements to mark on a scale; then a picture of them, over the first one if there was one. */
class Profile {
  constructor({ face, id, changed }) {
    this.id = id;
    this.changed = changed;
    this.scale = face.scale;
    this.statements = face.statements.map((one) => this.makeStatement(one));
    this.count = element("p", { class: "choreo-profile-count" });
    const rows = this.statements.map((one) => one.element);
    this.element = element("div", { class: "choreo-profile" }, ...rows, this.count);
    this.after = element("div", { class: "choreo-profile-after", hidden: true });
    this.drawn = "";
    this.plain = true;
    this.eyebrow = t("A picture of yourself");
    this.action = t("Draw my picture");
    this.again = t("Draw it anew");
    this.tally();
  }

  makeStatement(one) {
    const { points, low, high } = this.scale;
    const inputs = Array.from({ length: points }, (_, at) => this.makeMark(one, at + 1));
    const marks = inputs.map((input) =>
      element(
        "label",
        { class: "choreo-profile-mark" },
        input,
        element("span", { "aria-hidden": "true" }, input.value),
      ),
    );
    const row = element(
      "div",
      { class: "choreo-profile-scale" },
      element("span", { "aria-hidden": "true" }, low),
      element("div", { class: "choreo-profile-marks" }, ...marks),
      element("span", { "aria-hidden": "true" }, high),
    );
    return {
      ...one,
      inputs,
      element: element("fieldset", { class: "choreo-profile-statement" }, element("legend", { html: one.text }), row),
      mark: () => Number(inputs.find((input) => input.checked)?.value ?? 0),
    };
  }

  makeMark(one, level) {
    const { points, low, high } = this.scale;
    const end = level === 1 ? `, ${low}` : level === points ? `, ${high}` : "";
    const moved = () => {
      this.tally();
      this.changed();
    };
    const about = { type: "radio", name: `${this.id}-${one.id}`, value: level };
    return element("input", { ...about, "aria-label": `${level}${end}`, onchange: moved });
  }

  tally() {
    const left = this.statements.filter((one) => !one.mark()).length;
    this.count.textContent =
      left === 0 ? t("All marked.") : t("{left} of {all} still to mark.", { left, all: this.statements.length });
  }

  read() {
    const open = this.statements.filter((one) => !one.mark());
    if (open.length === 0) return { answer: this.draft() };
    open[0].inputs[0].focus();
    if (open.length === 1) return { missing: t("One is still to mark.") };
    return { missing: t("{left} are still to mark.", { left: open.length }) };
  }

  draft() {
    const marked = this.statements.filter((one) => one.mark());
    return { marks: Object.fromEntries(marked.map((one) => [one.id, one.mark()])) };
  }

  write(answer) {
    for (const one of this.statements) {
      for (const input of one.inputs) input.checked = answer.marks[one.id] === Number(input.value);
    }
    this.tally();
  }

  show(state) {
    const found = state.unfolded?.dimensions ? state.unfolded : null;
    this.after.hidden = !found;
    const mark = JSON.stringify(found);
    if (!found || mark === this.drawn) return;
    this.drawn = mark;
    const title = element("h4", {}, found.again ? t("Then and now") : t("Your picture today"));
    this.after.replaceChildren(title, ...(found.again ? [this.key()] : []), radar(found), table(found));
  }

  key() {
    return element(
      "p",
      { class: "choreo-profile-key", "aria-hidden": "true" },
      element("span", { class: "choreo-profile-key-first" }, t("the first time")),
      element("span", { class: "choreo-profile-key-now" }, t("now")),
    );
  }
}

export default { render: (context) => card(context, (about) => new Profile(about)) };
