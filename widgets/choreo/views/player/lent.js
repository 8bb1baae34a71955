import { element } from "../shared/element.js";
import { asked, letGo } from "../shared/run_link.js";
import { t } from "../shared/words.js";

/** @typedef {{words: string, fault: string} | null | undefined} Lent what the kernel says of a run that came with a link */

/** The run that this page was asked for, if it is one of this stage. */
export const wanted = (item) => {
  const run = asked()?.run;
  return run?.play === item ? run : null;
};

/** Asks the kernel for the run that came with the page's address, and says whose it is, or why it cannot be shown. */
export function lent({ item, send }) {
  const words = element("p");
  const back = element("button", {
    type: "button",
    class: "choreo-player-button",
    onclick: () => send({ type: "own" }),
  });
  back.textContent = t("Back to my own");
  const said = element("div", { role: "status" }, words);
  const el = element("div", { class: "choreo-player-lent", hidden: true }, said, back);
  let moment = null; // where it is to stand, until it does
  let on = false;
  return {
    el,
    /** What the learner had here has come back: now the kernel may be asked. */
    offer() {
      const run = wanted(item);
      if (!run) return;
      moment = run.at;
      send({ type: "link", settings: run.settings, seed: run.seed });
    },
    /** The moment at which a run that has just come stands; null where it is to be played as usual. @param {Lent} state */
    at(state, frames) {
      if (!state?.words || moment === null) return null;
      const at = Math.min(moment, frames - 1);
      moment = null;
      return at;
    },
    /** @param {Lent} state */
    show(state) {
      if (on && !state) letGo();
      on = Boolean(state);
      el.hidden = !state;
      el.toggleAttribute("data-fault", Boolean(state?.fault));
      back.hidden = !state?.words;
      const text = !state
        ? ""
        : state.fault
          ? t("The link to a run could not be read. {why} The stage is as usual.", { why: state.fault })
          : t("This run came with a link: {words}. Move something, and it is yours.", { words: state.words });
      if (words.textContent !== text) words.textContent = text;
    },
  };
}
