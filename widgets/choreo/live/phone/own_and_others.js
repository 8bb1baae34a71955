// The phone's part of a question about oneself and about the others: what I say, then how many of ten others, or which; both
// go out as one sealed ballot. The first answer stays on the phone until there is a second. Used by activities that ask so.

import { t } from "../../views/shared/words.js";

const TENTHS = Array.from({ length: 11 }, (_, number) => ({
  label: String(number),
  said: t("{number} of ten", { number }),
  value: 10 * number,
}));

/**
 * @typedef {object} Words what is asked, from a view of the activity
 * @property {(view: any) => string} lead what both questions are about
 * @property {string} own the first question
 * @property {(view: any) => { label: string, value: any }[]} options what one can say to it
 * @property {string} others the second question
 * @property {(view: any) => string} [kept] what is kept when the question has closed, where that is not all that was said
 * @property {string} first the key of the first answer in the ballot
 * @property {string} second and of the second one
 * @property {(view: any, own: any) => { label: string, value: any }[]} [which] the others to choose from, any number of
 *   them; without it, one of eleven tenths. They hang on the first answer: with another one they are asked about anew
 */

/** @param {HTMLElement} place @param {any} room see phone.js @param {Words} words */
export function ownAndOthers(place, room, words) {
  let shown = "";
  let own = null;
  let others = null;

  const say = (mine, theirs) => room.say({ [words.first]: mine, [words.second]: theirs });

  // The control that had the focus is gone, so the focus moves to what is new.
  function replace(moved, first, ...rest) {
    place.replaceChildren(first, ...rest);
    if (!moved) return;
    first.tabIndex = -1;
    first.focus();
  }

  function think(view, moved) {
    const ask = room.controls.buttons({
      label: words.own,
      options: words.options(view),
      value: own ?? undefined,
      sent: others === null ? t("Now the second question.") : undefined,
      send: async (value) => {
        if (words.which) others = value === own ? others : null;
        else if (others !== null) await say(value, others);
        own = value;
        guess(view, true);
      },
    });
    const shown = t("Nobody is shown who says what: not the others, not the coach.");
    const open = t("Until the question closes, whoever runs the server could read what is said, but not by whom.");
    const kept = words.kept?.(view) ?? "";
    const sealed = room.text("p", `${shown} ${open} ${kept}`.trim(), "choreo-quiet");
    replace(moved, room.text("p", words.lead(view), "choreo-lead"), ask, sealed);
  }

  function guess(view, moved) {
    const change = room.text("button", t("Change what you said first"), "choreo-button choreo-quiet-button");
    change.type = "button";
    change.onclick = () => think(view, true);
    const send = async (value) => {
      await say(own, value);
      others = value;
    };
    const asked = { label: words.others, value: others ?? undefined, send };
    const ask = words.which
      ? room.controls.several({ ...asked, options: words.which(view, own) })
      : room.controls.buttons({ ...asked, options: TENTHS });
    const said = words.options(view).find(({ value }) => value === own)?.label;
    const mine = room.text("p", t("You: {said}.", { said }));
    replace(moved, room.text("p", words.lead(view), "choreo-lead"), mine, ask, change);
  }

  return {
    show(view) {
      if (view.step === shown) return;
      shown = view.step;
      if (view.step !== "ask") {
        place.replaceChildren(room.closed(view.too_few));
        return;
      }
      own = view.ballot?.[words.first] ?? null;
      others = view.ballot?.[words.second] ?? null;
      if (own === null) think(view, false);
      else guess(view, false);
    },
  };
}
