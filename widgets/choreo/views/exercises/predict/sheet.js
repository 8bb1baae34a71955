import { element, svgElement } from "../../shared/element.js";
import { t } from "../../shared/words.js";

const MARGIN = { left: 46, right: 22, top: 30, bottom: 38 };

/** A sheet with two axes, for a value from 0 to `most` at each of some places; it tells what a hand draws on it. */
export class Sheet {
  /**
   * @param {number[]} places along x
   * @param {number} most the upper end of y
   * @param {{stroke: (before: object | null, now: object) => void, done: () => void}} hand
   * @param {{label: string, first: number, last: number, marked: boolean}[]} stretches parts of x that have a name
   */
  constructor(places, most, hand, stretches = []) {
    this.places = places;
    this.bands = stretches.filter(({ marked }) => marked);
    this.most = most;
    this.hand = hand;
    this.frozen = false;
    this.before = null;
    [this.width, this.height] = [640, 340];
    this.svg = svgElement("svg", { class: "choreo-predict-plot", "aria-hidden": "true" });
    this.frame = svgElement("g");
    this.invite = svgElement(
      "text",
      { "text-anchor": "middle", class: "choreo-predict-invite" },
      t("Draw from left to right"),
    );
    this.path = svgElement("path", { class: "choreo-predict-line" });
    this.svg.append(this.frame, this.invite, this.path);
    this.listen();
  }

  across(place) {
    const [first, last] = [this.places[0], this.places.at(-1)];
    return MARGIN.left + ((place - first) / (last - first)) * (this.width - MARGIN.left - MARGIN.right);
  }

  along(value) {
    return this.height - MARGIN.bottom - (value / this.most) * (this.height - MARGIN.top - MARGIN.bottom);
  }

  /** Half of the way from one place to the next, in pixels. */
  get reach() {
    return (this.across(this.places.at(-1)) - this.across(this.places[0])) / (this.places.length - 1) / 2;
  }

  /** Axes for the width there is, so that figures keep their size on a phone. */
  fit(room) {
    if (room) {
      this.width = Math.round(room);
      this.height = Math.round(Math.min(340, Math.max(250, room * 0.55)));
    }
    const { width, height, svg } = this;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const levels = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => this.level(Number((share * this.most).toPrecision(3))));
    const bands = this.bands.map((band) => this.band(band));
    this.frame.replaceChildren(...bands, ...levels, ...this.places.flatMap((place) => this.column(place)));
    this.invite.setAttribute("x", String((MARGIN.left + width - MARGIN.right) / 2));
    this.invite.setAttribute("y", String(this.along(this.most / 2) - 8));
  }

  band({ first, last }) {
    const [x, y] = [this.across(first), MARGIN.top];
    const size = { width: this.across(last) - x, height: this.height - MARGIN.bottom - y };
    return svgElement("rect", { x, y, ...size, class: "choreo-predict-band" });
  }

  level(value) {
    const y = this.along(value);
    const line = { x1: MARGIN.left, x2: this.width - MARGIN.right, y1: y, y2: y };
    return [
      svgElement("line", { ...line, class: value ? "choreo-predict-grid" : "choreo-predict-base" }),
      svgElement("text", { x: MARGIN.left - 10, y: y + 5, "text-anchor": "end" }, String(value)),
    ];
  }

  column(place) {
    const x = this.across(place);
    const line = { x1: x, x2: x, y1: MARGIN.top, y2: this.height - MARGIN.bottom };
    return [
      svgElement("line", { ...line, class: "choreo-predict-column" }),
      svgElement("text", { x, y: this.height - MARGIN.bottom + 24, "text-anchor": "middle" }, String(place)),
    ];
  }

  at(event) {
    const box = this.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.width;
    const y = ((event.clientY - box.top) / box.height) * this.height;
    const share = (this.height - MARGIN.bottom - y) / (this.height - MARGIN.top - MARGIN.bottom);
    return { x, value: Math.min(1, Math.max(0, share)) * this.most };
  }

  listen() {
    const stroke = (event) => {
      const now = this.at(event);
      this.hand.stroke(this.before, now);
      this.before = now;
    };
    this.svg.addEventListener("pointerdown", (event) => {
      if (this.frozen || event.button !== 0) return;
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      stroke(event);
    });
    this.svg.addEventListener("pointermove", (event) => this.before && stroke(event));
    this.svg.addEventListener("lostpointercapture", () => {
      if (this.before) this.hand.done();
      this.before = null;
    });
  }
}

/** An axis in words, with what its ends mean. */
export function axisWords(axis, most) {
  const ends = [
    axis.low && t("0 is {words}", { words: axis.low }),
    axis.high && t("{most} is {words}", { most, words: axis.high }),
  ].filter(Boolean);
  return element(
    "p",
    { class: "choreo-predict-axis" },
    element("strong", {}, axis.label),
    axis.unit ? `, ${axis.unit}` : "",
    ends.length ? ` (${ends.join(", ")})` : "",
  );
}
