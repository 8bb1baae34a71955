// A fieldset that asks: a legend, something to answer with, and a line that says what became of the answer.

import { element, uid } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";

const SENT = t("Your answer is in. You can still change it.");
const SLOW = t("Kept on this phone. It goes out as soon as the connection is back.");
const PATIENCE = 2500; // ms

/**
 * @typedef {object} Asked
 * @property {string} label
 * @property {(value: any) => Promise<any>} send
 * @property {any} [value] what was answered before
 * @property {string} [sent] what is said of an answer that has arrived
 */

export class Question {
  /** @param {(words: string) => void} announce @param {string} kind @param {Asked} asked */
  constructor(announce, kind, { label, send, value, sent = SENT }) {
    this.id = uid();
    this.announce = announce;
    this.send = send;
    this.sent = sent;
    this.answered = value !== undefined && value !== null;
    this.turn = 0; // counts what was sent and what was changed since
    const before = this.answered && sent;
    this.note = element(
      "p",
      { class: "choreo-note", id: `${this.id}-note`, "data-state": this.answered && "sent" },
      before || null,
    );
    const look = { class: `choreo-control choreo-${kind}`, "aria-describedby": this.note.id };
    this.set = element("fieldset", look, element("legend", { dir: "auto" }, label));
  }

  say(state, words) {
    this.note.dataset.state = state;
    this.note.textContent = words;
    this.announce(words);
  }

  /** Send an answer, and say how it went; whether it arrived. */
  async deliver(value) {
    this.turn += 1;
    const mine = this.turn;
    const tell = (state, words) => mine === this.turn && this.say(state, words);
    this.note.dataset.state = "sending";
    this.note.textContent = t("Sending …");
    const slow = setTimeout(() => tell("slow", SLOW), PATIENCE);
    try {
      await this.send(value);
      tell("sent", this.sent);
      return true;
    } catch (/** @type {any} */ reason) {
      tell("refused", reason?.message || String(reason));
      return false;
    } finally {
      clearTimeout(slow);
    }
  }

  /** The answer is being changed: what was said of the one before holds no more. */
  fresh() {
    this.turn += 1;
    this.note.dataset.state = "unsent";
    this.note.textContent = t("Not sent yet.");
  }

  /** With a form around what is answered with; `read()` gives the value, or throws what is wrong with it. */
  form(parts, read) {
    const go = element(
      "button",
      { class: "choreo-button" },
      this.answered ? t("Change my answer") : t("Send my answer"),
    );
    const form = element("form", { class: "choreo-answering", novalidate: true }, ...parts, go);
    form.addEventListener("input", () => this.fresh());
    form.onsubmit = async (event) => {
      event.preventDefault();
      let value;
      try {
        value = read();
      } catch (/** @type {any} */ fault) {
        this.say("refused", fault.message);
        /** @type {HTMLElement} */ (form.querySelector("input, textarea"))?.focus();
        return;
      }
      if (await this.deliver(value)) go.textContent = t("Change my answer");
    };
    this.set.append(form, this.note);
    return this.set;
  }
}
