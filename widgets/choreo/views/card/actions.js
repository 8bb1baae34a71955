import { t } from "../shared/words.js";

/** Whether this question is answered for good: the next try is another one, or there is none. */
export function spent({ feedback, variants }, body) {
  return feedback !== "" && (variants > 0 || Boolean(body.once));
}

/**
 * The buttons below a question: the words of each, or null where there is no such button.
 * @param {object} state the card's, see `_fresh` in card.py
 * @param {object} body what the kind says of itself, see card.js
 * @param {{dirty: boolean, sending: string | undefined}} now changed since the verdict; what is on its way
 */
export function actions(state, body, { dirty, sending }) {
  const answered = state.feedback !== "";
  const well = state.score === 1 || state.solution !== null;
  const over = state.locked || spent(state, body) || (answered && !dirty && (well || Boolean(body.plain)));
  const main = answered ? body.again : body.action;
  const noHint = state.hints_left === 0 || state.score === 1 || state.locked || (answered && Boolean(body.once));
  return {
    main: over ? null : sending === "answer" ? t("One moment…") : main,
    more: more(state, body, answered, well),
    moreFirst: !well,
    hint: noHint ? null : state.hints.length ? t("Another hint") : t("A hint"),
    solve: !state.can_show || well || body.once ? null : t("Show me"),
    decline: !body.decline || state.locked || state.declined ? null : body.decline,
    tries: !body.plain && state.tries > 1 ? t("{count} tries", { count: state.tries }) : "",
  };
}

function more({ variants, solution }, body, answered, well) {
  if (variants === 0 || !(answered || solution !== null)) return null;
  return well || body.once ? t("Another one") : t("Try another one");
}
