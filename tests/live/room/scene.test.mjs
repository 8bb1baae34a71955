import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged } from "../../../widgets/choreo/live/room/cloud.js";
import { isDense } from "../../../widgets/choreo/live/room/room.js";

test("the word that most people said stands in the middle, and its area tells how many", () => {
  const words = arranged([
    ["b", 2],
    ["a", 10],
    ["d", 1],
    ["c", 5],
  ]);
  assert.deepEqual(
    words.map(({ word }) => word),
    ["d", "c", "a", "b"],
  );
  const shares = Object.fromEntries(words.map(({ word, share }) => [word, share]));
  assert.equal(shares.a, 1);
  assert.equal(shares.d, 0);
  assert.equal(shares.c, 2 / 3);
});

test("words that were said once each are all of one size", () => {
  const shares = arranged([
    ["a", 1],
    ["b", 1],
  ]).map(({ share }) => share);
  assert.deepEqual(shares, [0.3, 0.3]);
});

test("much to read stands beside the figures, not above them", () => {
  const figures = [{ data: [], says: "" }];
  assert.equal(isDense({ lines: ["x".repeat(201)], figures }), true);
  assert.equal(isDense({ lines: ["x".repeat(201)] }), false);
  assert.equal(isDense({ lines: ["x".repeat(150)], figures: [...figures, ...figures] }), true);
  assert.equal(isDense({ lines: ["x".repeat(150)], figures }), false);
});
