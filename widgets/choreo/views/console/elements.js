// What the coach's console is made of.

import { element, uid } from "../shared/element.js";
import { numberField, readWithin } from "../shared/number.js";
import { t } from "../shared/words.js";

/** A button; `key` is how it is found again when its panel is built anew. */
export function button(label, does, className = "", key = undefined) {
  const look = `choreo-console-button ${className}`.trim();
  return element("button", { type: "button", class: look, onclick: does, "data-key": key }, label);
}

export function linkOut(label, href, className = "") {
  const aside = element("span", { class: "choreo-console-hidden" }, ` ${t("(opens a new window)")}`);
  return element("a", { class: className, href, target: "_blank", rel: "noopener" }, label, aside);
}

/** HTML that Python made of Markdown; see views/markdown.py. */
export function prose(html) {
  return element("div", { class: "choreo-console-prose", dir: "auto", html });
}

export function quiet(words) {
  return element("p", { class: "choreo-console-quiet" }, words);
}

export function row(...inside) {
  return element("div", { class: "choreo-console-row" }, ...inside);
}

/** A part that folds away; open or not, it stays so when its panel is built anew. */
export function fold(summary, key, ...inside) {
  const head = element("summary", {}, summary);
  return element("details", { class: "choreo-console-fold", "data-key": key }, head, ...inside);
}

/** A place for what goes wrong, said at once. */
export function alertLine(className) {
  return element("p", { class: className, role: "alert", hidden: true });
}

/** A field with its label above it, and what helps below it. */
export function labelled(label, control, help = "") {
  control.id ||= uid();
  const name = element("label", { class: "choreo-console-label", for: control.id }, label);
  if (!help) return element("div", { class: "choreo-console-field" }, name, control);
  const note = element("p", { class: "choreo-console-help", id: `${control.id}-help` }, help);
  control.setAttribute("aria-describedby", note.id);
  return element("div", { class: "choreo-console-field" }, name, control, note);
}

/** @param {Record<string, any>} attributes */
export function textInput({ value, ...attributes } = {}) {
  const made = element("input", { class: "choreo-console-input", type: "text", ...attributes });
  if (value !== undefined && value !== null) made.value = value; // typing goes on at its end
  return made;
}

/**
 * A field for a number. `heard` gets each one that can be read and is within bounds; of others the field says why not.
 *
 * @param {number | null} value @param {import("../shared/number.js").Bounds} wanted @param {(value: number | null) => void} heard
 */
export function numberInput(value, wanted, heard) {
  const made = numberField(wanted.least, { class: "choreo-console-input" });
  if (value !== null) made.value = String(value); // typing goes on at its end
  const read = () => {
    const { value: number, fault } = readWithin(made.value, wanted);
    made.setCustomValidity(fault ?? "");
    made.setAttribute("aria-invalid", String(fault !== undefined));
    if (number !== undefined) heard(number);
  };
  made.addEventListener("input", read);
  made.addEventListener("change", () => made.reportValidity());
  return made;
}
