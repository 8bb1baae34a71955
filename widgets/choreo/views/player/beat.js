// The beat of a hand that taps: no hand is even, misses nothing, or goes on for ever. Numbers only; times in seconds.

const KEPT = 12; // taps that a beat is fitted to
const KNOWN = 4; // taps from which on there is a beat
const TWICE = 0.12; // s: two taps closer than that are one that trembled
const SLOWEST = 2; // s from tap to tap
const STRAY = 0.3; // of a beat: a tap further off is no part of it
const PATIENCE = 2.5; // beats, and
const AT_LEAST = 1.2; // s without a tap, after which the hand rests

/**
 * A steady beat through taps (least squares), as long as they go on. A single stray tap is passed over, two begin anew;
 * a missed one is bridged.
 */
export class Beat {
  constructor() {
    this.taps = []; // {time, number}
    this.count = 0; // of this beat
    this.strays = [];
    this.line = null; // {start, period}
  }

  /** A tap at that time. */
  tap(time) {
    const last = this.taps.at(-1)?.time ?? -Infinity;
    if (time - Math.max(last, this.strays.at(-1) ?? -Infinity) < TWICE) return;
    if (this.rests(time)) this.begin([]);
    const number = this.numberOf(time);
    if (number === null) {
      this.strays.push(time);
      if (this.strays.length > 1) this.begin(this.strays);
      return;
    }
    this.strays = [];
    this.take(time, number);
  }

  begin(times) {
    this.taps = [];
    this.count = 0;
    this.strays = [];
    this.line = null;
    for (const time of times) this.take(time, this.taps.length);
  }

  take(time, number) {
    this.count += 1;
    this.taps.push({ time, number });
    if (this.taps.length > KEPT) this.taps.shift();
    if (this.count >= KNOWN) this.line = fitted(this.taps);
  }

  /** Which beat a tap is: the next, or the one after it where one was missed; null where it is none. */
  numberOf(time) {
    const last = this.taps.at(-1);
    if (!last) return 0;
    const [first, line] = [this.taps[0], this.line];
    if (!line && last === first) return 1;
    const period = line?.period ?? (last.time - first.time) / (last.number - first.number);
    const due = line ? line.start + line.period * last.number : last.time;
    const beats = (time - due) / period;
    if (Math.abs(beats - 1) <= (line ? STRAY : 2 * STRAY)) return last.number + 1;
    return Math.abs(beats - 2) <= STRAY / 2 ? last.number + 2 : null;
  }

  /** Whether the hand has stopped. */
  rests(time) {
    const last = this.taps.at(-1);
    if (!last) return true;
    const patience = this.line ? Math.max(AT_LEAST, PATIENCE * this.line.period) : SLOWEST;
    return time - Math.max(last.time, this.strays.at(-1) ?? 0) > patience;
  }

  /** Where the beat is: {turns, rate} (beats, beats a second); null while there is none. */
  at(time) {
    if (!this.line || this.rests(time)) return null;
    const { start, period } = this.line;
    return { turns: (time - start) / period, rate: 1 / period };
  }
}

function fitted(taps) {
  const mean = (name) => taps.reduce((sum, tap) => sum + tap[name], 0) / taps.length;
  const [time, number] = [mean("time"), mean("number")];
  let [both, own] = [0, 0];
  for (const tap of taps) {
    both += (tap.number - number) * (tap.time - time);
    own += (tap.number - number) ** 2;
  }
  const period = both / own;
  return { start: time - number * period, period };
}
