// Draws the scenes of a report, which is one file.
import { drawScene } from "./room.js";

const scenes = JSON.parse(document.getElementById("scenes").textContent);
/** @type {NodeListOf<HTMLElement>} */
const places = document.querySelectorAll("[data-scene]");
for (const place of places) {
  place.replaceChildren();
  drawScene(place, scenes[place.dataset.scene], globalThis.Plotly ?? null, { heading: "h4" });
}
