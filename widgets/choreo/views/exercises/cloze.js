import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { passage } from "../shared/passage.js";
import { remark } from "../shared/remark.js";
import { sign } from "../shared/sign.js";
import { isolated, t } from "../shared/words.js";

/** A text with gaps, to choose in or to type in. */
class Cloze {
  constructor({ face, id, changed, mix }) {
    this.id = id;
    this.changed = changed;
    this.mix = mix;
    this.numbered = face.gaps.length > 1;
    this.gaps = new Map(face.gaps.map((gap, at) => [gap.id, this.makeGap(gap, at)]));
    this.notes = element("ol", { class: "choreo-cloze-notes", hidden: true });
    this.element = element(
      "div",
      { class: "choreo-cloze", role: "group", "aria-label": t("Text with gaps") },
      passage(face.prose, (name) => this.gaps.get(name)?.element ?? `{{${name}}}`),
      this.notes,
    );
    this.eyebrow = t("Fill the gaps");
    this.action = t("Check");
    this.again = t("Check again");
  }

  makeGap(gap, at) {
    const mark = element("span", { class: "choreo-cloze-sign", "aria-hidden": "true" });
    const field = this.makeField(gap, () => {
      delete made.element.dataset.verdict;
      mark.replaceChildren();
      this.changed();
    });
    const number = this.numbered
      ? element("span", { class: "choreo-cloze-number", "aria-hidden": "true" }, String(at + 1))
      : null;
    const made = {
      ...gap,
      at,
      field,
      mark,
      element: element("span", { class: "choreo-cloze-gap" }, number, field, mark),
    };
    return made;
  }

  makeField(gap, moved) {
    const shared = { class: "choreo-cloze-field", "aria-label": gap.label };
    if (gap.options)
      return element(
        "select",
        { ...shared, onchange: moved },
        element("option", { value: "" }, t("choose…")),
        ...this.mix(gap.options, gap.id).map((text) => element("option", { value: text }, text)),
      );
    const plain = { autocomplete: "off", autocapitalize: "none", spellcheck: "false" };
    return element("input", { ...shared, ...plain, type: "text", maxlength: 200, oninput: moved });
  }

  read() {
    const empty = [...this.gaps.values()].filter((gap) => !gap.field.value.trim());
    if (empty.length === 0) return { answer: this.draft() };
    empty[0].field.focus();
    if (empty.length === 1) return { missing: t("One gap is still empty.") };
    return { missing: t("{empty} gaps are still empty.", { empty: empty.length }) };
  }

  draft() {
    return { filled: Object.fromEntries([...this.gaps].map(([name, gap]) => [name, gap.field.value])) };
  }

  write(answer) {
    for (const [name, gap] of this.gaps) gap.field.value = answer.filled[name] ?? "";
  }

  show(state, found) {
    const sent = (state.solution ?? state.answer)?.filled ?? {};
    this.notes.replaceChildren();
    this.notes.hidden = found.length === 0;
    for (const [name, gap] of this.gaps) {
      const note = found.find((one) => one.part === name);
      delete gap.element.dataset.verdict;
      gap.mark.replaceChildren();
      gap.field.removeAttribute("aria-describedby");
      if (note) this.explain(gap, note, (sent[name] ?? "").trim());
    }
  }

  explain(gap, note, filled) {
    if (filled === gap.field.value.trim()) {
      gap.element.dataset.verdict = note.right ? "right" : "apart";
      gap.mark.append(sign(note.right ? "right" : "apart"));
    }
    const said = { filled: isolated(filled) };
    const words = note.right ? t("“{filled}” fits", said) : t("“{filled}” does not fit yet", said);
    const text = remark(words, note.right, note.text);
    text.id = `${this.id}-${gap.id}-note`;
    gap.field.setAttribute("aria-describedby", text.id);
    this.notes.append(element("li", { value: gap.at + 1 }, text));
  }
}

export default { render: (context) => card(context, (about) => new Cloze(about)) };
