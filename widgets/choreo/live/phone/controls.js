// The controls that activities ask with, each a fieldset (question.js). `send(value)` returns a promise; `value` is
// what was answered before. A fieldset that is .disabled takes no answer.

import { element } from "../../views/shared/element.js";
import { bounds, numberField, readWithin } from "../../views/shared/number.js";
import { t } from "../../views/shared/words.js";
import { Question } from "./question.js";
import { room, visible } from "./typed.js";

const FEW = 6; // buttons up to which each has a line's room on a phone

/** @typedef {(words: string) => void} Announce */
/** @typedef {import("./question.js").Asked} Asked */

export default function controls(announce) {
  return {
    choice: (asked) => choice(announce, asked),
    scale: (asked) => scale(announce, asked),
    number: (asked) => number(announce, asked),
    words: (asked) => words(announce, asked),
    buttons: (asked) => buttons(announce, asked),
    several: (asked) => several(announce, asked),
  };
}

/**
 * One of several; the value is the option's place, from 0.
 *
 * @param {Announce} announce @param {Asked & { options: string[] }} asked
 */
function choice(announce, { options, ...asked }) {
  const question = new Question(announce, "choice", asked);
  const { boxes, read } = radios(question, options, asked.value);
  return question.form(boxes, read);
}

function radios({ id }, options, value) {
  const inputs = options.map((_, index) => element("input", { type: "radio", name: id, checked: index === value }));
  const boxes = options.map((words, index) =>
    element("label", { class: "choreo-option" }, inputs[index], element("span", { dir: "auto" }, words)),
  );
  const read = () => {
    const index = inputs.findIndex((input) => input.checked);
    if (index < 0) throw new Error(t("Please choose one first."));
    return index;
  };
  return { boxes, read };
}

/**
 * A point between two ends; the value is the point's place, from 0.
 *
 * @param {Announce} announce @param {Asked & { points: number, low?: string, high?: string }} asked
 */
function scale(announce, { points, low = "", high = "", ...asked }) {
  const question = new Question(announce, "scale", asked);
  const names = Array.from({ length: points }, (_, index) => String(index + 1));
  const { boxes, read } = radios(question, names, asked.value);
  const hidden = (end) => element("span", { class: "choreo-hidden" }, ` ${end}`);
  if (low) boxes[0].append(hidden(low));
  if (high) boxes[points - 1].append(hidden(high));
  const row = element("div", { class: "choreo-points" }, ...boxes);
  row.style.setProperty("--points", String(points > 7 ? Math.ceil(points / 2) : points));
  const ends = element(
    "p",
    { class: "choreo-ends", "aria-hidden": "true" },
    element("span", { dir: "auto" }, low && `1 = ${low}`),
    element("span", { dir: "auto" }, high && `${points} = ${high}`),
  );
  return question.form([row, ends], read);
}

/**
 * A number, with a comma or a point.
 *
 * @param {Announce} announce @param {Asked & { least?: number, most?: number, unit?: string }} asked
 */
function number(announce, { least, most, unit = "", ...asked }) {
  const question = new Question(announce, "number", asked);
  const label = unit ? t("Your number, in {unit}", { unit }) : t("Your number");
  const field = numberField(least, { class: "choreo-field", "aria-label": label, value: asked.value });
  const range = bounds(least, most, unit);
  const hint = hinted(question, field, range);
  const row = element("div", { class: "choreo-row" }, field, element("span", {}, unit));
  return question.form(range ? [row, hint] : [row], () => {
    const { value, fault } = readWithin(field.value, { least, most, unit });
    if (fault !== undefined) throw new Error(fault);
    return value;
  });
}

/**
 * A few words, or with `long` a few lines, of at most `most` characters.
 *
 * @param {Announce} announce @param {Asked & { most: number, long?: boolean }} asked
 */
function words(announce, { most, long = false, ...asked }) {
  const question = new Question(announce, "words", asked);
  const field = written(long ? "textarea" : "input", asked.value, t("Your words"));
  if (long) field.rows = 4;
  const hint = hinted(question, field, "");
  const count = () => {
    const left = room(field.value, most);
    hint.textContent =
      left < 0
        ? t("{count} characters too many.", { count: -left })
        : t("Up to {most} characters; {left} left.", { most, left });
    hint.classList.toggle("choreo-over", left < 0);
    return left;
  };
  count();
  field.addEventListener("input", count);
  return question.form([field, hint], () => {
    const text = field.value.trim();
    if (!visible(text)) throw new Error(t("Please write something first."));
    if (count() < 0) throw new Error(hint.textContent);
    return text;
  });
}

/** @returns {any} a field to write in */
function written(tag, value, label) {
  const field = element(tag, { class: "choreo-field", autocomplete: "off", "aria-label": label });
  field.value = value ?? "";
  return field;
}

function hinted({ id }, field, words) {
  const hint = element("p", { class: "choreo-hint", id: `${id}-hint` }, words);
  field.setAttribute("aria-describedby", hint.id);
  return hint;
}

/**
 * One tap is the answer: [{label, value, role?, said?}], role one of you, others, goal, apart; `said` is what is read out
 * where a label is short.
 *
 * @param {Announce} announce @param {Asked & { options: { label: string, value: any, role?: string, said?: string }[] }} asked
 */
function buttons(announce, { options, ...asked }) {
  const question = new Question(announce, "buttons", asked);
  const all = options.map((option) => {
    const pressed = asked.value !== undefined && asked.value === option.value;
    const look = {
      type: "button",
      class: `choreo-tap choreo-role-${option.role ?? "you"}`,
      dir: "auto",
      "aria-pressed": `${pressed}`,
      "aria-label": option.said,
    };
    return element("button", { ...look, onclick: () => tapped(option) }, option.label);
  });
  const isPressed = (one) => one.getAttribute("aria-pressed") === "true";
  const press = (which) => {
    for (const one of all) one.setAttribute("aria-pressed", String(one === which));
  };
  const tapped = async (option) => {
    const [one, before] = [all[options.indexOf(option)], all.find(isPressed)];
    press(one);
    if (!(await question.deliver(option.value)) && isPressed(one)) press(before);
  };
  const many = options.length > FEW ? " choreo-taps-many" : "";
  question.set.append(element("div", { class: `choreo-taps${many}` }, ...all), question.note);
  return question.set;
}

/**
 * Any number of them, none too; the value is the list of theirs, in the order of the options.
 *
 * @param {Announce} announce @param {Asked & { options: { label: string, value: any }[] }} asked
 */
function several(announce, { options, ...asked }) {
  const question = new Question(announce, "several", asked);
  const inputs = options.map(({ value }) =>
    element("input", { type: "checkbox", checked: Boolean(asked.value?.includes(value)) }),
  );
  const boxes = options.map(({ label }, index) =>
    element("label", { class: "choreo-option" }, inputs[index], element("span", { dir: "auto" }, label)),
  );
  const hint = element("p", { class: "choreo-hint" }, "None of them? Then send it as it is.");
  return question.form([...boxes, hint], () => options.filter((_, at) => inputs[at].checked).map(({ value }) => value));
}
