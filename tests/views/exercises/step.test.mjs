import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf, stepped } from "../../../widgets/choreo/views/exercises/predict/step.js";

test("what people count moves by whole things", () => {
  assert.equal(stepOf(64), 1);
  assert.equal(stepOf(100), 1);
  assert.equal(stepOf(200), 1);
  assert.equal(stepped(31.36, 64), 31);
  assert.equal(stepped(63.7, 64), 64);
});

test("a short or a broken scale keeps its hundred steps", () => {
  assert.equal(stepOf(5), 0.05);
  assert.equal(stepOf(1), 0.01);
  assert.equal(stepped(0.333333, 1), 0.33);
  assert.equal(stepped(12.34, 62.5), 12.5);
});
