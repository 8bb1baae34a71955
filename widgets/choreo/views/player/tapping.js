import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { Beat } from "./beat.js";

const ENOUGH = 8; // taps after which somebody has tapped along
const REST = 8; // s without a tap after which a run ends
const STALL = 0.5; // s between two frames of the screen from which on the beat has to be found anew
const SPOKEN = 120; // ms between two changes of what is shown in words
const TOLD = 5000; // ms between two sentences that are read aloud
const CALM = 2000; // ms between two pictures, for who asked for less motion, and
const FAST = 1 / 3; // s from tap to tap below which a whole crowd would flicker: no more than three flashes a second

/**
 * A button on which somebody taps a beat, and a crowd that goes on while they do: by mouse, finger, space and Enter.
 *
 * A run begins with the first tap, and ends after the scene's time, when the hand has rested for a while, or when the
 * page is hidden. Then it is a run like any other, to be played again.
 *
 * @param {any} play the open stage; its stage has `live(scene)`: {scene, over, moment(s), meet(rate), go(s, voice), whole()}
 */
export function tapping(play) {
  return new Tapping(play);
}

class Tapping {
  constructor(play) {
    this.play = play;
    this.run = null; // while somebody taps
    this.crowd = null; // the scene it began with
    this.button = element("button", { type: "button", class: "choreo-player-tap" }, t("Tap"));
    this.words = element("p", { class: "choreo-player-tapwords" }, t("As steady as you walk. Space or Enter will do."));
    this.read = element("p", { class: "choreo-player-read", role: "status" });
    this.el = element("div", { class: "choreo-player-tapping" }, this.button, this.words, this.read);
    this.tick = this.tick.bind(this);
    this.hidden = () => document.hidden && this.end();
    this.listen();
  }

  listen() {
    let pressed = false; // a click that comes after it is the same tap
    const { button } = this;
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      pressed = true;
      this.tap(event.timeStamp);
    });
    button.addEventListener("keydown", (event) => {
      if ((event.key !== " " && event.key !== "Enter") || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault(); // no click comes after it
      if (!event.repeat) this.tap(event.timeStamp);
    });
    button.addEventListener("keyup", (event) => event.key === " " && event.preventDefault());
    button.addEventListener("click", (event) => {
      if (!pressed) this.tap(event.timeStamp); // by a screen reader, or by voice
      pressed = false;
    });
    document.addEventListener("visibilitychange", this.hidden);
  }

  tap(stamp) {
    if (!this.run && !this.begin(stamp)) return;
    this.beat.tap(Math.max(0, (stamp - this.zero) / 1000));
    this.last = stamp;
    this.flash();
    this.play.sound?.play([{ pitch: 1, loud: 0.7, wait: 0 }]);
    const heard = this.beat.line;
    if (heard && this.beat.count <= ENOUGH) this.run.meet(1 / heard.period);
    if (this.beat.count === ENOUGH) this.play.send({ type: "deed", deed: "tapped" });
  }

  begin(stamp) {
    const { play } = this;
    const from = play.scene?.live ? play.scene : null;
    if (!from?.settled || !play.ground.room) return false;
    this.crowd = from.crowd ?? from;
    this.run = play.ground.stage.live(this.crowd);
    this.beat = new Beat();
    this.zero = this.now = this.last = stamp;
    this.shown = this.told = this.drawn = 0;
    play.begin(this.run.scene);
    this.loop = requestAnimationFrame(this.tick);
    return true;
  }

  tick(stamp) {
    if (!this.run) return;
    const gap = Math.max(0, stamp - this.now) / 1000;
    this.now = Math.max(this.now, stamp);
    if (gap > STALL) {
      this.zero += gap * 1000; // the crowd waits as well
      this.beat = new Beat();
    }
    const seconds = (this.now - this.zero) / 1000;
    const claps = this.run.go(seconds, (time) => this.beat.at(time));
    this.play.sound?.play(claps.map((clap) => ({ ...clap, wait: Math.max(0, clap.time - seconds) })));
    this.show(this.run.moment(seconds), stamp);
    if (this.run.over || (this.now - this.last) / 1000 > REST) this.end();
    else this.loop = requestAnimationFrame(this.tick);
  }

  show(at, stamp) {
    const { play } = this;
    const calm = play.ground.still.matches || this.flickers;
    play.head.at = at;
    if (!calm || stamp - this.drawn > CALM) {
      this.drawn = stamp;
      play.ground.draw(at, true);
    }
    if (stamp - this.shown < SPOKEN) return;
    this.shown = stamp;
    play.speak(at);
    const words = this.inWords(at);
    if (this.words.textContent !== words) this.words.textContent = words;
    if (stamp - this.told < TOLD) return;
    this.told = stamp;
    this.read.textContent = words;
  }

  get flickers() {
    return this.beat.line?.period < FAST;
  }

  inWords(at) {
    const { figure, label } = this.play.ground.stage.says(at);
    const now = t("{figure} {label}.", { figure, label });
    if (this.beat.line && this.beat.rests((this.now - this.zero) / 1000)) return t("You have stopped. {now}", { now });
    if (!this.beat.line) return t("Go on: a few more taps, and they hear a beat.");
    if (this.flickers) return t("So fast that the picture rests. {now}", { now });
    return t("{rate} a minute. {now}", { rate: Math.round(60 / this.beat.line.period), now });
  }

  /** The run has come to its end, and can be played again. */
  end() {
    const { run, play } = this;
    if (!run) return;
    this.drop();
    if (!this.beat.line && !run.over && run.at < 2) return play.take(); // not even a beginning
    const whole = { ...run.whole(), crowd: this.crowd };
    this.words.textContent = t("{news} Tap to begin again.", { news: whole.news });
    play.take(whole);
  }

  /** It is of no use any more: something else is on the stage. */
  drop() {
    cancelAnimationFrame(this.loop);
    this.run = null;
    this.play.el.removeAttribute("data-tapping");
  }

  flash() {
    this.button.toggleAttribute("data-beat", true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.button.removeAttribute("data-beat"), 110);
  }

  close() {
    this.drop();
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.hidden);
  }
}
