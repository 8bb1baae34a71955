// The phone's part of trust over time: share or hold back, then what arrived. Built once, changed in place.

import { n, t } from "../../../views/shared/words.js";
import { points } from "../../phone/plural.js";
import { Rounds } from "../../phone/rounds.js";

const WORDS = { share: "share", hold: "hold back" };
const PAYS = [
  [3, 3],
  [0, 5],
  [5, 0],
  [1, 1],
]; // mine and theirs, by outcome: 2 * I held back + they held back
const PARTNERS = {
  person: "Your partner is somebody in this room.",
  bot: "Your partner is a virtual participant.",
  rule: "There was nobody left for you, so your partner is virtual. It does what you did last, but lets one held-back round in three pass.",
  left: "Your partner has left; a virtual partner takes over. It does what you did last, but lets one held-back round in three pass.",
};
const CHOICES = [
  ["share", "Share it", "goal"],
  ["hold", "Hold it back", "apart"],
];
const PAST = { whiteSpace: "pre-wrap", fontFamily: "ui-monospace, monospace", fontSize: "1rem" };

/** What came of the newest round, in words. */
export function told({ past, meant, silent }) {
  if (!past) return "Nothing has arrived yet.";
  const outcome = Number(past.at(-1));
  const [mine, theirs] = [outcome & 2 ? "hold" : "share", outcome & 1 ? "hold" : "share"];
  const said = silent ? `You said nothing, so ${WORDS[meant]} was sent` : `You chose to ${WORDS[meant]}`;
  const slip = mine === meant ? "and it arrived so" : `but what arrived was: ${WORDS[mine]}`;
  const got = PAYS[outcome];
  return `${said}, ${slip}. From your partner arrived: ${WORDS[theirs]}. Points: you ${got[0]}, your partner ${got[1]}.`;
}

/** The newest rounds in two rows, as everything arrived. */
export function history(past) {
  if (!past) return "";
  const row = (bit) =>
    [...past]
      .slice(-12)
      .map((one) => (Number(one) & bit ? "−" : "+"))
      .join(" ");
  return `+ shared, − held back, as it arrived\nyou:  ${row(2)}\nthey: ${row(1)}`;
}

function explained(noise) {
  return [
    "You and a partner each know something that the other needs. In every round: share it, or hold it back.",
    "Both share: 3 points each. Both hold back: 1 each. One shares and the other holds back: 0 and 5.",
    noise ? "Sometimes the opposite of what was chosen arrives, and nobody is told." : "What is chosen always arrives.",
    "Say nothing, and your last choice is repeated; before a first choice that is to hold back.",
  ];
}

class TrustOverTime extends Rounds {
  wanted = ""; // what was tapped, until the hub says so, too
  partner = "";

  async choose(choice) {
    const { round } = this.view;
    this.wanted = choice;
    this.paint();
    try {
      await this.room.say({ round, choice });
      if (this.view.round === round)
        this.parts.note.textContent = `Chosen: ${WORDS[choice]}. You may change your mind until the round ends.`;
    } catch (/** @type {any} */ error) {
      if (this.wanted === choice) this.wanted = "";
      this.parts.note.textContent = error.message;
      this.paint();
    }
  }

  build() {
    const { text } = this.room;
    const [who, last, points, note, past] = ["p", "p", "p", "p", "p"].map((tag) => text(tag, ""));
    const { head, clock } = this.watch();
    last.style.minHeight = "4.5em";
    points.style.fontWeight = "700";
    note.style.minHeight = "3em";
    Object.assign(past.style, PAST);
    const group = text("div", "", "choreo-taps");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "What do you do with what you know?");
    const buttons = CHOICES.map(([choice, words, role]) => {
      const one = text("button", words, `choreo-tap choreo-role-${role}`);
      one.type = "button";
      one.dataset.choice = choice;
      one.addEventListener("click", () => this.choose(choice));
      return one;
    });
    group.append(...buttons);
    this.parts = { head, clock, who, last, points, note, buttons, past };
    return [head, clock, who, last, group, note, points, past];
  }

  paint() {
    const chosen = this.wanted || this.view.chose;
    for (const one of this.parts.buttons) one.setAttribute("aria-pressed", String(one.dataset.choice === chosen));
  }

  show(now) {
    if (now.round !== this.view.round || now.chose) this.wanted = "";
    const fresh = now.round !== this.view.round;
    this.view = now;
    if (now.step === "explain") this.still("explain", ...explained(now.noise));
    else if (now.over) {
      const rounds = n("one round", "{count} rounds", now.past.length);
      const sum = t("You have {points} after {rounds}.", { points: points(now.points), rounds });
      this.still("over", told(now), sum, "Look at the screen in front.");
    } else if (!now.partner) this.still("wait", "You get a partner with the next round.");
    else this.play(now, fresh);
  }

  play(now, fresh) {
    this.round(() => this.build());
    const { parts } = this;
    const kind = now.partner === "rule" && now.left ? "left" : now.partner;
    const anew = now.fresh && now.past && kind !== "left" ? "This is a new beginning. " : "";
    parts.who.textContent = anew + PARTNERS[kind];
    parts.last.textContent = told(now);
    parts.points.textContent = points(now.points);
    parts.past.textContent = history(now.past);
    if (fresh) parts.note.textContent = "";
    this.paint();
    this.count();
    const begins = this.begins(now.past ? told(now) : PARTNERS[kind]);
    if (!begins && this.partner !== kind) this.room.announce(PARTNERS[kind]);
    this.partner = kind;
  }
}

export default (place, room) => new TrustOverTime(place, room);
