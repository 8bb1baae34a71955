import assert from "node:assert/strict";
import { test } from "node:test";
import { dressed, roleOf, wrapped } from "../../../widgets/choreo/live/room/dress.js";

const PLACE = { token: (name) => `<${name}>`, full: 20, width: 800, height: 400 };
const drawn = (trace, layout, place = PLACE) => dressed({ data: [trace], layout }, place);

test("what people wrote is text to Plotly, but a line break stays one", () => {
  const { data } = drawn({ type: "bar", x: ["a"], y: [1], text: ["<b>B & C</b>", "two<br>lines"], name: "<i>" });
  assert.deepEqual(data[0].text, ["&lt;b>B &amp; C&lt;/b>", "two<br>lines"]);
  assert.equal(data[0].name, "&lt;i>");
});

test("a trace has the colour of its role, or of its place", () => {
  assert.equal(drawn({ meta: { role: "goal" }, x: [1], y: [1] }).data[0].line.color, "<goal>");
  assert.equal(roleOf({}, 1), "others");
  assert.equal(roleOf({ meta: { role: "danger" } }, 0), "you");
});

test("colours that are named by role become those of the theme, everywhere in a figure", () => {
  const { data, layout } = drawn(
    { marker: { color: "var(--choreo-apart)" } },
    { shapes: [{ fillcolor: "var(--choreo-goal)" }] },
  );
  assert.equal(data[0].marker.color, "<apart>");
  assert.equal(layout.shapes[0].fillcolor, "<goal>");
});

test("bars say their numbers outside, stacked ones inside, and begin at zero", () => {
  const bar = { type: "bar", x: ["a"], y: [1] };
  assert.equal(drawn(bar).data[0].textposition, "outside");
  assert.equal(drawn(bar, { barmode: "stack" }).data[0].textposition, "inside");
  assert.equal(drawn(bar).layout.yaxis.rangemode, "tozero");
  assert.equal(drawn({ x: [1], y: [1] }).layout.yaxis.rangemode, undefined);
});

test("type gets smaller in little room, and never too small to read", () => {
  assert.equal(drawn({}, {}, PLACE).layout.font.size, 20);
  assert.equal(drawn({}, {}, { ...PLACE, height: 160 }).layout.font.size, 16);
  assert.equal(drawn({}, {}, { ...PLACE, height: 40 }).layout.font.size, 12);
});

test("long names under an axis stand in lines, numbers and days do not", () => {
  const names = drawn(
    { type: "bar", x: ["A very long name of an option", "B"], y: [1, 2] },
    {},
    { ...PLACE, width: 300 },
  );
  assert.equal(names.layout.xaxis.type, "category");
  assert.match(names.layout.xaxis.ticktext[0], /^A very long name<br>/);
  assert.equal(drawn({ x: ["2026-01-02", "2026-01-03"], y: [1, 2] }).layout.xaxis.ticktext, undefined);
});

test("names beside bars are wider where their lines would reach into the next one's", () => {
  const name = "An hour a week to learn from each other (11 people)";
  const lines = (bars, height) => {
    const y = Array.from({ length: bars }, (_, index) => `${name} ${index}`);
    const { layout } = drawn(
      { type: "bar", orientation: "h", y, x: y.map(() => 1) },
      { yaxis: { type: "category" } },
      { ...PLACE, height },
    );
    return layout.yaxis.ticktext[0].split("<br>").length;
  };
  assert.deepEqual([lines(2, 400), lines(4, 300), lines(8, 400)], [3, 2, 2]);
});

test("a logarithmic axis has ticks at 1, 2 and 5", () => {
  const { tickvals } = drawn({}, { xaxis: { type: "log" } }).layout.xaxis;
  assert.deepEqual(tickvals.slice(6, 10), [1, 2, 5, 10]);
});

test("a name breaks between words only", () => {
  assert.equal(wrapped("one two three", 8), "one two<br>three");
  assert.equal(wrapped("Donaudampfschiff", 4), "Donaudampfschiff");
});
