import { element } from "../../shared/element.js";
import { numberField, readNumber } from "../../shared/number.js";
import { t } from "../../shared/words.js";
import { Slider } from "./slider.js";

/** Give a number: type it, or move a slider. */
export class Figure {
  constructor({ face, id, changed }) {
    this.face = face;
    this.changed = changed;
    const typed = () => {
      this.sync();
      changed();
    };
    const about = { id: `${id}-number`, "aria-describedby": `${id}-bounds`, oninput: typed };
    this.box = numberField(face.low, about);
    const ends = { min: face.low, max: face.high, step: face.step };
    this.slider = new Slider({ ...ends, "aria-label": face.label }, () => this.slide());
    this.element = element(
      "div",
      { class: "choreo-predict-number" },
      element("label", { for: this.box.id }, face.label),
      element("div", { class: "choreo-predict-box" }, this.box, face.unit ? element("span", {}, face.unit) : null),
      element(
        "div",
        { class: "choreo-predict-scale" },
        this.slider.input,
        element(
          "p",
          { id: `${id}-bounds` },
          element("span", {}, String(face.low)),
          element("span", { class: "choreo-unseen" }, ` ${t("to")} `),
          element("span", {}, String(face.high)),
        ),
      ),
    );
    this.sync();
  }

  slide() {
    this.box.value = String(this.slider.value);
    this.sync();
    this.changed();
  }

  get number() {
    return readNumber(this.box.value).value ?? null;
  }

  get fits() {
    const { number, face } = this;
    return number !== null && number >= face.low && number <= face.high;
  }

  sync() {
    this.slider.put(this.fits ? this.number : null, `${this.number} ${this.face.unit}`);
  }

  read() {
    if (this.fits) return { answer: { number: this.number } };
    this.box.focus();
    const { fault } = readNumber(this.box.value);
    return { missing: fault ?? t("Give a number from {low} to {high} first.", this.face) };
  }

  /** As it was typed. */
  draft() {
    return { number: this.box.value };
  }

  write(answer) {
    this.box.value = answer.number ?? "";
    this.sync();
  }

  freeze(locked) {
    this.box.readOnly = locked;
    this.slider.input.disabled = locked;
  }
}
