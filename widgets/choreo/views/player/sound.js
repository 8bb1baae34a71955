import { t } from "../shared/words.js";
import { sign, signButton } from "./transport.js";

const KEY = "choreo-sound";
const MOST = 24; // claps of one frame that are heard apart
const LENGTH = 0.09; // seconds of a clap

/** @typedef {{pitch: number, loud: number, wait?: number}} Beat a sound: pitch and loudness from 0 to 1, in `wait` s */

/** Claps from the stage: off until somebody asks for them, then on for the visit. Null where there is no sound. */
export function sound() {
  const Audio = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (!Audio) return null;
  let on = remembered();
  let line = null;
  let noise = null;
  const show = () => {
    button.replaceChildren(sign(on ? "sound" : "silent"));
    button.setAttribute("aria-pressed", String(on));
    button.title = on ? t("Sound is on") : t("Sound is off");
  };
  const open = () => {
    line ??= new Audio();
    noise ??= clapOf(line);
    if (line.state === "suspended") line.resume().catch(() => {});
  };
  const button = signButton(t("Sound"), "silent", () => {
    on = !on;
    remember(on);
    if (on) open();
    show();
  });
  show();
  const clap = ({ pitch = 0.5, loud = 0.5, wait = Math.random() * 0.012 }) => {
    const source = line.createBufferSource();
    const tone = line.createBiquadFilter();
    const volume = line.createGain();
    source.buffer = noise;
    tone.type = "bandpass";
    tone.frequency.value = 500 + 1900 * pitch;
    tone.Q.value = 1.2;
    volume.gain.value = 0.35 * Math.min(1, loud);
    source.connect(tone).connect(volume).connect(line.destination);
    source.start(line.currentTime + wait);
  };
  return {
    button,
    /** Let the beats of one frame of the screen be heard. @param {Beat[]} beats */
    play(beats) {
      if (!on || !beats?.length) return;
      if (!line) {
        if (!navigator.userActivation?.hasBeenActive) return; // remembered, but not asked for on this page yet
        open();
      }
      if (line.state === "running") for (const beat of beats.slice(0, MOST)) clap(beat);
    },
    get on() {
      return on;
    },
    close: () => line?.close().catch(() => {}),
  };
}

function clapOf(line) {
  const buffer = line.createBuffer(1, Math.ceil(line.sampleRate * LENGTH), line.sampleRate);
  const data = buffer.getChannelData(0);
  for (let k = 0; k < data.length; k += 1) data[k] = (Math.random() * 2 - 1) * (1 - k / data.length) ** 6;
  return buffer;
}

function remembered() {
  try {
    return sessionStorage.getItem(KEY) === "on";
  } catch {
    return false; // a browser without storage begins in silence each time
  }
}

function remember(on) {
  try {
    sessionStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // it is heard all the same
  }
}
