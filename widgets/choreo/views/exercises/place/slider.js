import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** A slider for one direction; it has no value before it was touched. */
export class Slider {
  constructor(scale, id, moved) {
    this.scale = scale;
    this.value = null;
    this.words = element("span", { class: "choreo-place-value" });
    const slide = () => {
      this.put(Number(this.input.value));
      moved();
    };
    this.input = element("input", { type: "range", id, min: 0, max: 100, step: 1, oninput: slide });
    const ends = [element("span", {}, scale.low), element("span", {}, scale.high)];
    const aside = element("span", { "aria-hidden": "true" }, this.words);
    this.element = element(
      "div",
      { class: "choreo-place-slider" },
      element("label", { for: id }, element("span", {}, scale.label), aside),
      this.input,
      element("p", { "aria-hidden": "true" }, ...ends),
    );
    this.put(null);
  }

  put(next) {
    const value = typeof next === "number" ? Math.min(100, Math.max(0, next)) : null;
    this.value = value;
    this.input.value = String(value ?? 50);
    this.input.toggleAttribute("data-unset", value === null);
    this.input.setAttribute("aria-valuetext", spoken(this.scale, value));
    this.words.textContent = value === null ? t("not set yet") : t("{value} of 100", { value: Math.round(value) });
  }
}

/** How far along a scale, in words. */
function spoken({ low, high }, number) {
  if (number === null) return t("not set yet");
  const value = Math.round(number);
  if (number === 50) return t("{value} of 100, in the middle", { value });
  return t("{value} of 100, nearer to {end}", { value, end: number > 50 ? high : low });
}
