// Draws a scene as live/scene.py describes it: for the projector, the replay and the report. What people wrote is set
// as text.

import { element } from "../../views/shared/element.js";
import { cloud, fill } from "./cloud.js";
import { Picture } from "./figures.js";

const PARTS = ["title", "lines", "facts", "figures", "words", "ask", "small"];
const SIZES = [1, 0.92, 0.85, 0.78, 0.72, 0.66]; // of what is told, in a place of bounded height
const drawn = new WeakMap(); // place -> what stands in it

/**
 * @typedef {object} Scene
 * @property {string} [title]
 * @property {string[]} [lines]
 * @property {[name: string, value: string][]} [facts]
 * @property {import("./figures.js").Figure[]} [figures]
 * @property {import("./cloud.js").Said[]} [words]
 * @property {string} [ask] what the room talks about
 * @property {string[]} [small] what the projector leaves out
 */

/**
 * Show a scene in `place`. `plotly` is the library, a promise of it, or null where there is none: then the figures' own
 * sentences stand in for them. Call it again with the next scene: what stays the same is left alone. Returns a function
 * that clears the place.
 *
 * @param {HTMLElement} place @param {Scene} scene @param {any} plotly
 */
export function drawScene(place, scene, plotly, { heading = "h2" } = {}) {
  if (!drawn.has(place)) drawn.set(place, new Stand(place, heading));
  const stand = drawn.get(place);
  stand.show(scene, plotly);
  return () => {
    stand.stop();
    drawn.delete(place);
    place.replaceChildren();
  };
}

/** What stands in a place. */
class Stand {
  constructor(place, heading) {
    this.place = place;
    this.parts = {
      title: element(heading, { class: "choreo-room-title", dir: "auto" }),
      lines: element("div", { class: "choreo-room-lines" }),
      facts: element("dl", { class: "choreo-room-facts" }),
      figures: element("div", { class: "choreo-room-figures" }),
      words: element("ul", { class: "choreo-room-words" }),
      ask: element("p", { class: "choreo-room-ask", dir: "auto" }),
      small: element("div", { class: "choreo-room-small" }),
    };
    const { title, lines, facts, figures, words, ask, small } = this.parts;
    this.told = element("div", { class: "choreo-room-told" }, title, lines, facts);
    this.lines = [];
    this.small = [];
    this.facts = [];
    /** @type {Picture[]} */
    this.figures = [];
    this.words = "";
    place.classList.add("choreo-room");
    place.replaceChildren(this.told, figures, words, ask, small);
    this.follow();
  }

  /** Draw anew when there is more or less room, or the colours change. */
  follow() {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const again = () => {
      for (const one of this.figures) one.draw();
    };
    const sized = new ResizeObserver(() => {
      fit(this.place, this.told, true);
      fill(this.parts.words);
      again();
    });
    for (const one of [this.place, this.parts.figures, this.parts.words]) sized.observe(one);
    dark.addEventListener("change", again);
    const paper = matchMedia("print"); // which waits for no frame
    const printed = () => {
      for (const one of this.figures) one.drawNow();
    };
    paper.addEventListener("change", printed);
    this.stop = () => {
      sized.disconnect();
      dark.removeEventListener("change", again);
      paper.removeEventListener("change", printed);
      for (const one of this.figures) one.stop();
    };
  }

  /** @param {Scene} scene @param {any} plotly */
  show(scene, plotly) {
    const { place, parts } = this;
    const { title = "", figures = [], words = [] } = scene;
    this.tell(scene);
    count(this.figures, parts.figures, figures.length, () => new Picture(plotly));
    for (const [index, figure] of figures.entries()) this.figures[index].show(figure);
    parts.figures.dataset.count = String(figures.length);
    const now = JSON.stringify(words);
    const fresh = now !== this.words;
    this.words = now;
    if (fresh) parts.words.replaceChildren(...cloud(words));
    for (const name of PARTS) parts[name].hidden = !(name === "title" ? title : scene[name]?.length);
    place.dataset.shape = shapeOf(scene);
    place.toggleAttribute("data-square", isSquare(scene));
    place.toggleAttribute("data-dense", isDense(scene));
    fit(place, this.told);
    if (fresh) fill(parts.words);
  }

  /** @param {Scene} scene */
  tell({ title = "", lines = [], facts = [], ask = "", small = [] }) {
    const { parts } = this;
    set(parts.title, title);
    set(parts.ask, ask);
    count(this.small, parts.small, small.length, () => ({ el: element("p", { dir: "auto" }) }));
    for (const [index, line] of small.entries()) set(this.small[index].el, line);
    parts.title.dataset.length = title.length > 90 ? "long" : title.length > 40 ? "middle" : "short";
    count(this.lines, parts.lines, lines.length, () => ({ el: element("p", { dir: "auto" }) }));
    for (const [index, line] of lines.entries()) set(this.lines[index].el, line);
    count(this.facts, parts.facts, facts.length, () => {
      const [name, value] = [element("dt", { dir: "auto" }), element("dd", { dir: "auto" })];
      return { el: element("div", {}, name, value), name, value };
    });
    for (const [index, [name, value]] of facts.entries()) {
      set(this.facts[index].name, name);
      set(this.facts[index].value, value);
      this.facts[index].el.toggleAttribute("data-long", value.length > 12);
    }
  }
}

/** Make `list` of the given length by adding what `make` gives, or taking away from the end. */
function count(list, parent, length, make) {
  while (list.length > length) list.pop().el.remove();
  while (list.length < length) {
    const one = make();
    list.push(one);
    parent.append(one.el);
  }
}

function set(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** @param {Scene} scene */
function shapeOf({ facts = [], figures = [], words = [] }) {
  return figures.length ? "figures" : words.length ? "words" : facts.length ? "facts" : "lines";
}

/** Whether its one picture is as wide as high: then it has the whole height beside what is told. @param {Scene} scene */
export function isSquare({ ask = "", figures = [] }) {
  return Boolean(ask) && figures.length === 1 && Boolean(figures[0].layout?.yaxis?.scaleanchor);
}

/** Whether there is so much to read that it stands better beside the figures than above them. @param {Scene} scene */
export function isDense({ lines = [], facts = [], figures = [], ask = "" }) {
  if (ask) return false;
  const letters = lines.join("").length;
  const values = facts.map(([, value]) => value).join("").length;
  return (
    figures.length > 0 && (letters > 200 || facts.length > 5 || values > 36 || (figures.length > 1 && letters > 120))
  );
}

/** On a stage, whose height is bounded, what is told gets smaller until it fits. */
function fit(place, told, anew = false) {
  const dense = place.hasAttribute("data-dense");
  const state = `${place.clientWidth} ${place.clientHeight} ${told.textContent.length} ${dense}`;
  if (!anew && told.dataset.fitted === state) return;
  told.dataset.fitted = state;
  told.style.fontSize = "";
  if (!place.closest(".choreo-stage") || !place.clientHeight) return;
  for (const size of SIZES) {
    told.style.fontSize = `${size}em`;
    const alone = dense || place.dataset.shape === "facts" || place.dataset.shape === "lines";
    const most = alone ? 1 : place.hasAttribute("data-square") ? 0.6 : 0.4;
    if (told.scrollHeight <= place.clientHeight * most + 1) break;
  }
}
