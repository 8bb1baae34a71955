import { svgElement } from "./element.js";

const PATHS = {
  right: "M3.5 8.5 6.7 11.7 12.5 4.6",
  apart: "M3.5 8h9M9 4.5 12.5 8 9 11.5",
  lock: "M4.5 7.2h7v5.6h-7zM5.8 7V5.4a2.2 2.2 0 0 1 4.4 0V7",
  idea: "M8 2.6a3.7 3.7 0 0 1 2 6.8v1.5H6V9.4a3.7 3.7 0 0 1 2-6.8zM6.4 13.3h3.2",
  up: "M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2",
  down: "M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2",
  open: "M3.8 6 8 10.2 12.2 6",
  grip: "M5.5 4h.01M10.5 4h.01M5.5 8h.01M10.5 8h.01M5.5 12h.01M10.5 12h.01",
};

/** A small drawn sign, hidden from screen readers; the words beside it say the same. */
export function sign(name) {
  return svgElement(
    "svg",
    { viewBox: "0 0 16 16", "aria-hidden": "true", class: "choreo-sign" },
    svgElement("path", { d: PATHS[name] }),
  );
}
