// A session once more: what the room saw, at the time that the slider says.

import { element } from "../../views/shared/element.js";
import { plotlyFrom } from "../../views/shared/plotly.js";
import { t } from "../../views/shared/words.js";
import { drawScene } from "./room.js";

const frames = JSON.parse(document.getElementById("frames").textContent);
/** @type {(id: string) => any} */
const by = (id) => document.getElementById(id);
const slider = by("time");
const PACE = 900; // ms that a picture stays while it plays
let at = 0;
let timer = 0;

const plotly = plotlyFrom(document.body.dataset.plotly).catch(() => null);

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function show(index) {
  at = Math.min(frames.length - 1, Math.max(0, index));
  const { label, scene, at: seconds } = frames[at];
  drawScene(by("scene"), scene, plotly, { heading: "h2" });
  slider.value = at;
  slider.setAttribute("aria-valuetext", `${clock(seconds)}, ${label}`);
  by("label").textContent = label;
  by("clock").textContent = clock(seconds);
  by("back").disabled = at === 0;
  by("on").disabled = at === frames.length - 1;
  /** @type {NodeListOf<HTMLElement>} */
  const links = document.querySelectorAll("[data-frame]");
  for (const link of links) {
    const next = Number(link.dataset.until);
    if (at >= Number(link.dataset.frame) && at < next) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function play(on) {
  clearInterval(timer);
  timer = 0;
  if (on) {
    if (at === frames.length - 1) show(0);
    timer = setInterval(() => (at < frames.length - 1 ? show(at + 1) : play(false)), PACE);
  }
  by("play").textContent = on ? t("Stop") : t("Play");
}

// Where each activity and step begins.
const starts = frames.flatMap((frame, index) => (frame.label !== frames[index - 1]?.label ? [index] : []));
by("chapters").append(
  ...starts.map((index, place) => {
    const until = starts[place + 1] ?? frames.length;
    const go = () => {
      play(false);
      show(index);
    };
    const look = { type: "button", "data-frame": index, "data-until": until, onclick: go };
    return element("li", {}, element("button", look, frames[index].label));
  }),
);
slider.max = frames.length - 1;
slider.addEventListener("input", () => {
  play(false);
  show(Number(slider.value));
});
by("play").addEventListener("click", () => play(!timer));
/** @type {[string, number][]} */
const steps = [
  ["back", -1],
  ["on", 1],
];
for (const [id, step] of steps)
  by(id).addEventListener("click", () => {
    play(false);
    show(at + step);
  });
show(0);
