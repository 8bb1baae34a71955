// One's own result while the room looks at what came of it: a few sentences, and where one was on the map.

import { element, svgElement } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";

const SIDE = 10; // of a place on the map
const KINDS = { "@": "me", "=": "like", ".": "others" };

/** @typedef {{ lines?: string[], map?: string[], says?: string }} Result as live/result.py describes it */

/** @param {Result} result */
export default function result({ lines = [], map = [], says = "" }) {
  return element(
    "section",
    { class: "choreo-own" },
    element("h2", {}, t("Only on this phone")),
    map.length ? drawn(map, says) : "",
    ...lines.map((line) => element("p", { dir: "auto" }, line)),
  );
}

/** The places of a map, each with its kind. @param {string[]} map */
export function places(map) {
  return map.flatMap((row, y) =>
    [...row].flatMap((sign, x) => (KINDS[sign] ? [{ x: x * SIDE, y: y * SIDE, kind: KINDS[sign] }] : [])),
  );
}

function drawn(map, says) {
  const wide = Math.max(...map.map((row) => row.length)) * SIDE;
  const look = { class: "choreo-own-map", viewBox: `-2 -2 ${wide + 3} ${map.length * SIDE + 3}`, role: "img" };
  const squares = places(map).map(({ x, y, kind }) =>
    svgElement("rect", { x, y, width: SIDE - 1, height: SIDE - 1, class: `choreo-own-${kind}` }),
  );
  return svgElement("svg", { ...look, "aria-label": says }, ...squares);
}
