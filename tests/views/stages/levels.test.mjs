import assert from "node:assert/strict";
import { test } from "node:test";
import { byLevel, levelAt } from "../../../widgets/choreo/views/stages/levels.js";
import { bytes } from "./scenes.mjs";

// Three people, who expect less and less.
const scene = {
  frames: 2,
  line: 75,
  level: bytes([
    [90, 60, 80],
    [50, 20, 40],
  ]),
};

test("between two rounds what somebody expects lies between", () => {
  assert.equal(levelAt(scene, 1, { before: 0, after: 1, part: 0 }), 60);
  assert.equal(levelAt(scene, 1, { before: 0, after: 1, part: 0.5 }), 40);
  assert.equal(levelAt(scene, 1, { before: 0, after: 1, part: 1 }), 20);
});

test("in a row they stand from the one who expected least at first", () => {
  assert.deepEqual(byLevel(scene), [1, 2, 0]);
});
