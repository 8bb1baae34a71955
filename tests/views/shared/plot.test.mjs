import assert from "node:assert/strict";
import { test } from "node:test";
import { dashes, moves, way } from "../../../widgets/choreo/views/shared/moving_lines.js";
import { dressed } from "../../../widgets/choreo/views/shared/plot_figure.js";

const token = (name) => ({ goal: "green", ui: "serif" })[name] ?? "";
const twice = (value) => 2 * value;

test("colours of the theme are those of the page, everywhere in a figure; an unknown one is grey", () => {
  const figure = {
    data: [{ line: { color: "var(--choreo-goal)" }, marker: { color: ["var(--choreo-goal)", "red"] }, y: [1, 2] }],
    layout: { shapes: [{ fillcolor: "var(--choreo-nothing)" }] },
  };
  const { data, layout } = dressed(figure, token);
  assert.deepEqual(data, [{ line: { color: "green" }, marker: { color: ["green", "red"] }, y: [1, 2] }]);
  assert.equal(layout.shapes[0].fillcolor, "#808080");
});

test("a trace that names a role has its colour, one that names none keeps what Plotly gives it", () => {
  const data = [{ meta: { role: "goal" }, line: { dash: "dot" } }, { type: "bar", meta: { role: "goal" } }, { y: [1] }];
  assert.deepEqual(dressed({ data }, token).data, [
    { marker: { color: "green" }, line: { color: "green", dash: "dot" } },
    { type: "bar", marker: { color: "green" } },
    { y: [1] },
  ]);
});

test("a figure's own layout goes before the theme's", () => {
  const { layout } = dressed({ layout: { font: { size: 20 }, xaxis: { fixedrange: false } } }, token);
  assert.deepEqual([layout.font.size, layout.font.family, layout.xaxis.fixedrange], [20, "serif", false]);
  assert.equal(layout.yaxis.fixedrange, true);
  assert.equal("title" in layout.xaxis, false);
});

test("numbers are left as they came, whatever holds them", () => {
  const bytes = new Float32Array([1, 2]);
  assert.equal(dressed({ data: [{ y: bytes }] }, token).data[0].y, bytes);
});

test("a line moves when only its values are others", () => {
  const line = { mode: "lines", name: "all", y: [1, 2] };
  assert.equal(moves({ ...line, y: [3] }, line), true);
  assert.equal(moves({ ...line, line: { dash: "dot" } }, line), false);
  assert.equal(moves({ ...line, fill: "tozeroy" }, line), false);
  assert.equal(moves({ ...line, mode: "markers" }, line), false);
  assert.equal(moves(line, undefined), false);
});

test("a line has a gap where a value is missing", () => {
  assert.equal(way({ y: [1, null, 3, 4] }, twice, twice), "M0.0 2.0M4.0 6.0L6.0 8.0");
  assert.equal(way({ x: [5, 6], y: [0, 1] }, twice, twice), "M10.0 0.0L12.0 2.0");
  assert.equal(way({ x0: 1, dx: 0.5, y: [0, 1] }, twice, twice), "M2.0 0.0L3.0 2.0");
});

test("dashes grow with the line, dots too", () => {
  assert.equal(dashes({ width: 5, dash: "dash" }), "15 15");
  assert.equal(dashes({ dash: "dot" }), "3 3");
  assert.equal(dashes({}), "");
});
