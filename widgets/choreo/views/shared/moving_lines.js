// Lines on the move: drawn over Plotly's axes in a tenth of its time, while one figure follows another. The bench's
// line "control moved -> the chart's new lines are drawn" is what they are for.

import { svgElement } from "./element.js";

// A line that names a role has a marker's colour, too, and no markers.
const KEYS = new Set("type mode name line marker x x0 dx y hovertemplate hoverinfo showlegend".split(" "));

/** Whether `trace` is what `before` was, but for where its line runs. */
export function moves(trace, before) {
  const look = ({ type, mode, name, line }) => JSON.stringify([type, mode, name, line]);
  if (!before || trace.mode !== "lines") return false;
  return Object.keys(trace).every((key) => KEYS.has(key)) && look(trace) === look(before);
}

/** The way of a trace's line; a gap where there is no value. `across` and `up` say at which px a value stands. */
export function way({ x = null, x0 = 0, dx = 1, y }, across, up) {
  let [path, pen] = ["", "M"];
  for (const [k, value] of y.entries()) {
    if (value === null) {
      pen = "M";
      continue;
    }
    path += `${pen}${across(x?.[k] ?? x0 + k * dx).toFixed(1)} ${up(value).toFixed(1)}`;
    pen = "L";
  }
  return path;
}

/** The lengths of a line's dashes and gaps. */
export function dashes({ width = 2, dash = "solid" }) {
  const parts = { dot: [1, 1], dash: [3, 3] }[dash] ?? [];
  return parts.map((part) => part * Math.max(width, 3)).join(" ");
}

export class MovingLines {
  /** @param {any} box where Plotly draws */
  constructor(box) {
    this.box = box;
    this.picture = svgElement("svg", { class: "choreo-plot-lines", "aria-hidden": "true" });
  }

  /** Draw them if they are the only news since Plotly has drawn; whether they were. */
  draw(data) {
    const { box, picture } = this;
    const before = box.data ?? [];
    if (!data.length || data.length !== before.length || !data.every((trace, k) => moves(trace, before[k])))
      return false;
    const { xaxis, yaxis } = box._fullLayout;
    if (xaxis.autorange || yaxis.autorange) return false; // the axes will move, too
    picture.style.inset = `${yaxis._offset}px auto auto ${xaxis._offset}px`;
    picture.setAttribute("width", xaxis._length);
    picture.setAttribute("height", yaxis._length);
    while (picture.children.length > data.length) picture.lastChild.remove();
    while (picture.children.length < data.length) picture.append(svgElement("path"));
    for (const [k, trace] of data.entries()) {
      const line = picture.children[k];
      line.setAttribute(
        "d",
        way(
          trace,
          (value) => xaxis.d2p(value),
          (value) => yaxis.d2p(value),
        ),
      );
      line.setAttribute("stroke", trace.line?.color ?? "currentColor");
      line.setAttribute("stroke-width", trace.line?.width ?? 2);
      line.setAttribute("stroke-dasharray", dashes(trace.line ?? {}));
    }
    if (!picture.isConnected) box.append(picture);
    box.setAttribute("data-moving", "");
    return true;
  }

  /** Plotly has them. */
  rest() {
    this.box.removeAttribute("data-moving");
    this.picture.remove();
  }
}
