import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../../widgets/choreo/live/activities/ten_dots/dots.js";

test("dots move one by one, and never past none or all", () => {
  assert.deepEqual(moved([3, 0, 7], 0, 1, 10), [3, 0, 7]);
  assert.deepEqual(moved([3, 0, 6], 1, 1, 10), [3, 1, 6]);
  assert.deepEqual(moved([3, 0, 6], 1, -1, 10), [3, 0, 6]);
});

test("one key gives all that are left, another takes all back", () => {
  assert.deepEqual(moved([3, 0, 2], 1, Infinity, 10), [3, 5, 2]);
  assert.deepEqual(moved([3, 5, 2], 1, -Infinity, 10), [3, 0, 2]);
});
