// What is asked in the place of the large button, before something is lost.

export const TWICE = 600; // ms within which a second press belongs to the first
const ASKED = 900; // ms later, after which a clicker answers what it has brought up

/** @typedef {import("./moves.js").Question} Question */

export class Asking {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Question | null} */
    this.question = null; // what is asked just now
    this.ready = 0; // from when on it takes a press, by this page's clock
    this.asked = /** @type {() => Question | null} */ (() => null);
    this.settle = (/** @type {boolean} */ _yes) => {};
    this.where = "";
  }

  /**
   * Ask as long as there is a question; resolves to true or false: to false, too, once nothing is asked any more.
   *
   * @param {() => Question | null} asked @returns {Promise<boolean>}
   */
  ask(asked) {
    const question = asked();
    if (!question) return Promise.resolve(true);
    this.settle(false);
    Object.assign(this, { question, asked, where: this.place(), ready: performance.now() + TWICE });
    this.desk.showAtOnce();
    this.focus("stay");
    return new Promise((settle) => {
      this.settle = settle;
    });
  }

  /** What was pressed; a second press on what brought the question up does not count. @param {boolean} yes */
  reply(yes) {
    if (performance.now() >= this.ready) this.answer(yes);
  }

  /** A clicker was pressed. @param {"on" | "back"} way */
  pressedOn(way) {
    if (way === "back") this.reply(false);
    else if (performance.now() >= this.ready + ASKED) this.answer(true);
  }

  /** @param {boolean} yes */
  answer(yes) {
    if (!this.question) return;
    this.question = null;
    this.desk.showAtOnce();
    this.focus("next");
    this.settle(yes);
  }

  /** Ask by what is known now, or no more. */
  again() {
    if (!this.question) return;
    const question = this.where === this.place() ? this.asked() : null;
    if (question) this.question = question;
    else this.answer(false);
  }

  /** Where the session is: what was asked in one place is not meant for another. */
  place() {
    return `${this.desk.desk.turn} ${this.desk.desk.finished}`;
  }

  focus(key) {
    /** @type {HTMLElement} */ (this.desk.panels.now.el.querySelector(`[data-key=${key}]`))?.focus();
  }
}
