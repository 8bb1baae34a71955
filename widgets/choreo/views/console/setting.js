// One setting of an activity: a control of its kind, which says each value that can be read.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { labelled, numberInput, textInput } from "./elements.js";

/**
 * @typedef {object} Field a setting as live/form.py describes it
 * @property {string} name
 * @property {string} label
 * @property {string} help
 * @property {"text" | "long" | "list" | "json" | "whole" | "number" | "choice" | "yes"} kind
 * @property {any} value
 * @property {{ label: string, value: any }[]} options
 * @property {number | null} low
 * @property {number | null} high
 * @property {number} most characters
 */

const TELLING = 1e6; // a bound beyond it tells nobody anything

/** @param {Field} field @param {any} value @param {(value: any) => void} set hears of each new value */
export function setting(field, value, set) {
  if (field.kind === "yes") return yes(field, value, set);
  if (field.kind === "choice") return choice(field, value, set);
  if (field.kind === "whole" || field.kind === "number") return number(field, value, set);
  const control = written(field, value);
  control.addEventListener("input", () => {
    try {
      set(read(field, control.value));
      control.removeAttribute("aria-invalid");
    } catch {
      control.setAttribute("aria-invalid", "true"); // half-typed JSON; the last good value stays
    }
  });
  return labelled(field.label, control, helped(field));
}

/** The value that somebody typed; throws where it is none. @param {Pick<Field, "kind">} field */
export function read({ kind }, typed) {
  if (kind === "json") return JSON.parse(typed);
  if (kind !== "list") return typed;
  return typed
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What helps to fill it in. @param {Pick<Field, "kind" | "help" | "low" | "high">} field */
export function helped({ kind, help, low, high }) {
  const numbers = ["whole", "number"].includes(kind) && low !== null && high !== null;
  const bounded = numbers && Math.max(Math.abs(low), Math.abs(high)) <= TELLING;
  const more = kind === "list" ? t("One on each line.") : bounded ? t("From {low} to {high}.", { low, high }) : "";
  return [help, more].filter(Boolean).join(" ");
}

function lines(attributes, value) {
  const control = element("textarea", { class: "choreo-console-input", ...attributes });
  control.value = value;
  return control;
}

function number(field, value, set) {
  const { kind, low, high } = field;
  const control = numberInput(value, { least: low, most: high, whole: kind === "whole", none: field.value }, set);
  return labelled(field.label, control, helped(field));
}

function written({ kind, most }, value) {
  if (kind === "list") return lines({ rows: Math.max(3, (value ?? []).length + 1) }, (value ?? []).join("\n"));
  if (kind === "json") return lines({ rows: 4 }, JSON.stringify(value, null, 1));
  if (kind === "long") return lines({ rows: 2, maxlength: most }, value ?? "");
  return textInput({ value: value ?? "", maxlength: most });
}

function yes(field, value, set) {
  const box = element("input", { type: "checkbox", checked: Boolean(value) });
  box.addEventListener("change", () => set(box.checked));
  const label = element("label", { class: "choreo-console-check" }, box, element("span", {}, field.label));
  const help = field.help && element("p", { class: "choreo-console-help" }, field.help);
  return element("div", { class: "choreo-console-field" }, label, help || null);
}

function choice(field, value, set) {
  const options = field.options.map((option) => new Option(option.label, JSON.stringify(option.value)));
  const select = element("select", { class: "choreo-console-input" }, ...options);
  select.value = JSON.stringify(value);
  select.addEventListener("change", () => set(JSON.parse(select.value)));
  return labelled(field.label, select, field.help);
}
