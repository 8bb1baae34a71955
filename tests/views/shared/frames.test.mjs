import assert from "node:assert/strict";
import { test } from "node:test";
import { framesAt } from "../../../widgets/choreo/views/shared/frames.js";

test("a moment lies between two frames, and is held within the run", () => {
  assert.deepEqual(framesAt(1.25, 5), { before: 1, after: 2, part: 0.25 });
  assert.deepEqual(framesAt(9, 5), { before: 3, after: 4, part: 1 });
  assert.deepEqual(framesAt(-1, 5), { before: 0, after: 1, part: 0 });
  assert.deepEqual(framesAt(0, 1), { before: 0, after: 0, part: 0 });
});
