import { watchSeconds } from "./moments.js";

const JUMP = 100; // ms: the most that one frame of the screen may move a run on

/**
 * @typedef {object} Hears
 * @property {(gap: number) => void} draw shows the moment; `gap`: ms since the last one while it plays, else 0
 * @property {() => void} changed it plays, or does not
 * @property {() => void} ended it was played to its end
 */

/**
 * Where a run stands, and what moves it on. A run plays only where it is seen, on a page that is.
 *
 * @param {Hears} hears
 */
export function playhead(hears) {
  return new Playhead(hears);
}

class Playhead {
  /** @param {Hears} hears */
  constructor(hears) {
    this.hears = hears;
    this.frames = 2;
    this.at = 0;
    this.playing = false;
    this.seen = false;
    this.loop = 0;
    this.last = 0;
    this.go = this.go.bind(this);
    this.tick = this.tick.bind(this);
    document.addEventListener("visibilitychange", this.go);
  }

  get end() {
    return this.frames - 1;
  }

  get moves() {
    return this.playing && this.seen && !document.hidden;
  }

  tick(now) {
    this.loop = 0;
    if (!this.moves) return;
    const gap = Math.max(0, now - this.last); // the time of a frame may lie before the moment that asked for it
    this.last = now;
    this.at += (Math.min(JUMP, gap) / 1000) * (this.end / watchSeconds(this.frames));
    if (this.at >= this.end) {
      this.at = this.end;
      this.pause();
      this.hears.ended();
      return;
    }
    this.hears.draw(gap);
    this.loop = requestAnimationFrame(this.tick);
  }

  go() {
    if (this.loop || !this.moves) return;
    this.last = performance.now();
    this.loop = requestAnimationFrame(this.tick);
  }

  turn(plays) {
    if (this.playing === plays) return;
    this.playing = plays;
    this.hears.changed();
  }

  play() {
    if (this.at >= this.end) this.at = 0;
    this.turn(true);
    this.go();
  }

  pause() {
    cancelAnimationFrame(this.loop);
    this.loop = 0;
    this.turn(false);
    this.hears.draw(0);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  replay() {
    this.at = 0;
    this.play();
  }

  /** Go to a moment and stay there; a hand that scrubs to the end has seen the end. */
  seek(moment) {
    this.at = Math.min(this.end, Math.max(0, moment));
    this.pause();
    if (this.at === this.end) this.hears.ended();
  }

  /** Another run, at the moment `start`; it plays if `plays`. Nothing is drawn yet. */
  load(count, start, plays) {
    this.frames = count;
    this.at = start;
    this.turn(plays);
  }

  see(now) {
    this.seen = now;
    this.go();
  }

  close() {
    this.playing = false;
    cancelAnimationFrame(this.loop);
    document.removeEventListener("visibilitychange", this.go);
  }
}
