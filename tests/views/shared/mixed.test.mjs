import assert from "node:assert/strict";
import { test } from "node:test";
import { shuffled } from "../../../widgets/choreo/views/shared/mixed.js";

const LIST = ["a", "b", "c", "d"];

test("the same seed gives the same order, and nothing is lost", () => {
  assert.deepEqual(shuffled(LIST, "x"), shuffled(LIST, "x"));
  assert.deepEqual(shuffled(LIST, "x").sort(), LIST);
  assert.deepEqual(LIST, ["a", "b", "c", "d"]);
});

test("every option stands in every place about as often", () => {
  const count = Object.fromEntries(LIST.map((name) => [name, [0, 0, 0, 0]]));
  for (let seed = 0; seed < 4000; seed += 1)
    shuffled(LIST, `k3x9/all-green/${seed}`).forEach((name, at) => {
      count[name][at] += 1;
    });
  for (const places of Object.values(count))
    for (const times of places) assert.ok(Math.abs(times - 1000) < 130, `${times}`); // some four standard deviations
});
