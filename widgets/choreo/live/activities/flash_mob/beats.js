// The beats that a phone plays in the flash mob. Nothing of a page in here.

import { n } from "../../../views/shared/words.js";

/**
 * @typedef {[at: number, every: number, strength: number]} Voice one of its beats, ms between beats, how strong; hub's
 * clock
 */

/** When a voice beats next. @param {Voice} voice @param {number} now */
export function nextBeat([at, every], now) {
  return at + Math.ceil((now - at) / every) * every;
}

/**
 * What one hears, in words; with the sound off, what to watch.
 *
 * @param {object} now
 * @param {Voice[]} now.voices
 * @param {string} now.step
 * @param {boolean} now.known whether the hub's time is
 * @param {boolean} now.sound
 * @param {boolean} now.reduced whether somebody asked for less motion: then only dots light up
 */
export function hearing({ voices, step, known, sound, reduced }) {
  const heard = voices.filter(([, , strength]) => strength > 0).length;
  if (!known) return "One moment, setting the clock …";
  if (!heard) return sound ? "Nothing to hear: keep your own beat." : "Nothing to follow: keep your own beat.";
  if (!sound) return watching(voices.length, step === "everyone", reduced);
  if (step === "everyone") return "You hear the whole room.";
  return n("You hear one beat.", "You hear {count} people.", heard);
}

function watching(voices, everyone, reduced) {
  if (voices > 1) return `The sound is off: watch the ${voices} dots above the pad, one for each whom you follow.`;
  if (reduced && everyone) return "The sound is off: watch the dot above the pad. It lights up with the whole room.";
  if (reduced) return "The sound is off: watch the dot above the pad. It lights up with the beat.";
  if (everyone) return "The sound is off: watch the edge of the pad. It lights up with the whole room.";
  return "The sound is off: watch the edge of the pad. It lights up with the beat.";
}
