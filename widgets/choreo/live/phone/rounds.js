// What the phone's part of a game in rounds needs, whatever is played: a clock as a line and a bar, screens that stand
// still before and after, and news of each round that begins. Used by the activities whose reducer is `InRounds`.

const LOOK = 250; // ms between two looks at the clock

/** How many whole seconds are left of a round, never less than none. @param {number} ends @param {number} now ms */
export function left(ends, now) {
  return Math.max(0, Math.ceil((ends - now) / 1000));
}

/** Where the game is, in words; `doing` is what one does meanwhile, or nothing. */
export function where({ round, rounds }, seconds, doing = "") {
  return `Round ${round} of ${rounds}: ${doing ? `${doing}, ` : ""}${seconds} s`;
}

export class Rounds {
  constructor(place, room) {
    this.place = place;
    this.room = room;
    /** @type {any} what the hub showed last */
    this.view = {};
    this.built = ""; // what stands on the page
    /** @type {any} the elements that change, by name */
    this.parts = {};
    this.begun = 0; // the newest round that was shown
    this.timer = setInterval(() => this.count(), LOOK);
    Promise.resolve(room.align()).catch(() => {});
  }

  /** A line that says how much of a round is left, and a bar that shows it: parts `head` and `clock`. */
  watch() {
    const clock = this.room.text("progress", "");
    clock.setAttribute("aria-hidden", "true");
    clock.style.width = "100%";
    return { head: this.room.text("p", ""), clock };
  }

  /** What one does while the clock runs, in a word or two. */
  doing() {
    return "";
  }

  count() {
    const { head, clock } = this.parts;
    if (this.built !== "round" || !this.view.ends) return;
    const seconds = left(this.view.ends, this.room.now());
    clock.max = this.view.seconds;
    clock.value = Math.min(seconds, this.view.seconds);
    const words = where(this.view, seconds, this.doing());
    if (head.textContent !== words) head.textContent = words;
  }

  /** Lines that stay as they are: before the first round, and after the last. */
  still(kind, ...lines) {
    if (this.built === kind) return;
    this.built = kind;
    this.place.replaceChildren(...lines.map((line) => this.room.text("p", line)));
    if (kind === "over") this.room.announce(lines.join(" "));
  }

  /** Have the parts of a round on the page; `build` makes them, and returns what is shown, in order. */
  round(build) {
    if (this.built === "round") return;
    this.place.replaceChildren(...build());
    this.built = "round";
  }

  /** Say once for each round that it has begun; whether this was the time. */
  begins(words) {
    const first = this.begun !== this.view.round;
    this.begun = this.view.round;
    if (first) this.room.announce(`Round ${this.view.round}. ${words}`);
    return first;
  }

  end() {
    clearInterval(this.timer);
  }
}
