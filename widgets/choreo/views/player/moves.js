import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/**
 * Moves that are made one after another: a button for each that may come next, and a mark for each that was made.
 *
 * The setting is a list of what was chosen so far; when all turns are taken, one can begin again.
 */
export function moves(spec, desk, moved) {
  const made = () => desk.value()[spec.name] ?? [];
  const put = (list) => {
    desk.move({ [spec.name]: list }, true);
    moved();
  };
  const turn = element("span", { class: "choreo-control-value", role: "status" });
  const marks = element("ol", { class: "choreo-control-moves", "aria-hidden": "true" });
  const button = (label, act, attributes = {}) =>
    element("button", { type: "button", class: "choreo-player-button", onclick: act, ...attributes }, label);
  const buttons = spec.options.map(({ label, value, hint }, k) =>
    button(label, () => put([...made(), value]), { "data-main": k === 0 ? "" : null, title: hint || null }),
  );
  const again = button(t("Begin again"), () => put([]));
  const list = element("div", { class: "choreo-control-options" }, ...buttons);
  const box = element(
    "fieldset",
    { class: "choreo-control choreo-control-choice" },
    element("legend", { class: "choreo-control-label" }, spec.label, " ", turn),
    marks,
    list,
    again,
  );
  const show = (locked) => {
    const now = made();
    const over = now.length >= spec.turns;
    const lost = list.hidden !== over && box.contains(document.activeElement); // the button under the hand goes
    turn.textContent = turnOf(spec, now);
    marks.replaceChildren(...marksOf(spec, now).map((move) => element("li", { "data-move": move })));
    for (const one of buttons) one.disabled = Boolean(locked[spec.name]);
    list.hidden = over;
    again.hidden = !over;
    if (lost) (over ? again : buttons[0]).focus();
  };
  return { box, show, inner: null };
}

/** Whose turn it is, in words: "month 3 of 10". */
export function turnOf({ unit, turns }, made) {
  return made.length >= turns
    ? t("all {turns} played", { turns })
    : t("{unit} {turn} of {turns}", { unit, turn: made.length + 1, turns });
}

/** For each turn which option was taken, by its place; null for one that is still to come. */
export function marksOf({ options, turns }, made) {
  return Array.from({ length: turns }, (_, k) =>
    k < made.length ? String(options.findIndex(({ value }) => value === made[k])) : null,
  );
}
