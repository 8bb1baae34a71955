// The key to a chart: what its colours and dashes stand for. For lessons, the projector, replay and report.

import { element } from "./element.js";
import { colourOf, namedRole } from "./roles.js";

/** @typedef {{ data?: any[] }} Figure as Plotly takes it */

/** The traces that a key explains. @param {Figure} figure */
export function named({ data = [] }) {
  return data.filter((trace) => trace.name && trace.showlegend !== false);
}

/** The colour of a trace as a style says it: its role's, or its own. */
export function keyColour(trace) {
  const role = namedRole(trace);
  return role ? colourOf(role) : (trace.line?.color ?? [trace.marker?.color].flat()[0] ?? "");
}

/** The classes of a trace's mark: its shape, its dashes. */
export function markOf(trace) {
  const dash = trace.line?.dash ?? "solid";
  const { type = "scatter", mode = type === "scatter" ? "lines" : type } = trace;
  const found = ["choreo-key-mark"];
  if (mode.includes("lines")) {
    found.push("choreo-key-line");
    if (dash !== "solid") found.push(`choreo-key-${dash.includes("dash") ? "dash" : "dot"}`);
  } else if (mode === "markers") found.push("choreo-key-point");
  return found.join(" ");
}

/**
 * Show in `list` what the figure's traces are called, unless it does so already.
 *
 * @param {HTMLElement} list @param {Figure} figure
 * @param {(trace: any, index: number) => string} [colour] of a trace, which is the index-th that has a name
 */
export function fillKey(list, figure, colour = keyColour) {
  const shown = named(figure).map((trace, index) => [
    trace.name,
    markOf(trace),
    colour(trace, index),
    trace.line?.width ?? 3,
  ]);
  const now = JSON.stringify(shown);
  if (now === list.dataset.shown) return;
  list.dataset.shown = now;
  list.replaceChildren(
    ...shown.map(([name, look, ink, width]) => {
      const mark = element("span", { class: look });
      mark.style.color = ink;
      mark.style.setProperty("--choreo-key-width", `${Math.max(2, width)}px`);
      return element("li", { dir: "auto" }, mark, name);
    }),
  );
}
