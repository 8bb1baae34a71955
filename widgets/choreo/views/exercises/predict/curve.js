import { element, svgElement } from "../../shared/element.js";
import { t } from "../../shared/words.js";
import { axisWords, Sheet } from "./sheet.js";
import { Slider } from "./slider.js";
import { stepOf, stepped } from "./step.js";

/** Draw a curve: with a stroke over the sheet, or with a slider for each of its places. */
export class Curve {
  constructor({ face, changed }) {
    this.face = face;
    this.changed = changed;
    this.most = face.y.most ?? 100;
    const hand = { stroke: (before, now) => this.stroke(before, now), done: changed };
    this.sheet = new Sheet(face.x.values, this.most, hand, face.x.stretches);
    this.points = face.x.values.map((place) => this.makePoint(place));
    this.count = element("p", { class: "choreo-predict-count" });
    this.element = this.build();
    this.sheet.fit();
    this.draw();
    this.watch = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width < 1) return;
      this.sheet.fit(contentRect.width);
      this.draw();
    });
    this.watch.observe(this.sheet.svg.parentElement);
  }

  build() {
    const { x, y } = this.face;
    const sliders = {
      class: "choreo-predict-ranges",
      role: "group",
      "aria-label": t("{what}: one slider for each point", { what: y.label }),
    };
    const ranges = element("div", sliders, ...this.points.map((point) => point.slider.input));
    return element(
      "div",
      { class: "choreo-predict-curve" },
      axisWords(y, this.most),
      element("div", { class: "choreo-predict-stage" }, this.sheet.svg, ranges),
      element(
        "p",
        { class: "choreo-predict-axis choreo-predict-across" },
        element("span", {}, x.low ?? ""),
        element("strong", {}, x.label, x.unit ? `, ${x.unit}` : ""),
        element("span", {}, x.high ?? ""),
      ),
      this.count,
      element(
        "p",
        { class: "choreo-unseen" },
        t("With the keyboard: move from point to point with Tab, and up or down with the arrow keys."),
      ),
    );
  }

  makePoint(place) {
    const { x, y } = this.face;
    const label = t("{what} at {where} {place}", { what: y.label, where: x.label, place });
    const slider = new Slider({ min: 0, max: this.most, step: stepOf(this.most), "aria-label": label }, () => {
      this.draw();
      this.changed();
    });
    const dot = svgElement("circle", { r: 7, class: "choreo-predict-dot" });
    const words = svgElement("text", { "text-anchor": "middle", class: "choreo-predict-value" });
    this.sheet.svg.append(dot, words);
    slider.input.addEventListener("focus", () => {
      dot.dataset.focus = "yes";
    });
    slider.input.addEventListener("blur", () => delete dot.dataset.focus);
    return { place, slider, dot, words };
  }

  draw() {
    const { sheet, points, face } = this;
    const set = points.filter((point) => point.slider.value !== null);
    const line = set.map(
      ({ place, slider }, at) => `${at ? "L" : "M"}${sheet.across(place)} ${sheet.along(slider.value)}`,
    );
    sheet.path.setAttribute("d", line.join(" "));
    sheet.invite.style.display = set.length ? "none" : "";
    for (const { place, slider, dot, words } of points) {
      const value = slider.value;
      const height = sheet.along(value ?? this.most / 2);
      slider.put(value, `${value} ${face.y.unit ?? ""}`.trim());
      dot.toggleAttribute("data-unset", value === null);
      dot.setAttribute("cx", sheet.across(place));
      dot.setAttribute("cy", height);
      words.setAttribute("x", sheet.across(place));
      words.setAttribute("y", height - 14);
      words.textContent = value === null ? "" : Number(value.toPrecision(3));
    }
    this.count.textContent = this.left(points.length - set.length);
  }

  left(unset) {
    const all = this.points.length;
    if (unset === all) return t("{all} points to set.", { all });
    if (unset) return t("{unset} of {all} points still to set.", { unset, all });
    return t("All points are set. Move any of them as you like.");
  }

  /** Set the places that the hand has passed. */
  stroke(before, now) {
    const from = before ?? now;
    const { reach } = this.sheet;
    for (const { place, slider } of this.points) {
      const x = this.sheet.across(place);
      const passed = (from.x - x) * (now.x - x) <= 0 && from.x !== now.x;
      const nearest = !before && Math.abs(now.x - x) <= reach;
      if (!passed && !nearest && Math.abs(now.x - x) > reach / 3) continue;
      const share = passed ? (x - from.x) / (now.x - from.x) : 1;
      slider.put(stepped(from.value + share * (now.value - from.value), this.most), "");
    }
    this.draw();
  }

  read() {
    const missing = this.points.filter((point) => point.slider.value === null);
    if (missing.length === 0) return { answer: this.draft() };
    missing[0].slider.input.focus();
    const places = { all: this.points.length, missing: missing.length };
    if (missing.length === 1) return { missing: t("Draw through all {all} points first: one is left.", places) };
    return { missing: t("Draw through all {all} points first: {missing} are left.", places) };
  }

  draft() {
    return { curve: this.points.map((point) => point.slider.value) };
  }

  write(answer) {
    for (const [at, { slider }] of this.points.entries()) slider.put(answer.curve[at], "");
    this.draw();
  }

  freeze(locked) {
    this.sheet.frozen = locked;
    this.sheet.svg.toggleAttribute("data-locked", locked);
    for (const { slider } of this.points) slider.input.disabled = locked;
    this.count.hidden = locked;
  }

  close() {
    this.watch.disconnect();
  }
}
