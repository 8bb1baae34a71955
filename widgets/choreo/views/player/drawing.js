import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

const MOST = 50; // steps that can be taken back

/**
 * What people draw on the stage: pick one, pick the other, or pick people one at a time. The stage does it
 * (`edit.pick(id, at)` says what happened, `edit.ask(scene)` what there is to do); here are the words, and the way back.
 * `settings()` are the present ones, `put(settings)` changes some of them.
 */
export function drawing({ settings, put }) {
  const before = []; // what was drawn before, to be taken back
  const say = element("p", { class: "choreo-player-drawn", role: "status" });
  const undo = element("button", { type: "button", class: "choreo-player-button", disabled: true }, t("Undo"));
  undo.addEventListener("click", () => {
    put(before.pop());
    say.textContent = t("Taken back.");
    undo.disabled = before.length === 0;
  });
  return {
    /** Show what there is to do, until something was done; or nothing, where the scene cannot be drawn on. */
    offer(drawable, words) {
      this.el.hidden = !drawable;
      if (drawable)
        say.textContent ||= words || t("Pick two people to tie them. The same two again takes their tie away.");
    },
    el: element("div", { class: "choreo-player-drawing" }, say, undo),
    /** Change settings as the stage wants it, and remember what they were. */
    act(wanted) {
      const now = settings();
      before.push(Object.fromEntries(Object.keys(wanted).map((name) => [name, now[name]])));
      if (before.length > MOST) before.shift();
      undo.disabled = false;
      put(wanted);
    },
    say(sentence) {
      if (sentence) say.textContent = sentence;
    },
  };
}
