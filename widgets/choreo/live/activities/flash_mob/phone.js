// The phone's part of the flash mob: a pad to tap on, and the beats of those whom its owner hears.

import { hearing, nextBeat } from "./beats.js";
import { DOT, DOTS, PAD } from "./look.js";

const BATCH = 1000; // ms between two messages with taps
const MOST = 8; // taps in a message
const OLD = 8000; // ms after which a tap that could not be sent is dropped
const ALIGN = 30000; // ms between two looks at the hub's clock
const PLAY = 40; // ms between two looks at what is to be heard
const AHEAD = 120; // ms by which a sound is planned
const CALM = 400; // ms between two flashes: fewer than three a second, whatever is heard
const PITCHES = [880, 660, 990, 740, 1100, 590, 1320, 830, 550]; // one per voice
class FlashMob {
  constructor(place, room) {
    this.place = place;
    this.room = room;
    this.taps = []; // not sent yet
    this.sending = false;
    /** @type {import("./beats.js").Voice[]} */
    this.voices = [];
    this.known = false; // the hub's time
    this.step = "";
    this.audio = null;
    this.touched = false; // browsers let a page sound and shake only after that
    this.flashed = 0;
    this.byHand = 0; // when a finger or a key came, so that the click that follows is not a second tap
    this.planned = []; // per voice, the beat that is already on its way
    this.timers = new Set();
    this.build();
    this.always = [
      setInterval(() => this.send(), BATCH),
      setInterval(() => this.align(), ALIGN),
      setInterval(() => this.play(), PLAY),
    ];
    this.align();
  }

  build() {
    const { text } = this.room;
    this.task = text("p", "", "choreo-lead");
    this.pad = text("button", "Tap here");
    this.dots = text("div", "");
    this.hears = text("p", "");
    this.sound = this.switched("Sound", "sound", false);
    this.shake = this.switched("Vibration", "shake", true);
    this.shake.hidden = !navigator.vibrate;
    this.dots.setAttribute("aria-hidden", "true");
    Object.assign(this.dots.style, DOTS);
    Object.assign(this.pad.style, PAD);
    this.pad.type = "button";
    this.pad.setAttribute("aria-disabled", "true");
    this.takeTaps();
    const keys = text("p", "Tap with a finger, or press space or enter in your rhythm.", "choreo-quiet");
    const row = text("div", "");
    Object.assign(row.style, { display: "flex", gap: "12px", flexWrap: "wrap" });
    row.append(this.sound, this.shake);
    // The pad comes before all that changes its length: a finger finds it where it was.
    this.place.replaceChildren(this.dots, this.pad, this.hears, this.task, row, keys);
  }

  switched(words, key, first) {
    const made = this.room.text("button", "");
    made.type = "button";
    made.on = this.room.keep.get(key) ?? first;
    const label = () => {
      made.textContent = `${words}: ${made.on ? "on" : "off"}`;
      made.setAttribute("aria-pressed", made.on);
    };
    made.onclick = () => {
      made.on = !made.on;
      this.room.keep.set(key, made.on);
      label();
      this.listen();
      this.tell();
    };
    label();
    return made;
  }

  takeTaps() {
    const { pad } = this;
    const byHand = (event) => {
      this.byHand = event.timeStamp;
      if (!event.repeat) this.tap(event);
    };
    pad.onpointerdown = (event) => {
      if (event.isPrimary !== false && !(event.button > 0)) byHand(event);
    };
    pad.onkeydown = (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      byHand(event);
    };
    pad.onclick = (event) => {
      if (event.detail === 0 && event.timeStamp - this.byHand > 1000) this.tap(event); // a screen reader's
    };
    pad.oncontextmenu = (event) => event.preventDefault();
  }

  listen() {
    if (!this.sound.on) return void this.audio?.suspend();
    this.audio ??= new AudioContext();
    this.audio.resume();
  }

  tap(event) {
    this.touched = true;
    this.listen();
    if (!this.known) return;
    this.taps.push(Math.round(this.room.now(event)));
    this.pad.animate?.([{ borderColor: "var(--choreo-goal)" }, { borderColor: "var(--choreo-you)" }], 200);
  }

  async send() {
    const since = this.room.now() - OLD;
    this.taps = this.taps.filter((one) => one > since);
    if (this.sending || !this.taps.length) return;
    this.sending = true;
    try {
      await this.room.say({ taps: this.taps.splice(0, MOST) });
    } catch {
      // too late to count: a rhythm has gone on
    }
    this.sending = false;
  }

  align() {
    const read = () => {
      if (!this.known) this.pad.removeAttribute("aria-disabled");
      this.known = true;
      this.tell();
    };
    this.room.align().then(read, () => this.timers.add(setTimeout(() => this.align(), 2000)));
  }

  tell() {
    const { voices, step, known, room } = this;
    this.hears.textContent = hearing({ voices, step, known, sound: this.sound.on, reduced: room.reduced });
  }

  play() {
    if (!this.known || this.place.inert) return;
    const now = this.room.now();
    for (const [index, voice] of this.voices.entries()) {
      const [, every, strength] = voice;
      const next = nextBeat(voice, now);
      if (strength <= 0 || next - now > AHEAD || next - (this.planned[index] ?? 0) < every / 2) continue;
      this.planned[index] = next;
      this.click(index, strength, next - now);
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.flash(index, strength);
        if (this.shake.on && this.touched && this.voices.length === 1) navigator.vibrate?.(40);
      }, next - now);
      this.timers.add(timer);
    }
  }

  flash(index, strength) {
    const most = 0.35 + 0.65 * strength;
    const ease = { duration: 350, easing: "ease-out" };
    this.dots.children[index]?.animate([{ opacity: most }, { opacity: 0.15 }], ease);
    const now = performance.now();
    if (this.voices.length > 1 || this.room.reduced || now - this.flashed < CALM) return;
    this.flashed = now;
    const colour = `color-mix(in srgb, var(--choreo-others) ${Math.round(70 * most)}%, var(--choreo-you-wash))`;
    const ring = (width) => ({ boxShadow: `inset 0 0 0 ${width} ${colour}` });
    this.pad.animate([ring("28px"), ring("0")], { duration: 300, easing: "ease-out" });
  }

  click(index, strength, inMs) {
    const { audio } = this;
    if (!this.sound.on || audio?.state !== "running") return;
    const at = audio.currentTime + Math.max(0, inMs) / 1000;
    const tone = new OscillatorNode(audio, { frequency: PITCHES[index % PITCHES.length] });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime((0.1 + 0.4 * strength) / Math.sqrt(this.voices.length), at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.06);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.08);
  }

  show(view) {
    this.voices = view.voices ?? [];
    const { dots } = this;
    while (dots.children.length > this.voices.length) dots.lastChild.remove();
    while (dots.children.length < this.voices.length) {
      const dot = this.room.text("span", "");
      Object.assign(dot.style, DOT);
      dots.append(dot);
    }
    if (this.step !== view.step) {
      this.step = view.step;
      this.planned.length = 0;
      this.task.textContent = view.task;
      this.room.announce(view.task);
    }
    this.tell();
  }

  end() {
    for (const one of this.always) clearInterval(one);
    for (const one of this.timers) clearTimeout(one);
    if (this.touched) navigator.vibrate?.(0);
    this.audio?.close();
  }
}

export default (place, room) => new FlashMob(place, room);
