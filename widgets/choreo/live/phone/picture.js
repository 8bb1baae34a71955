// The room's picture on a phone: where the coach wants it, as in a video call, and at the end. It draws what the projector draws.

import { element } from "../../views/shared/element.js";
import { plotlyFrom } from "../../views/shared/plotly.js";
import { drawScene } from "../room/room.js";

let library = null;

/** @param {string} address of Plotly */
function plotly(address) {
  library ??= plotlyFrom(address).catch((error) => {
    library = null; // the next figure tries again
    throw error;
  });
  return library;
}

/**
 * Shows scenes in `section`, whose data-sheet and data-plotly say where the sheet and the library are.
 *
 * @param {HTMLElement} section
 * @returns {(scene: import("../room/room.js").Scene) => void}
 */
export default function picture(section) {
  const { sheet = "", plotly: address = "" } = section.dataset;
  const look = element("link", { rel: "stylesheet", href: sheet, id: "plotly.js-style-global" }); // Plotly's rules go in here
  const dressed = new Promise((resolve) => {
    look.onload = look.onerror = resolve;
  });
  document.head.append(look);
  const place = element("div", {});
  const head = element("p", { class: "choreo-eyebrow", "aria-hidden": "true" });
  section.replaceChildren(head, place);
  return (scene) => {
    head.textContent = section.getAttribute("aria-label");
    const library = scene.figures?.length ? dressed.then(() => plotly(address)) : null;
    drawScene(place, scene, library);
  };
}
