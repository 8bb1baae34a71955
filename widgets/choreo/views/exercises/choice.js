import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { remark, whatWasLeft } from "../shared/remark.js";
import { t } from "../shared/words.js";

/** One option, or all that apply. What was chosen is explained beside it; the others wait, folded, below. */
class Choice {
  constructor({ face, id, changed, mix }) {
    this.several = face.several;
    this.id = id;
    this.options = mix(face.options).map((option) => this.makeOption(option, changed));
    this.others = element("div", { class: "choreo-others", hidden: true });
    this.element = element(
      "div",
      {},
      element(
        "fieldset",
        { class: "choreo-choice" },
        element("legend", {}, this.several ? t("Choose all that apply.") : t("Choose one.")),
        ...this.options.map((option) => option.row),
      ),
      this.others,
    );
    this.eyebrow = this.several ? t("Choose all that apply") : t("Choose one");
    this.action = t("Check");
    this.again = t("Check again");
  }

  makeOption(option, changed) {
    const type = this.several ? "checkbox" : "radio";
    const input = element("input", { type, name: this.id, value: option.id, onchange: changed });
    const note = element("div", { class: "choreo-choice-note", id: `${this.id}-${option.id}` });
    const label = element("label", { class: "choreo-pick" }, input, element("span", { html: option.text }));
    return { ...option, input, note, row: element("div", { class: "choreo-choice-option" }, label, note) };
  }

  get chosen() {
    return this.options.filter((option) => option.input.checked).map((option) => option.id);
  }

  read() {
    return this.chosen.length ? { answer: this.draft() } : { missing: t("Choose an option first.") };
  }

  draft() {
    return { chosen: this.chosen };
  }

  write(answer) {
    for (const option of this.options) option.input.checked = answer.chosen.includes(option.id);
  }

  show(state, notes) {
    const taken = (state.solution ?? state.answer)?.chosen ?? [];
    const rest = [];
    for (const option of this.options) {
      const note = notes.find((one) => one.part === option.id);
      option.note.replaceChildren();
      option.input.removeAttribute("aria-describedby");
      if (!note) continue;
      if (!taken.includes(option.id)) rest.push({ option, note });
      else {
        option.note.append(remark(note.right ? t("Yes") : t("Not this one"), note.right, note.text));
        option.input.setAttribute("aria-describedby", option.note.id);
      }
    }
    this.fold(rest, state.score === 1 || state.solution !== null);
  }

  /** What was left, and why: quiet, and closed, as it may tell what is right. */
  fold(rest, well) {
    this.others.hidden = rest.length === 0;
    this.others.replaceChildren(
      element(
        "details",
        {},
        element("summary", {}, whatWasLeft(rest.length, !well)),
        ...rest.map(({ option, note }) =>
          element(
            "div",
            { class: "choreo-other" },
            element("p", { class: "choreo-other-text", html: option.text }),
            remark(note.right ? t("This belongs to the answer") : null, null, note.text),
          ),
        ),
      ),
    );
  }
}

export default { render: (context) => card(context, (about) => new Choice(about)) };
