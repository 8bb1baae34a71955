import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** A range input that has no value before it was touched. */
export class Slider {
  constructor(attributes, moved) {
    this.least = Number(attributes.min);
    this.most = Number(attributes.max);
    this.set = false;
    this.input = element("input", { type: "range", ...attributes, "aria-valuetext": t("not set yet") });
    this.input.value = String((this.least + this.most) / 2);
    this.input.addEventListener("input", () => {
      this.set = true;
      moved();
    });
  }

  get value() {
    return this.set ? Number(this.input.value) : null;
  }

  /** @param {number | null} value @param {string} words how a screen reader says it */
  put(value, words) {
    this.set = value !== null && value !== undefined;
    this.input.value = String(this.set ? value : (this.least + this.most) / 2);
    this.input.toggleAttribute("data-unset", !this.set);
    const share = this.set ? (value - this.least) / (this.most - this.least) : 0;
    this.input.style.setProperty("--choreo-share", String(share));
    this.input.setAttribute("aria-valuetext", this.set ? words : t("not set yet"));
  }
}
