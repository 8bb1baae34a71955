import { t } from "../shared/words.js";
import { countOf } from "./with_you.js";

// A crowd that goes on while somebody taps: the equations of models/one_voice.py, step by step. Numbers only.

const TURN = 2 * Math.PI;
const STEP = 0.05; // s from frame to frame
const USUAL = 5 / 3; // claps a second, of a crowd that has not heard anybody yet

/**
 * @typedef {object} Gathering people, each with a phase (rad) and a tempo (rad/s)
 * @property {Float64Array} phase
 * @property {ArrayLike<number>} tempo
 * @property {number[][]} heard for each whom they hear
 * @property {ArrayLike<number>} hearers 1 for who hears the voice
 * @property {number} coupling
 */

/** The people of a scene, where they begin. @returns {Gathering} */
export function gathering({ near, hearers, live }) {
  const heard = Array.from(live.start.data, () => []);
  for (let k = 0; k < near.data.length; k += 2) heard[near.data[k]].push(near.data[k + 1]);
  const { coupling, start, tempo } = live;
  return { phase: Float64Array.from(start.data), tempo: tempo.data, heard, hearers: hearers.data, coupling };
}

/** One step of Heun's method; `voice` is {phase (rad), tempo (rad/s)}, or null: nobody taps. */
export function advance(people, step, voice) {
  const { phase } = people;
  const first = rates(people, phase, voice?.phase ?? null);
  const trial = phase.map((one, k) => one + step * first[k]);
  const second = rates(people, trial, voice ? voice.phase + step * voice.tempo : null);
  for (let k = 0; k < phase.length; k += 1) phase[k] += (step / 2) * (first[k] + second[k]);
}

function rates({ tempo, heard, hearers, coupling }, phase, voice) {
  const [sine, cosine] = [phase.map(Math.sin), phase.map(Math.cos)];
  const [yours, yourCosine] = [Math.sin(voice ?? 0), Math.cos(voice ?? 0)];
  return phase.map((_, k) => {
    let [up, along, count] = [0, 0, heard[k].length];
    for (const other of heard[k]) {
      up += sine[other];
      along += cosine[other];
    }
    if (hearers[k] && voice !== null) {
      up += yours;
      along += yourCosine;
      count += 1;
    }
    return tempo[k] + (count ? (coupling / count) * (up * cosine[k] - along * sine[k]) : 0);
  });
}

/** A run of the scene's crowd that is made as it goes; at most as long as `live.seconds`. */
export function plazaLive(from) {
  return new PlazaLive(from);
}

class PlazaLive {
  constructor(from) {
    this.from = from;
    this.people = gathering(from);
    this.frames = Math.round(from.live.seconds / STEP) + 1;
    this.at = 0; // the newest frame
    this.home = USUAL; // claps a second that the crowd has in common
    this.turned = 0; // turns that it took
    const count = this.people.phase.length;
    this.scene = {
      ...from,
      frames: this.frames,
      beat: USUAL,
      phase: { data: new Uint8Array(this.frames * count), shape: [this.frames, count] },
      own: { data: new Uint8Array(this.frames), shape: [this.frames] },
      silent: { data: new Uint8Array(this.frames).fill(1), shape: [this.frames] },
      clock: { ...from.clock, times: Float64Array.from({ length: this.frames }, (_, k) => k * STEP) },
      series: {},
      settled: true,
    };
    this.write(null);
  }

  get over() {
    return this.at >= this.frames - 1;
  }

  /** The moment of a time (s), counted in frames. */
  moment(seconds) {
    return Math.min(this.at, seconds / STEP);
  }

  /** Somebody taps at so many beats a second: what the crowd would clap is a little less. */
  meet(rate) {
    this.home = rate - this.from.live.ahead / TURN;
  }

  /** Go on up to that time; `voice(time)` is {turns, rate} or null. What is heard on the way: [{time, pitch, loud}]. */
  go(seconds, voice) {
    const claps = [];
    while (this.at * STEP < seconds && !this.over) {
      const time = this.at * STEP;
      const heard = voice(time);
      const before = this.turns();
      advance(this.people, STEP, heard && this.inside(heard));
      this.turned += this.home * STEP;
      this.at += 1;
      this.write(voice(this.at * STEP));
      const clap = clapOf(before, this.turns(), this.from.columns);
      if (clap) claps.push({ ...clap, time: time + clap.part * STEP });
    }
    return claps;
  }

  /** A beat as the crowd's frame of reference has it. */
  inside({ turns, rate }) {
    return { phase: TURN * (turns - this.turned), tempo: TURN * (rate - this.home) };
  }

  turns() {
    return this.people.phase.map((one) => one / TURN + this.turned);
  }

  write(heard) {
    const common = USUAL * this.at * STEP;
    const byte = (turns) => Math.floor((turns - common) * 256) & 255;
    this.turns().forEach((turns, k) => {
      this.scene.phase.data[this.at * this.people.phase.length + k] = byte(turns);
    });
    if (!heard) return;
    this.scene.own.data[this.at] = byte(heard.turns);
    this.scene.silent.data[this.at] = 0;
  }

  /** The run as far as it has come, to be played again: at the pace of other runs, and with its course in words. */
  whole() {
    const frames = this.at + 1;
    const count = this.people.phase.length;
    const { phase, own, silent, clock } = this.scene;
    const slower = (step, k) => (step - Math.round((this.home - USUAL) * k * STEP * 256)) & 255;
    const scene = {
      ...this.scene,
      frames,
      beat: this.from.beat,
      phase: {
        data: phase.data.slice(0, frames * count).map((step, k) => slower(step, Math.floor(k / count))),
        shape: [frames, count],
      },
      own: { data: own.data.slice(0, frames).map(slower), shape: [frames] },
      silent: { data: silent.data.slice(0, frames), shape: [frames] },
      clock: { ...clock, times: clock.times.slice(0, frames) },
      from: frames - 1,
    };
    const told = (at) => t("{seconds} s: {words}.", { seconds: Math.round(at * STEP), words: inWords(scene, at) });
    const parts = [0, 0.25, 0.5, 0.75, 1].map((part) => told(Math.round(part * (frames - 1))));
    return { ...scene, trace: parts, news: t("Your beat has ended. {last}", { last: parts.at(-1) }) };
  }
}

/** "31 of 40 clap with you". */
function inWords(scene, at) {
  const { count, people, label } = countOf(scene, at);
  return t("{count} of {people} {label}", { count, people, label });
}

// Who came by the beat in a step: how many, when, and where they stand.
function clapOf(before, after, columns) {
  let [count, part, place] = [0, 0, 0];
  for (let k = 0; k < before.length; k += 1) {
    const beat = Math.floor(after[k]);
    if (beat <= Math.floor(before[k])) continue;
    count += 1;
    part += (beat - before[k]) / (after[k] - before[k]);
    place += (k % columns) / columns;
  }
  return count ? { loud: count / before.length, part: part / count, pitch: place / count } : null;
}
