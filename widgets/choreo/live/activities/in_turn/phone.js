// The phone's part of in turn or at once: a hint, what those before said, and two buttons. show(view) is called at every
// new view of the activity; room is described in ../../phone/phone.js.

import { t } from "../../../views/shared/words.js";
import { Rounds } from "../../phone/rounds.js";

const BAGS = ["A", "B"];
const ROLES = ["you", "others"];

/** What those before one in the row said, in words. @param {(number | null)[]} before */
export function heard(before) {
  if (!before.length) return t("You are the first in your row. Nobody has spoken.");
  const told = before.map((said) => (said === null ? t("nothing") : BAGS[said])).join(", ");
  return t("Those before you said: {told}.", { told });
}

/** Where one stands, in words, while one cannot speak. @param {any} view */
export function waiting({ place, said, missed, before }) {
  if (said !== null) return t("You said {bag}. The others are still speaking.", { bag: BAGS[said] });
  if (missed) return t("Your turn passed. The next bag comes soon.");
  const left = place - 1 - before.length;
  return left === 1 ? t("One more before you.") : t("{left} more before you.", { left });
}

class InTurn extends Rounds {
  asked = ""; // for which question and turn the buttons stand

  doing() {
    return this.view.place ? t("your turn") : t("answer");
  }

  build() {
    const { text } = this.room;
    const [hint, told, state] = ["p", "p", "p"].map((tag) => text(tag, "", "choreo-lead"));
    const ask = text("div", "");
    this.parts = { ...this.watch(), hint, told, ask, state };
    return [this.parts.head, this.parts.clock, hint, told, ask, state];
  }

  show(now) {
    this.view = now;
    if (now.step === "explain")
      this.still("explain", t("Your phone will have a hint: bag A or bag B."), t("Look at the screen in front."));
    else if (now.step === "show" || now.over)
      this.still("over", t("That was it. Do not tell yet what you said. Look at the screen in front."));
    else if (now.hint === null) this.still("late", t("You are in from the next bag on."));
    else this.play(now);
  }

  play(now) {
    this.round(() => this.build());
    const { hint, told, state, clock, head } = this.parts;
    const bag = BAGS[now.hint];
    hint.textContent = t("Your hint: bag {bag}. {right} of a hundred hints are right.", { bag, right: now.right });
    told.textContent = now.place ? heard(now.before) : t("You answer at once, alone.");
    state.textContent = now.turn ? "" : waiting(now);
    clock.hidden = !now.turn;
    if (!now.turn) head.textContent = t("Round {round} of {rounds}", now);
    this.begins(hint.textContent);
    this.ask(now);
    this.count();
  }

  ask(now) {
    const key = now.turn ? `${now.round} ${now.place}` : "";
    if (key === this.asked) return;
    this.asked = key;
    const { ask, hint, told, state } = this.parts;
    const held = ask.contains(document.activeElement);
    if (key) {
      const label = now.place ? t("Your turn: which bag?") : t("Which bag?");
      const options = BAGS.map((name, value) => ({ label: t("Bag {name}", { name }), value, role: ROLES[value] }));
      const send = (say) => this.room.say({ question: now.round, say });
      ask.replaceChildren(this.room.controls.buttons({ label, options, send, sent: t("Said.") }));
      this.room.announce(`${hint.textContent} ${told.textContent} ${label}`);
    } else ask.replaceChildren();
    if (held) {
      state.tabIndex = -1;
      state.focus({ preventScroll: true });
    }
  }
}

export default (place, room) => new InTurn(place, room);
