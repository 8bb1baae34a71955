// What a phone takes home: the lesson that belongs to the session, and a plan that stays on the phone. Nothing of it is sent.

import { at } from "../../views/shared/at.js";
import { element, uid } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";
import { calendar, dayAfter } from "./calendar.js";

const MOST = 200; // characters
const WEEK = 7; // days until one looks at it again, unless one says otherwise

/** @typedef {{ id: string, cue: string, act: string, day: string }} Plan */

/**
 * @typedef {object} Given
 * @property {string} [lesson] its number
 * @property {Plan} [plan] what this phone has kept
 * @property {(plan: Plan) => void} keep
 * @property {(words: string) => void} announce
 */

/** @param {HTMLElement} section @param {Given} given */
export default async function farewell(section, given) {
  section.replaceChildren(planned(given));
  section.hidden = false;
  const lesson = await lessonOf(given.lesson);
  if (lesson) section.prepend(lesson);
}

async function lessonOf(number) {
  if (!number) return null;
  try {
    const { name, title, minutes } = (await (await fetch(at("/live/lessons"))).json())[number];
    const go = element("a", { class: "choreo-button", href: at(`/lessons/${name}`) }, t("Open: {title}", { title }));
    const words = t(
      "The lesson that belongs to today, in about {minutes} minutes. No account; what you said here stays in the session and does not come along.",
      { minutes },
    );
    return element("div", {}, element("h2", {}, t("Go on by yourself")), element("p", {}, words), go);
  } catch {
    return null; // without the lesson the plan is still there
  }
}

/** @param {Given} given */
function planned({ plan, keep, announce }) {
  const id = plan?.id ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
  const now = new Date();
  const cue = field("textarea", t("If …"), plan?.cue, { rows: 2, maxlength: MOST });
  const act = field("textarea", t("then I will …"), plan?.act, { rows: 2, maxlength: MOST });
  const look = { type: "date", min: dayAfter(now, 0), max: dayAfter(now, 3653) };
  const day = field("input", t("I look at it again on"), plan?.day ?? dayAfter(now, WEEK), look);
  const note = element("p", { class: "choreo-note", role: "status" });
  const save = element("button", { class: "choreo-button" }, t("Put it into my calendar"));
  const form = element("form", { class: "choreo-plan" }, cue.el, act.el, day.el, save, note);
  const read = () => ({ id, cue: cue.value(), act: act.value(), day: day.value() });
  form.addEventListener("input", () => keep(read()));
  form.onsubmit = (event) => {
    event.preventDefault();
    const made = read();
    const missing = [cue, act, day].find((one) => !one.value());
    note.textContent = missing
      ? t("Please fill in all three: if, then, and the day.")
      : t("Your calendar has it once you open the file. It stays on this phone for two days, too.");
    note.dataset.state = missing ? "refused" : "sent";
    announce(note.textContent);
    if (missing) return missing.focus();
    keep(made);
    hand(made, now);
  };
  const why = t("One thing that you will do, tied to a moment that will come. It stays on this phone: nobody gets it.");
  return element("div", {}, element("h2", {}, t("My plan")), element("p", {}, why), form);
}

/** @param {"input" | "textarea"} tag @param {Record<string, any>} look */
function field(tag, label, value = "", look = {}) {
  const made = element(tag, { class: "choreo-field", id: uid(), autocomplete: "off", ...look });
  made.value = value;
  const el = element("p", {}, element("label", { for: made.id }, label), made);
  return { el, value: () => made.value.trim().slice(0, MOST), focus: () => made.focus() };
}

/** Give the phone a file for its calendar. @param {Plan} plan @param {Date} now */
function hand({ id, cue, act, day }, now) {
  const title = t("If {cue}, then I will {act}", { cue, act });
  const text = calendar({ uid: id, now, day, title, about: t("What became of it? And what is the next step?") });
  const href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  element("a", { href, download: t("my-plan.ics") }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
