import assert from "node:assert/strict";
import { test } from "node:test";
import { lastingAt } from "../../../widgets/choreo/views/stages/race.js";
import { bytes } from "./scenes.mjs";

// Two rounds, two lanes, two problems.
const race = bytes([
  [
    [0, 51],
    [255, 0],
  ],
  [
    [255, 51],
    [0, 255],
  ],
]);

test("each problem of a lane stands where its answers stand at that moment", () => {
  assert.deepEqual(lastingAt(race, 0, 0), [0, 0.2]);
  assert.deepEqual(lastingAt(race, 0, 1), [1, 0.2]);
  assert.deepEqual(lastingAt(race, 1, 0.5), [0.5, 0.5]);
});
