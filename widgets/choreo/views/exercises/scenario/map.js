import { element, svgElement } from "../../shared/element.js";
import { t } from "../../shared/words.js";

const LETTERS = "ABCDEFGHIJKL";
const [GAP, EDGE] = [84, 30]; // pixels between two rows, and around all

/** The name of a place on the map: moments have numbers, endings letters. */
function nameOf(place, places) {
  return place.ending ? LETTERS[place.at - places.filter((one) => !one.ending).length] : String(place.at + 1);
}

/** The ways from above to below: a moment is a circle, an ending a square; full lines were walked. */
export function picture({ places, ways }) {
  const rows = Math.max(...places.map((place) => place.depth)) + 1;
  const layers = Array.from({ length: rows }, (_, depth) => places.filter((place) => place.depth === depth));
  const width = Math.max(300, Math.max(...layers.map((layer) => layer.length)) * 58);
  const spots = new Map();
  for (const layer of layers) {
    for (const [at, place] of layer.entries())
      spots.set(place.at, { x: (width * (at + 0.5)) / layer.length, y: EDGE + place.depth * GAP });
  }
  const onWay = new Set(ways.filter((way) => way.now).flatMap((way) => [way.from, way.to]));
  return svgElement(
    "svg",
    {
      class: "choreo-scenario-map",
      viewBox: `0 0 ${width} ${EDGE * 2 + (rows - 1) * GAP}`,
      style: `max-width:${width * 1.15}px`,
      "aria-hidden": "true",
    },
    ...lines(ways, spots),
    ...places.map((place) => mark(place, spots.get(place.at), nameOf(place, places), onWay.has(place.at))),
  );
}

/** The ways as lines; two between the same places stand apart, and those of this time lie on top. */
function lines(ways, spots) {
  const twins = new Map();
  const drawn = ways.map((way) => {
    const [a, b] = [spots.get(way.from), spots.get(way.to)];
    const key = `${way.from}-${way.to}`;
    const twin = twins.get(key) ?? 0;
    twins.set(key, twin + 1);
    const bow = twin * 34 + (b.y - a.y > GAP * 1.5 && Math.abs(a.x - b.x) < 20 ? 40 : 0);
    const middle = (a.y + b.y) / 2;
    const d = `M${a.x} ${a.y}C${a.x + bow} ${middle} ${b.x + bow} ${middle} ${b.x} ${b.y}`;
    return svgElement("path", { d, class: "choreo-scenario-line", "data-walked": way.walked, "data-now": way.now });
  });
  return drawn.sort((a, b) => a.hasAttribute("data-now") - b.hasAttribute("data-now"));
}

function mark(place, { x, y }, name, now) {
  const shape = place.ending
    ? svgElement("rect", { x: x - 15, y: y - 15, width: 30, height: 30, rx: 6 })
    : svgElement("circle", { cx: x, cy: y, r: 15 });
  const look = { class: "choreo-scenario-place", "data-seen": place.seen, "data-now": now };
  return svgElement("g", look, shape, svgElement("text", { x, y: y + 5, "text-anchor": "middle" }, name));
}

/** The same map in words: every moment with its choices, and where each leads as far as it was walked. */
export function list(map) {
  const moments = map.places.filter((place) => !place.ending);
  const rows = moments.filter((place) => place.seen).map((place) => momentWords(place, map));
  const unseen = moments.length - rows.length;
  if (unseen === 1) rows.push(element("li", {}, t("One moment that you have not come to.")));
  if (unseen > 1) rows.push(element("li", {}, t("{unseen} moments that you have not come to.", { unseen })));
  const ends = map.places.filter((place) => place.ending).map((place) => endWords(place, map));
  return [
    element("ul", { class: "choreo-scenario-ends", "aria-label": t("Endings") }, ...ends),
    element(
      "details",
      { class: "choreo-scenario-ways" },
      element("summary", {}, t("The map in words")),
      element("ol", {}, ...rows),
    ),
  ];
}

function momentWords(place, { places, ways }) {
  const choices = ways
    .filter((way) => way.from === place.at)
    .map((way) =>
      element(
        "li",
        { "data-walked": way.walked },
        element("span", { html: way.text }),
        element("span", { class: "choreo-scenario-where" }, ` – ${leads(way, places)}`),
      ),
    );
  const name = t("Moment {name}", { name: nameOf(place, places) });
  return element("li", {}, element("strong", {}, name), element("ul", {}, ...choices));
}

function leads(way, places) {
  if (!way.walked) return t("not tried yet");
  const to = places.find((one) => one.at === way.to);
  const name = nameOf(to, places);
  if (to.ending)
    return way.now ? t("leads to ending {name} (this time)", { name }) : t("leads to ending {name}", { name });
  return way.now ? t("leads to moment {name} (this time)", { name }) : t("leads to moment {name}", { name });
}

function endWords(place, { places, ways }) {
  const name = nameOf(place, places);
  const here = ways.some((way) => way.to === place.at && way.now);
  return element(
    "li",
    { "data-seen": place.seen },
    element("span", { class: "choreo-scenario-letter", "aria-hidden": "true" }, name),
    element(
      "span",
      {},
      element("span", { class: "choreo-unseen" }, `${t("Ending {name}:", { name })} `),
      place.seen ? place.title : t("not seen yet"),
      here ? element("em", {}, ` – ${t("you are here")}`) : null,
    ),
  );
}
