import { t } from "../shared/words.js";

// How many clap with one who taps; where nobody does, with each other. 256 steps are a turn.

const QUARTER = 64; // of a turn: who is so close claps with you

/** At a moment: {count, people, label}. */
export function countOf(scene, at) {
  const frame = Math.min(scene.frames - 1, Math.max(0, Math.round(at)));
  const people = scene.phase.shape[1];
  const phases = scene.phase.data.subarray(frame * people, (frame + 1) * people);
  const alone = Boolean(scene.silent?.data[frame]);
  const beat = alone ? meanOf(phases) : scene.own.data[frame];
  let count = 0;
  for (const phase of phases) if (Math.abs(((phase - beat + 384) % 256) - 128) <= QUARTER) count += 1;
  return { count, people, label: alone ? t("clap together") : t("clap with you") };
}

function meanOf(phases) {
  let [x, y] = [0, 0];
  for (const phase of phases) {
    x += Math.cos((phase / 128) * Math.PI);
    y += Math.sin((phase / 128) * Math.PI);
  }
  return (Math.atan2(y, x) / Math.PI) * 128;
}
