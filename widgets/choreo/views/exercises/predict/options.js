import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** Choose what will happen. */
export class Options {
  constructor({ face, id, changed, mix }) {
    this.inputs = [];
    const labels = mix(face.options).map((option) => {
      const input = element("input", { type: "radio", name: id, value: option.id, onchange: changed });
      this.inputs.push(input);
      return element("label", { class: "choreo-pick" }, input, element("span", { html: option.text }));
    });
    this.element = element(
      "fieldset",
      { class: "choreo-predict-choice" },
      element("legend", { class: "choreo-unseen" }, t("Choose one.")),
      ...labels,
    );
  }

  draft() {
    return { chosen: this.inputs.find((input) => input.checked)?.value ?? null };
  }

  read() {
    return this.draft().chosen ? { answer: this.draft() } : { missing: t("Choose an option first.") };
  }

  write(answer) {
    for (const input of this.inputs) input.checked = input.value === answer.chosen;
  }

  freeze(locked) {
    for (const input of this.inputs) input.disabled = locked;
  }
}
