// The pictures of a scene: a figure that Plotly draws, with a key to its colours, or its sentence where there is no
// Plotly.

import { element } from "../../views/shared/element.js";
import { fillKey, named } from "../../views/shared/key.js";
import { colourOf } from "../../views/shared/roles.js";
import { dressed, roleOf } from "./dress.js";

const CONFIG = { displayModeBar: false, staticPlot: true, responsive: false };

/** @typedef {{ data: any[], layout?: any, says: string }} Figure as live/scene.py describes it */

export class Picture {
  /** `plotly`: the library, a promise of it, or null. */
  constructor(plotly) {
    this.key = element("ul", { class: "choreo-key choreo-room-key", "aria-hidden": "true" });
    this.box = element("div", { class: "choreo-room-plot", role: "img" });
    this.el = element("figure", { class: "choreo-room-figure" }, this.key, this.box);
    this.library = null;
    this.gone = false;
    /** @type {Figure | null} */
    this.figure = null;
    this.shown = "";
    this.queued = 0;
    this.asked = Promise.resolve(plotly).then(
      (found) => this.arrived(found),
      () => this.arrived(null),
    );
  }

  arrived(found) {
    this.library = found;
    if (found) this.draw();
    else if (this.figure) this.tell();
  }

  /** @param {Figure} figure */
  show(figure) {
    const text = JSON.stringify(figure);
    if (text === this.shown) return;
    this.shown = text;
    this.figure = figure;
    if (this.box.getAttribute("aria-label") !== figure.says) this.box.setAttribute("aria-label", figure.says);
    showKey(this.key, figure);
    this.asked.then(() => (this.library ? this.draw() : this.tell()));
  }

  tell() {
    this.box.removeAttribute("role");
    this.box.replaceChildren(element("p", { dir: "auto" }, this.figure.says));
  }

  draw() {
    this.queued ||= requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    this.queued = 0;
    const { clientWidth: width, clientHeight: height } = this.box;
    if (this.gone || !this.library || !this.figure || !width || !height) return;
    const styles = getComputedStyle(this.box);
    const token = (name) => styles.getPropertyValue(`--choreo-${name}`).trim();
    const { data, layout } = dressed(this.figure, { token, full: parseFloat(styles.fontSize), width, height });
    this.library
      .react(this.box, data, { ...layout, width, height }, CONFIG)
      .then(() => this.box.setAttribute("data-drawn", ""), console.error);
  }

  stop() {
    this.gone = true;
    cancelAnimationFrame(this.queued);
    this.library?.purge(this.box);
  }
}

/** What the colours mean, where a figure shows more than one thing. @param {HTMLElement} list @param {Figure} figure */
function showKey(list, figure) {
  list.hidden = named(figure).length < 2 || figure.layout?.showlegend === false;
  fillKey(list, figure, (trace, index) => colourOf(roleOf(trace, index)));
}
