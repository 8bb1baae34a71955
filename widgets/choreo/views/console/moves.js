// What moves a session on or back: each move asks first, in the place of the large button, where something would be lost.

import { t } from "../shared/words.js";
import { missing, next } from "./course.js";

/** @typedef {import("./desk.js").Desk} Desk */
/**
 * @typedef {object} Question what is asked in the place of the large button
 * @property {string} question
 * @property {string} detail
 * @property {string} yes
 * @property {string} no
 */

/** @param {Desk} desk @param {number} item */
export async function begin(desk, item) {
  const { title } = desk.desk.plan.items[item];
  if (await mayLeave(desk)) desk.act({ do: "begin", item, turn: desk.desk.turn }, t("{title} has begun.", { title }));
}

/** @param {Desk} desk @param {{ name: string, title: string }} to */
export async function step(desk, to) {
  if (await mayLeave(desk))
    desk.act({ do: "step", to: to.name, turn: desk.desk.turn }, t("Now: {title}.", { title: to.title }));
}

/** @param {Desk} desk */
export async function finish(desk) {
  if (await mayLeave(desk))
    desk.act({ do: "finish", turn: desk.desk.turn }, t("The room sees the result. Time to talk."));
}

/** What the large button does. @param {Desk} desk */
export function moveOn(desk) {
  const to = next(desk.course());
  if (to?.does === "guide") return desk.act({ do: "guide", screen: to.screen });
  if (to?.does === "begin") return begin(desk, to.item);
  if (to?.does === "step") return step(desk, to.to);
  if (to?.does === "finish") return finish(desk);
  if (to?.does === "look") return desk.lookAt(to.screen);
  return to && desk.end();
}

/** Take the last move back, if nothing of it was shown. @param {Desk} desk */
export async function takeBack(desk) {
  const { undo } = desk.desk;
  if (!undo) return;
  const { move, label } = undo;
  if (await desk.asking.ask(() => backQuestion(desk.desk.undo, move)))
    await desk.act({ do: "undo", move }, t("“{label}” is taken back.", { label }));
}

/** What to ask before a move is taken back; null where nothing was said since, or it is another one. @returns {Question | null} */
function backQuestion(undo, move) {
  if (undo?.move !== move || !undo.said) return null;
  const gone = undo.said === 1 ? t("The one answer") : t("The {said} answers", { said: undo.said });
  return {
    question: t("Take back “{label}”?", { label: undo.label }),
    detail: t("{gone} that came since will be gone. Phones go back to what was there before.", { gone }),
    yes: t("Take it back"),
    no: t("Leave it"),
  };
}

/** Whether the coach wants to move on, where that cuts a game short, or ends a question that too few have answered. */
function mayLeave(desk) {
  return desk.asking.ask(() => toAsk(desk.course()));
}

/** What to ask before moving on; null where nothing is lost. @param {any} course @returns {Question | null} */
export function toAsk({ round, sealed, fewest, steps = [], step = "" }) {
  if (round)
    return {
      question: t("End the game in round {number} of {of}?", { number: round.number, of: round.of }),
      detail: t("{moved} of {all} have moved in it. What comes after it is not played.", {
        moved: round.moved,
        all: round.moved + round.due,
      }),
      yes: t("End it here"),
      no: t("Play on"),
    };
  if (sealed === 0 && fewest)
    return {
      question: t("Close the question before anybody has answered?"),
      detail: t("No answer has come yet. Phones say that it is closed; “{title}” opens it again.", {
        title: steps.find(({ name }) => name === step)?.title,
      }),
      yes: t("Close it all the same"),
      no: t("Keep it open"),
    };
  if (missing({ sealed, fewest }))
    return {
      question: t("Close the question with {sealed} of {fewest} answers?", { sealed, fewest }),
      detail: t(
        "Under {fewest} answers none is shown, so that nobody can be guessed at. What was said is destroyed unseen.",
        { fewest },
      ),
      yes: t("Close it all the same"),
      no: t("Keep it open"),
    };
  return null;
}
