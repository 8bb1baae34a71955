// Bridges between departments, drawn by picking one person and then another; or one tie between any two that is tried.

import { t } from "../shared/words.js";
import { withBridge } from "./travel.js";

/**
 * @typedef {object} Tries one tie at a time is tried, where there are no departments
 * @property {string} control the control that holds it: a list of one pair, or of none
 * @property {string} ask what to do
 * @property {string} there what is said of two who are tied already ("{one} ...{other}")
 */

/**
 * A stage’s `edit`, on which two of different departments are tied; `now()` has the scene, `nameOf` what somebody is called.
 */
export function bridgesOn({ now, nameOf, act, settings }) {
  let held = null; // who was taken in hand, and waits for somebody to be joined with
  const tried = (scene, person) => {
    const { control, there } = scene.tries;
    const places = { one: nameOf(held), other: nameOf(person) };
    const [one, other] = [held, person];
    held = null;
    if (tied(scene.drawn.data, one, other)) return there.replace("{one}", places.one).replace("{other}", places.other);
    const before = (settings()[control] ?? []).some((pair) => pair.includes(one) && pair.includes(other));
    act({ [control]: before ? [] : [[Math.min(one, other), Math.max(one, other)]] });
    return before ? t("Without that tie again.") : t("Tried: a tie from {one} to {other}.", places);
  };
  return {
    ask: (scene) => scene.tries?.ask ?? "",
    picked: () => held,
    pick(person) {
      const { scene } = now();
      if (!scene.editable) return "";
      if (held === null || held === person) {
        held = held === person ? null : person;
        if (held === null) return t("Let go.");
        const places = { name: nameOf(person) };
        if (scene.tries) return t("{name} is in your hand. Now pick somebody else.", places);
        return t("{name} is in your hand. Now pick somebody in another group.", places);
      }
      if (scene.tries) return tried(scene, person);
      const places = { one: nameOf(held), other: nameOf(person) };
      if (scene.group.data[held] === scene.group.data[person]) {
        held = person;
        return t("Within a group they all know each other. {other} is in your hand now.", places);
      }
      const { pairs, added } = withBridge(settings().bridges, held, person); // the scene may lag behind a quick hand
      held = null;
      act({ bridges: pairs });
      return added
        ? t("A bridge from {one} to {other}.", places)
        : t("No bridge from {one} to {other} any more.", places);
    },
  };
}

function tied(pairs, one, other) {
  for (let k = 0; k < pairs.length; k += 2)
    if ((pairs[k] === one && pairs[k + 1] === other) || (pairs[k] === other && pairs[k + 1] === one)) return true;
  return false;
}
