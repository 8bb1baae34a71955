import { element, svgElement } from "../shared/element.js";
import { t } from "../shared/words.js";
import { clockWords, stepped } from "./moments.js";

const SIGNS = {
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  again: "M12 5V1L7 6l5 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
  back: "M6 5h3v14H6zM20 5v14l-9-7z",
  forth: "M15 5h3v14h-3zM4 5v14l9-7z",
  sound: "M4 9v6h4l5 5V4L8 9zM16 8a5 5 0 0 1 0 8M18.5 5.5a9 9 0 0 1 0 13",
  tick: "M4.5 12.5l5 5L19.5 7",
  silent: "M4 9v6h4l5 5V4L8 9zM16 9l6 6M22 9l-6 6",
};

/** A small drawn sign; the words beside it, or its button's label, say the same. */
export function sign(name) {
  const lines = ["sound", "silent", "tick"].includes(name) ? { "data-lines": "" } : {};
  return svgElement(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true", ...lines },
    svgElement("path", { d: SIGNS[name] }),
  );
}

/** A round button with a sign. */
export function signButton(label, name, act, attributes = {}) {
  return element(
    "button",
    { type: "button", "aria-label": label, title: label, onclick: act, ...attributes },
    sign(name),
  );
}

/** Play, step, replay and scrub; what is said about the moment beside it. */
export function transport(head, sound) {
  const play = signButton(t("Play"), "play", () => head.toggle(), { class: "choreo-player-play" });
  const step = (way) => () => head.seek(stepped(clock, head.at, way));
  const scrub = element("input", {
    class: "choreo-player-scrub",
    type: "range",
    min: 0,
    step: "any",
    "aria-label": t("Moment of the run"),
  });
  scrub.addEventListener("input", () => head.seek(Number(scrub.value)));
  scrub.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!way) return; // arrow keys would move it by a part of a frame that nobody sees
    event.preventDefault();
    step(way)();
  });
  const words = element("span", { class: "choreo-player-clock", "aria-hidden": "true" });
  const el = element(
    "div",
    { class: "choreo-player-transport", role: "group", "aria-label": t("Playing") },
    play,
    signButton(t("One step back"), "back", step(-1), { "data-step": "" }),
    signButton(t("One step on"), "forth", step(1), { "data-step": "" }),
    signButton(t("Replay from the start"), "again", () => head.replay(), { "data-step": "" }),
    scrub,
  );
  if (sound) el.append(sound.button);
  let clock = { name: "", unit: "", times: [0, 1] };
  return {
    el,
    clock: words,
    step,
    take(next, frames) {
      clock = next;
      scrub.max = String(frames - 1);
    },
    /** @param {{figure: string, label: string}} says the moment in words, from the stage */
    show(at, says) {
      const now = clockWords(clock, at);
      scrub.value = String(at);
      scrub.style.setProperty("--choreo-filled", String(at / Math.max(1, head.frames - 1)));
      words.textContent = now;
      scrub.setAttribute(
        "aria-valuetext",
        t("{now}, {figure} {label}", { now, figure: says.figure, label: says.label }),
      );
    },
    showPlaying(playing) {
      const label = playing ? t("Pause") : t("Play");
      play.replaceChildren(sign(playing ? "pause" : "play"));
      play.setAttribute("aria-label", label);
      play.title = label;
    },
  };
}
