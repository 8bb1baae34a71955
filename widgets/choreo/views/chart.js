import { element, svgElement, uid } from "./shared/element.js";
import { fillKey } from "./shared/key.js";
import { numbersTable } from "./shared/numbers.js";
import { Plot } from "./shared/plot.js";
import { t } from "./shared/words.js";

/**
 * @typedef {{figure: object, alt: string, title: string, numbers: object, height: number}} Charted what a chart shows
 */

/**
 * A chart in `el`: a title, a key, the figure, and its numbers. `read()` gives what it shows, `model` finds Plotly.
 *
 * `show()` takes news; `follow(x)` lets the lines grow up to x, as the run gets there.
 */
export function chartIn(model, el, read) {
  const title = element("h3", { class: "choreo-chart-title", id: uid() });
  const key = element("ul", { class: "choreo-key choreo-chart-key", "aria-hidden": "true" });
  const box = element("div", { class: "choreo-plot-box", role: "img" });
  const frame = element("div", { class: "choreo-chart-frame" }, box);
  const numbers = numbersTable(t("The same in numbers"));
  const cursor = growing(box, frame);
  el.classList.add("choreo-chart");
  el.append(title, key, frame, numbers.el);
  const plot = new Plot(model, box, () => read().figure, cursor.place);

  const describe = () => {
    const shown = read();
    title.textContent = shown.title ?? "";
    title.hidden = !shown.title;
    box.setAttribute("aria-label", shown.alt || shown.title || t("Chart"));
    if (shown.height) frame.style.minHeight = `${shown.height}px`;
    fillKey(key, shown.figure ?? {});
    numbers.fill(shown.numbers);
  };
  describe();
  return {
    describe,
    show() {
      describe();
      plot.draw();
    },
    follow: cursor.follow,
    stop: () => plot.stop(),
  };
}

/** Lines that are drawn up to where the run is; levels (a goal, a prediction: two points) are there from the start. */
function growing(box, frame) {
  const clip = svgElement("rect", { x: 0, y: -8 });
  const path = svgElement("clipPath", { id: uid() }, clip);
  const hand = element("div", { class: "choreo-chart-hand", hidden: true });
  frame.append(hand);
  let at = null;
  let dressed = "";
  const dress = (layout) => {
    const holder = box.querySelector("svg.main-svg");
    if (!holder) return;
    holder.append(path);
    const { _length: width, _offset: left } = layout.xaxis;
    const { _length: height, _offset: top } = layout.yaxis;
    dressed = `${left} ${width} ${top} ${height}`;
    clip.setAttribute("height", height + 16);
    hand.style.top = `${top}px`;
    hand.style.height = `${height}px`;
    const traces = box.querySelectorAll(".scatterlayer .trace");
    box.data.forEach((trace, k) => {
      if (isLine(trace)) traces[k]?.setAttribute("clip-path", `url(#${path.id})`);
    });
  };
  const place = () => {
    const layout = box._fullLayout;
    const x = layout?.xaxis;
    if (!x?.d2p || !layout.yaxis) return;
    dress(layout);
    move();
  };
  const move = () => {
    const layout = box._fullLayout;
    if (!dressed || !layout?.xaxis?.d2p) return;
    const { _length: width, _offset: left } = layout.xaxis;
    const to = at === null ? width : Math.min(width, Math.max(0, layout.xaxis.d2p(at)));
    clip.setAttribute("width", to >= width ? width + 8 : to);
    hand.hidden = at === null || to >= width;
    hand.style.transform = `translateX(${left + to}px)`;
  };
  return {
    place,
    follow(x) {
      at = x;
      move();
    },
  };
}

function isLine({ type = "scatter", mode = "lines", x, y }) {
  return type === "scatter" && mode.includes("lines") && (x ?? y ?? []).length > 2;
}

function render({ model, el }) {
  const chart = chartIn(model, el, () =>
    Object.fromEntries(["figure", "title", "alt", "numbers", "height"].map((name) => [name, model.get(name)])),
  );
  const follow = (event) => chart.follow(event.detail.time);
  el.addEventListener("choreo:cursor", follow);
  model.on("change:figure", chart.show);
  model.on("change:numbers change:alt change:title change:height", chart.describe);
  return () => {
    chart.stop();
    el.removeEventListener("choreo:cursor", follow);
    model.off("change:figure", chart.show);
    model.off("change:numbers change:alt change:title change:height", chart.describe);
  };
}

export default { render };
