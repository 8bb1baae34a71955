// Draws the scenes of a report, in whose file room.js stands before it.
import { drawScene } from "./room.js";

const scenes = JSON.parse(document.getElementById("scenes").textContent);
for (const place of document.querySelectorAll("[data-scene]")) {
  place.replaceChildren();
  drawScene(place, scenes[place.dataset.scene], globalThis.Plotly ?? null, { heading: "h4" });
}
