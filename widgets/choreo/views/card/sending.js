import { Outbox, Reminder } from "../shared/outbox.js";
import { t } from "../shared/words.js";

const PATIENCE = 10_000; // ms until the learner hears that no answer has come

/**
 * @typedef {object} Unsent an answer that was given and is not known to be kept
 * @property {{type: "answer", answer: object, variant: number, key: string}} message
 * @property {string} draft what was on the page, as JSON
 * @property {string} at when
 */

/** One message at a time to the kernel, and what is done where no answer comes. */
export class Sending {
  /**
   * @param {{model: object, name: string, later: Function, draft: () => string, say: Function, changed: Function}} card
   *   `draft` tells what is on the page, `say` shows a sentence, `changed` is called when something is or was on its way
   */
  constructor(card) {
    this.card = card;
    this.sent = null; // {turn, what, message, quiet, draft} while a message is on its way
    this.retry = null; // sends an answer once more that nobody has heard
    this.outbox = new Outbox(card.name);
    this.reminder = new Reminder(card.later, () => this.save(true));
  }

  get busy() {
    return this.sent !== null;
  }

  send(message, what, quiet = false, draft = this.card.draft()) {
    const { model, later, changed } = this.card;
    this.forget();
    const mine = { turn: model.get("state").turn, what, message, quiet, draft };
    this.sent = mine;
    if (what === "answer") this.remember({ message, draft, at: new Date().toISOString() });
    later(() => this.sent === mine && this.giveUp(mine), PATIENCE);
    try {
      model.send(message);
    } catch {
      // No connection: the patience above ends, and it is sent again.
    }
    changed();
  }

  giveUp({ what, message, quiet }) {
    const { say, later, changed } = this.card;
    this.sent = null;
    if (what === "answer") {
      say(t("The course has not answered yet. Your answer stays on this page and is sent again by itself."), "apart");
      this.retry = { timer: later(() => this.again(), PATIENCE), message };
    } else if (!quiet) {
      say(t("The course has not answered yet. What you did stays on this page; try again in a moment."), "apart");
    }
    this.persist(this.card.model.get("state"));
    changed();
  }

  forget() {
    clearTimeout(this.retry?.timer);
    this.retry = null;
  }

  again() {
    if (this.retry && !this.sent) this.send(this.retry.message, "answer");
  }

  /** The message that this state answers, which then is no longer on its way; null if it answers none. */
  heard(state) {
    const heard = this.sent !== null && state.turn !== this.sent.turn ? this.sent : null;
    if (!heard) return null;
    this.sent = null;
    if (["answer", "save"].includes(heard.what) && (state.error || state.saved === "yes")) this.remember(null);
    return heard;
  }

  /** While an answer is not saved, ask for it by itself, in growing pauses. */
  persist({ saved }) {
    this.reminder.look(saved === "no");
  }

  /** Have the answer saved that is not saved yet; `quiet`: focus and words stay as they are. */
  save(quiet = false) {
    const state = this.card.model.get("state");
    if (state.saved !== "no") return;
    if (this.busy) this.persist(state);
    else this.send({ type: "save" }, "save", quiet);
  }

  /** @param {Unsent | null} what kept until the course has kept it, also beyond this page */
  remember(what) {
    this.outbox.what = what;
  }

  /** @returns {Unsent | null} */
  get unsent() {
    return this.outbox.what;
  }

  /** What was answered and has not reached the course, to be seen until it has. */
  waiting({ locked, at, variant }) {
    const unsent = this.unsent;
    if (!unsent || locked || at || (unsent.message.variant ?? 0) !== variant) return null;
    return { at: unsent.at, value: unsent.message.answer };
  }

  /**
   * Send an answer that was on its way when the lesson's engine stopped or the page went; focus stays where it is. One
   * that another window gave a moment ago is left to it.
   */
  sendUnheard({ locked, answer, saved }) {
    const unsent = this.unsent;
    if (!unsent || this.sent || saved === "no") return;
    if (!this.outbox.mine && Date.now() - Date.parse(unsent.at) < PATIENCE) {
      this.card.later(() => this.sendUnheard(this.card.model.get("state")), PATIENCE);
      return;
    }
    const { message, draft } = unsent;
    if (locked || isSame(message.answer, answer)) return this.remember(null);
    const key = `${message.key.replace(/\/again$/, "")}/again`; // this page counts its own from the beginning
    this.send({ ...message, key }, "answer", true, draft);
  }
}

/** Whether what was kept is what was given; a kind may have added to it. */
function isSame(given, kept) {
  return Object.keys(given).every((part) => JSON.stringify(given[part]) === JSON.stringify(kept?.[part]));
}
