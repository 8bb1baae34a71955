import assert from "node:assert/strict";
import { test } from "node:test";
import { keyColour, markOf, named } from "../../../widgets/choreo/views/shared/key.js";

test("a key explains what has a name and is not left out", () => {
  assert.deepEqual(named({ data: [{ name: "a" }, { name: "b", showlegend: false }, {}] }), [{ name: "a" }]);
});

test("a mark in the key has the shape of what it stands for", () => {
  assert.equal(markOf({ mode: "lines", line: { dash: "dot" } }), "choreo-key-mark choreo-key-line choreo-key-dot");
  assert.equal(markOf({}), "choreo-key-mark choreo-key-line");
  assert.equal(markOf({ mode: "markers" }), "choreo-key-mark choreo-key-point");
  assert.equal(markOf({ type: "bar" }), "choreo-key-mark");
});

test("a mark has the colour of its role, or one of its own", () => {
  assert.equal(keyColour({ meta: { role: "goal" } }), "var(--choreo-goal)");
  assert.equal(keyColour({ marker: { color: ["red", "blue"] } }), "red");
});
