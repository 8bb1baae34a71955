// The time that the room is given, large in the projector's corner. Told aloud at its start, a minute before its end and at it.

import { t } from "../../views/shared/words.js";

const LAST = 60; // seconds

/** Seconds as a clock shows them: "5:32". */
export function shown(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** What is said aloud when so many seconds are left of so many; the same words as long as there is nothing new. */
export function told(left, seconds) {
  if (left <= 0) return t("Time is up.");
  if (left <= LAST) return t("One minute is left, or less.");
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? t("A timer runs: one minute.") : t("A timer runs: {minutes} minutes.", { minutes });
}

export class Countdown {
  /** @param {HTMLElement} place @param {HTMLElement} aloud */
  constructor(place, aloud) {
    this.place = place;
    this.aloud = aloud;
    this.running = null;
    this.timer = 0;
  }

  /** @param {{ ends: number, seconds: number, now: number } | null} running all in s, by the hub's clock */
  show(running) {
    this.running = running;
    this.ahead = running ? running.now - Date.now() / 1000 : 0;
    this.place.hidden = !running;
    clearInterval(this.timer);
    this.timer = running ? setInterval(() => this.tick(), 250) : 0;
    if (running) this.tick();
    else this.aloud.textContent = "";
  }

  tick() {
    const left = this.running.ends - Date.now() / 1000 - this.ahead;
    const words = left > 0 ? shown(left) : t("Time is up");
    if (this.place.textContent !== words) this.place.textContent = words;
    this.place.toggleAttribute("data-over", left <= 0);
    const aloud = told(left, this.running.seconds);
    if (this.aloud.textContent !== aloud) this.aloud.textContent = aloud;
  }
}
