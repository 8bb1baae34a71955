// What was done and is not known to be kept. Cards have answers here, players goals and settings worth keeping.

import { stored, storedInTab } from "./stored.js";

const PAUSES = [10_000, 20_000, 40_000, 60_000]; // ms before each new attempt; the last for ever
const unkept = new Map(); // by name, for what is drawn anew on this page

/** One thing that waits, beyond this page where the browser keeps things. */
export class Outbox {
  /** @param {string} name of whose it is: "09-choreography/all-green", "explorable/plaza-together" */
  constructor(name) {
    this.name = name;
    this.key = `choreo-unsent:${name}`;
  }

  /** @returns {any} null where nothing waits */
  get what() {
    return unkept.get(this.name) ?? stored.read(this.key);
  }

  set what(thing) {
    if (thing) unkept.set(this.name, thing);
    else unkept.delete(this.name);
    stored.write(this.key, thing);
    storedInTab.write(this.key, thing ? true : null);
  }

  /** Whether what waits was done in this window, now or before a reload; another one may just be sending its own. */
  get mine() {
    return unkept.has(this.name) || storedInTab.read(this.key) === true;
  }
}

/** Asks by itself to have something saved, in growing pauses, for as long as it is not. */
export class Reminder {
  /** @param {Function} later takes what to do, and in how many ms @param {() => void} ask */
  constructor(later, ask) {
    this.later = later;
    this.ask = ask;
    this.attempts = 0;
    this.waiting = false;
  }

  /** @param {boolean} unsaved whether something is to be saved now */
  look(unsaved) {
    if (!unsaved) this.attempts = 0;
    if (!unsaved || this.waiting) return;
    const pause = PAUSES[Math.min(this.attempts, PAUSES.length - 1)];
    this.attempts += 1;
    this.waiting = true;
    this.later(() => {
      this.waiting = false;
      this.ask();
    }, pause);
  }
}
