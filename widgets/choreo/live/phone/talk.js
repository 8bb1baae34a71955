// A talk on the phone: the question of the guide's screen, the sign of one's group, the time that is left.

import { element } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";
import { Countdown } from "../room/countdown.js";

/** @typedef {{ screen: number, of: number, head: string, question: string, ready: boolean }} Guide */
/** @typedef {{ size: number, people: number, colour?: string, name?: string }} Group */
/** @typedef {{ guide: Guide | null, group: Group | null, countdown: any }} Talk */
/**
 * @typedef {object} Page what the phone's page lends
 * @property {(...parts: HTMLElement[]) => void} show has these on the page, in place of all else
 * @property {(words: string) => void} announce
 * @property {(data: object) => Promise<any>} say
 */

const text = (tag, words, cls = "") => element(tag, { class: cls || undefined, dir: "auto" }, words);
const time = element("p", { class: "choreo-talk-time", role: "timer" });
const countdown = new Countdown(time, element("p"));
let shown = "";

/** @param {Talk} talk @param {Page} page @param {boolean} anew whether something else was on the page */
export default function talk({ guide, group, countdown: running }, page, anew) {
  countdown.show(running);
  const now = JSON.stringify([guide, group, running?.seconds]);
  if (now === shown && !anew) return;
  const before = shown && !anew ? JSON.parse(shown) : [null, null];
  shown = now;
  page.show(
    text("h1", guide ? guide.head : called(group, running)),
    ...(guide ? [text("p", guide.question, "choreo-lead")] : []),
    ...(group ? [sign(group)] : []),
    time,
    ...(guide ? [goOn(guide, page)] : []),
  );
  if (group?.name && before[1]?.name && group.name !== before[1].name)
    page.announce(t("Your group is now {name}.", { name: group.name }));
}

/** @param {Group} group @param {{ seconds: number } | null} running */
function called({ size }, running) {
  const minutes = Math.round((running?.seconds ?? 0) / 60);
  if (minutes < 1) return size === 2 ? t("In pairs") : t("In threes");
  if (minutes === 1) return size === 2 ? t("In pairs, one minute") : t("In threes, one minute");
  return size === 2 ? t("In pairs, {minutes} minutes", { minutes }) : t("In threes, {minutes} minutes", { minutes });
}

/** The sign by which people find each other: a colour and a number, both as words, too. @param {Group} group */
function sign({ colour, name, people }) {
  if (!name)
    return text("p", t("You are the first. Who comes next is with you: this page shows your sign."), "choreo-hint");
  const find =
    people === 2
      ? t("Find the one other phone that shows this.")
      : t("Find the {others} other phones that show this.", { others: people - 1 });
  return element(
    "div",
    { class: "choreo-group" },
    element("p", { class: `choreo-sign choreo-role-${colour}` }, name),
    text("p", find, "choreo-hint"),
  );
}

/** @param {Guide} guide @param {Page} page */
function goOn({ screen, of, ready }, page) {
  if (ready) return text("p", t("You can go on. The room goes on when most can."), "choreo-hint");
  const trouble = text("p", "", "choreo-hint");
  trouble.setAttribute("role", "alert");
  const words = screen + 1 < of ? t("We can go on") : t("We have it: who, what, by when");
  const button = element("button", { type: "button", class: "choreo-button" }, words);
  button.onclick = () => {
    button.disabled = true;
    page.say({ ready: screen }).catch((error) => {
      button.disabled = false;
      trouble.textContent = error.message;
    });
  };
  return element("div", {}, button, trouble);
}
