import assert from "node:assert/strict";
import { test } from "node:test";
import { disc } from "../../../widgets/choreo/views/shared/figure.js";

test("a disc that has no room is not drawn, where a canvas would raise", () => {
  const drawn = [];
  const pen = { beginPath() {}, fill() {}, arc: (...given) => drawn.push(given) };
  for (const r of [-0.02, 0, 3]) disc(pen, 1, 2, r);
  assert.deepEqual(drawn, [[1, 2, 3, 0, 7]]);
});
