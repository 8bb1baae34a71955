import { element, svgElement } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** A name in short rows, so that it fits beside the circle. */
function shortRows(name) {
  const rows = [];
  for (const word of name.split(/\s+/)) {
    if (rows.length && rows.at(-1).length + word.length < 13) rows[rows.length - 1] += ` ${word}`;
    else rows.push(word);
  }
  return rows;
}

const [WIDTH, REACH] = [460, 128]; // of the picture, and from its middle to its rim
const [LEFT, TOP] = [WIDTH / 2, REACH + 62]; // its middle

/** Dimensions round a circle; the first time is dashed, the newest filled. */
export function radar({ points, dimensions, again }) {
  const many = dimensions.length;
  const lowest = Math.max(...dimensions.map((_, at) => -Math.cos((2 * Math.PI * at) / many)));
  /** @returns {[number, number]} */
  const spot = (at, value) => {
    const angle = (2 * Math.PI * at) / many - Math.PI / 2;
    const far = (REACH * (value - 0.5)) / (points - 0.5); // the least mark is not nothing
    return [LEFT + far * Math.cos(angle), TOP + far * Math.sin(angle)];
  };
  const first = dimensions.map((one) => one.first ?? 1);
  const now = dimensions.map((one) => one.now);
  return svgElement(
    "svg",
    {
      class: "choreo-profile-radar",
      viewBox: `0 0 ${WIDTH} ${Math.round(TOP + lowest * REACH + 62)}`,
      "aria-hidden": "true",
    },
    ...Array.from({ length: points }, (_, at) => ring(at + 1, points, many, spot)),
    ...dimensions.flatMap((dimension, at) => spoke(dimension.text, spot(at, points))),
    ...(again ? trace("first", first, spot) : []),
    ...trace("now", now, spot),
  );
}

function outline(values, spot) {
  const corners = values.map((value, at) => spot(at, value).map((part) => part.toFixed(1)));
  return `M${corners.map((corner) => corner.join(" ")).join("L")}Z`;
}

function ring(level, points, many, spot) {
  const d = outline(Array(many).fill(level), spot);
  return svgElement("path", { d, class: level === points ? "choreo-profile-rim" : "choreo-profile-ring" });
}

/** A line from the middle to the rim, and the dimension's name beside its end. */
function spoke(text, [x, y]) {
  const [far, high] = [LEFT + ((x - LEFT) * (REACH + 20)) / REACH, TOP + ((y - TOP) * (REACH + 20)) / REACH];
  const anchor = Math.abs(far - LEFT) < 12 ? "middle" : far > LEFT ? "start" : "end";
  const rows = shortRows(element("span", { html: text }).textContent);
  const rise = high < TOP - 60 ? rows.length - 1 : high > TOP + 60 ? 0 : (rows.length - 1) / 2;
  const spans = rows.map((row, number) =>
    svgElement("tspan", { x: far.toFixed(1), y: (high + 5 + (number - rise) * 18).toFixed(1) }, row),
  );
  return [
    svgElement("line", { x1: LEFT, y1: TOP, x2: x, y2: y, class: "choreo-profile-ring" }),
    svgElement("text", { "text-anchor": anchor }, ...spans),
  ];
}

/** The values of one time: an outline, and a dot for each. */
function trace(which, values, spot) {
  const dots = values.map((value, at) => {
    const [cx, cy] = spot(at, value).map((part) => part.toFixed(1));
    return svgElement("circle", { cx, cy, r: which === "now" ? 5 : 3.5, class: `choreo-profile-dot-${which}` });
  });
  return [svgElement("path", { d: outline(values, spot), class: `choreo-profile-${which}` }), ...dots];
}

/** The same in figures, and what each dimension means. */
export function table({ points, dimensions, again }) {
  const figure = (value) => (value === null ? "–" : (Math.round(value * 10) / 10).toFixed(1));
  const change = ({ now, first }) => {
    if (first === null) return "–";
    const step = Math.round((now - first) * 10) / 10;
    return step === 0 ? t("the same") : `${step > 0 ? "+" : "−"}${Math.abs(step).toFixed(1)}`;
  };
  const head = ["", ...(again ? [t("First time"), t("Now"), t("Change")] : [t("Of {points}", { points })])];
  return element(
    "table",
    { class: "choreo-profile-table" },
    element("caption", { class: "choreo-unseen" }, t("Your profile in figures, from 1 to {points}", { points })),
    element(
      "thead",
      {},
      element("tr", {}, ...head.map((words) => element(words ? "th" : "td", words ? { scope: "col" } : {}, words))),
    ),
    element(
      "tbody",
      {},
      ...dimensions.map((one) =>
        element(
          "tr",
          {},
          element(
            "th",
            { scope: "row" },
            element("span", { class: "choreo-profile-name", html: one.text }),
            element("span", { class: "choreo-profile-about", html: one.about.text }),
          ),
          ...(again ? [figure(one.first), figure(one.now), change(one)] : [figure(one.now)]).map((words) =>
            element("td", {}, words),
          ),
        ),
      ),
    ),
  );
}
