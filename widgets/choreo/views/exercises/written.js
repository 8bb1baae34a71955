import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/** Boxes to write in, things to check one's own text for, and a worked example once it is kept. */
class Written {
  constructor({ face, id, changed }) {
    this.id = id;
    this.changed = changed;
    this.fields = face.fields.map((field) => this.makeField(field));
    this.checks = face.criteria.map((one) => this.makeCheck(one));
    this.element = element("div", { class: "choreo-written" }, ...this.fields.map((field) => field.element));
    if (this.checks.length)
      this.element.append(
        element(
          "fieldset",
          { class: "choreo-written-checks" },
          element("legend", {}, t("Read it once more. Tick what is true of it.")),
          ...this.checks.map((one) => one.element),
        ),
      );
    this.after = element("div", { class: "choreo-written-example", hidden: true });
    this.plain = true;
    this.eyebrow = t("In your own words");
    this.action = t("Keep");
    this.again = t("Keep the change");
  }

  makeField(field) {
    const help = field.help
      ? element("p", { class: "choreo-written-help", id: `${this.id}-${field.id}-help`, html: field.help })
      : null;
    const box = element("textarea", {
      id: `${this.id}-${field.id}`,
      rows: field.rows,
      maxlength: 5000,
      required: !field.optional,
      "aria-describedby": help?.id,
      oninput: this.changed,
    });
    const aside = field.optional ? element("span", {}, ` ${t("(if you like)")}`) : null;
    const label = element("label", { for: box.id }, field.label, aside);
    return { ...field, box, element: element("div", { class: "choreo-written-field" }, label, help, box) };
  }

  makeCheck(one) {
    const input = element("input", { type: "checkbox", value: one.id, onchange: this.changed });
    return {
      ...one,
      input,
      element: element("label", { class: "choreo-pick" }, input, element("span", { html: one.text })),
    };
  }

  read() {
    const empty = this.fields.find((field) => !field.optional && !field.box.value.trim());
    if (!empty) return { answer: this.draft() };
    empty.box.focus();
    return {
      missing: t("“{field}” is still empty. A few words are enough to begin with.", { field: empty.label }),
    };
  }

  draft() {
    const ticked = this.checks.filter((one) => one.input.checked);
    return {
      fields: Object.fromEntries(this.fields.map((field) => [field.id, field.box.value])),
      met: ticked.map((one) => one.id),
    };
  }

  write(answer) {
    for (const field of this.fields) field.box.value = answer.fields[field.id] ?? "";
    for (const one of this.checks) one.input.checked = answer.met.includes(one.id);
  }

  show(state) {
    const shown = state.reveal?.example;
    this.after.hidden = !shown;
    if (!shown || this.after.children.length) return;
    const filled = this.fields.filter((field) => shown[field.id]);
    this.after.append(
      element("h4", {}, t("For comparison: a worked example")),
      ...(state.reveal.about ? [element("div", { class: "choreo-written-about", html: state.reveal.about })] : []),
      element(
        "dl",
        {},
        ...filled.flatMap((field) => [element("dt", {}, field.label), element("dd", { html: shown[field.id] })]),
      ),
    );
  }
}

export default { render: (context) => card(context, (about) => new Written(about)) };
