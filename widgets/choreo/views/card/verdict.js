import { day } from "../shared/day.js";
import { element } from "../shared/element.js";
import { sign } from "../shared/sign.js";
import { t } from "../shared/words.js";

/** How a verdict looks: right, apart (of another mind than we are), or plain where nothing is right or wrong. */
export function tone(state, body) {
  if (state.score === null || state.solution) return "plain";
  return body.tone?.(state) ?? (state.score === 1 ? "right" : "apart");
}

/** What is said below a question: an earlier version, the verdict, whether it is saved. */
export function verdict(state, body, { notice, saveAgain }) {
  return [
    notice ? element("p", { class: "choreo-card-notice" }, notice) : null,
    state.stale
      ? element("p", {}, t("You answered an earlier version of this exercise. It counts; answer again if you like."))
      : null,
    state.declined
      ? element("p", {}, t("You went on without predicting. If you like, say now what you expect all the same."))
      : null,
    told(state, body),
    state.saved === "no" ? unsaved(state, saveAgain) : null,
  ].filter((part) => part !== null);
}

function told(state, body) {
  if (state.solution) return element("p", {}, t("The answer is shown above, with the reasons."));
  if (!state.feedback) return null;
  return element(
    "div",
    { class: "choreo-card-verdict" },
    state.score === null ? null : sign(tone(state, body) === "right" ? "right" : "apart"),
    element("div", { html: state.feedback }),
  );
}

function unsaved(state, saveAgain) {
  const again = element("button", { type: "button", class: "choreo-button", onclick: saveAgain }, t("Save again"));
  return element(
    "div",
    { class: "choreo-card-unsaved" },
    element("p", {}, element("strong", {}, t("This is not saved yet.")), " ", state.unsaved),
    again,
  );
}

/** What stands in the card's corner: {words, saved, sign, title}. */
export function keptMark({ saved, at, locked, declined }, body, open) {
  if (!open) return { saved: "wait", words: t("Loading what you did here…") };
  if (saved === "no") return { saved, words: t("Not saved yet") };
  if (saved !== "yes" || declined) return { saved: "", words: "" };
  return {
    saved,
    words: body.kept ?? t("Kept"),
    sign: locked ? "lock" : "right",
    title: at ? t("on {day}", { day: day(at, true) }) : "",
  };
}

/** What is said of an answer that came from another window. */
export function fromElsewhere({ locked }, dirty) {
  if (locked) return t("You locked this in in another window; that one stays.");
  if (dirty)
    return t("You have kept another answer in another window. It stays the newest unless you keep what stands here.");
  return t("This is what you kept in another window.");
}
