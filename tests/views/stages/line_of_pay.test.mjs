import assert from "node:assert/strict";
import { test } from "node:test";
import { payAt } from "../../../widgets/choreo/views/stages/line_of_pay.js";
import { bytes } from "./scenes.mjs";

const pay = bytes([
  [2, 6, 4],
  [5, 5, 5],
]);

test("the best is the best of what is seen, and pay lies between the least and the most of the line", () => {
  const found = payAt(
    {
      pay,
      sees: bytes([
        [1, 0, 1],
        [1, 1, 1],
      ]),
    },
    0,
  );
  assert.deepEqual(found.share, [0, 1, 0.5]);
  assert.equal(found.best, 2);
  assert.deepEqual(found.sees, [true, false, true]);
});

test("a line that pays the same everywhere is flat", () => {
  assert.deepEqual(
    payAt(
      {
        pay,
        sees: bytes([
          [1, 1, 1],
          [1, 1, 1],
        ]),
      },
      1,
    ).share,
    [0, 0, 0],
  );
});
