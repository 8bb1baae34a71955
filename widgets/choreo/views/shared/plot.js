// A chart in its place: drawn by Plotly when it comes near the view or the page is idle, and again whenever its figure,
// the colours or the width change.

import { element } from "./element.js";
import { whenIdle } from "./idle.js";
import { MovingLines } from "./moving_lines.js";
import { dressed } from "./plot_figure.js";
import { plotlyFor } from "./plotly.js";
import { theme } from "./theme.js";
import { t } from "./words.js";

const LATE = 5000; // ms after which somebody who waits for a chart is told why
const REST = 150; // ms without news after which Plotly draws what moved
const IDLE = 2500; // ms after which a page has time for a chart that nobody looks at
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };

const roomOf = ({ layout }) => JSON.stringify(layout);

export class Plot {
  /**
   * `read()` gives the figure; `drawn` hears each time that Plotly has drawn it.
   *
   * @param {import("./model.js").Model} model @param {HTMLElement} box
   * @param {() => import("./plot_figure.js").Figure} read
   */
  constructor(model, box, read, drawn = () => {}) {
    this.model = model;
    this.box = box;
    this.read = read;
    this.drawn = drawn;
    this.library = null;
    this.gone = false;
    this.queued = 0; // the next frame, which draws what is stale by then
    this.stale = false;
    this.resting = 0;
    this.due = 0; // the frame after which Plotly draws other axes: that takes as long as all else together
    this.figure = null; // the newest
    this.place = [0, 0]; // px across and down, as last measured: to measure while a control moves costs a layout
    this.size = ""; // that it was drawn in
    this.room = ""; // the axes that Plotly has drawn
    this.lines = new MovingLines(box);
    this.follow();
  }

  /** Begin when the chart is near or the page is idle; draw anew in other colours and another width. */
  follow() {
    const { box } = this;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const later = () => this.later();
    const near = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.start(), {
      rootMargin: "600px",
    });
    const timer = setTimeout(() => whenIdle(() => !this.gone && !this.library && this.start()), IDLE);
    const sized = new ResizeObserver(() => {
      this.measure();
      if (this.place.join(" ") !== this.size) later();
    });
    near.observe(box);
    sized.observe(box);
    dark.addEventListener("change", later);
    this.waitNoMore = () => {
      near.disconnect();
      clearTimeout(timer);
    };
    this.followNoMore = () => {
      this.waitNoMore();
      sized.disconnect();
      dark.removeEventListener("change", later);
    };
  }

  start() {
    this.waitNoMore();
    this.box.removeAttribute("data-failed");
    const late = setTimeout(() => !this.gone && this.tellWhy(), LATE);
    const asked = plotlyFor(this.model, this.read()).finally(() => clearTimeout(late));
    asked.then(
      (library) => {
        this.box.querySelector("[data-late]")?.remove();
        this.library = library;
        this.draw();
      },
      (error) => !this.gone && this.fail(error),
    );
  }

  /** The kernel that has the library is busy; the numbers are below the chart meanwhile. */
  tellWhy() {
    const words = t("The chart comes when the kernel has done what it is at. The numbers are below.");
    this.box.replaceChildren(element("p", { "data-late": true, role: "status" }, words));
  }

  fail(error) {
    this.box.setAttribute("data-failed", "");
    const again = () => {
      this.box.replaceChildren();
      this.start();
    };
    const look = { type: "button", class: "choreo-plot-again", onclick: again };
    const words = `The chart cannot be drawn: ${error.message}. The numbers are below. `;
    this.box.replaceChildren(element("p", {}, words, element("button", look, "Try again")));
  }

  /** News is drawn at once, so that the next frame shows it; more news before that frame waits for it. */
  draw() {
    if (this.queued) this.stale = true;
    else {
      this.drawNow();
      this.queued = requestAnimationFrame(() => this.frame());
    }
  }

  later() {
    this.stale = true;
    this.queued ||= requestAnimationFrame(() => this.frame());
  }

  frame() {
    this.queued = 0;
    if (this.stale) this.drawNow();
  }

  measure() {
    this.place = [this.box.clientWidth, this.box.clientHeight];
  }

  drawNow() {
    const { box, library, lines } = this;
    this.stale = false;
    if (!this.place.every(Boolean)) this.measure();
    const [width, height] = this.place;
    if (this.gone || !library || !box.isConnected || !width || !height) return; // without a size Plotly takes its own
    this.size = `${width} ${height}`;
    const { data, layout } = dressed(this.read(), (name) => theme.getPropertyValue(`--choreo-${name}`));
    this.figure = { data, layout: { ...layout, width, height } };
    clearTimeout(this.resting);
    if (!this.room) this.draws();
    else if (this.due) return;
    else if (roomOf(this.figure) === this.room && lines.draw(data)) this.resting = setTimeout(() => this.draws(), REST);
    else this.due = requestAnimationFrame(() => setTimeout(() => this.draws()));
  }

  /** Have Plotly draw all of the newest figure. */
  draws() {
    const { box, library, lines, figure } = this;
    this.due = 0;
    if (this.gone) return;
    this.room = roomOf(figure);
    library.react(box, figure.data, figure.layout, CONFIG).then(this.drawn, () => {});
    lines.rest();
    box.setAttribute("data-drawn", "");
  }

  stop() {
    this.gone = true;
    this.followNoMore();
    clearTimeout(this.resting);
    cancelAnimationFrame(this.queued);
    cancelAnimationFrame(this.due);
    this.library?.purge(this.box);
  }
}
