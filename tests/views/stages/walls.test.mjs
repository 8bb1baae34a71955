import assert from "node:assert/strict";
import { test } from "node:test";
import { gridOf } from "../../../widgets/choreo/views/stages/territory_map.js";
import { copiesOf, culturesOf, inCommon, neighboursOf, tallyOf } from "../../../widgets/choreo/views/stages/walls.js";
import { bytes } from "./scenes.mjs";

const row = { ties: { data: [0, 1, 1, 2] }, rows: 1, columns: 3 };
const scene = {
  ...row,
  frames: 2,
  traits: bytes([
    [
      [1, 2],
      [1, 3],
      [4, 5],
    ],
    [
      [1, 2],
      [1, 2],
      [4, 5],
    ],
  ]),
};

test("a wall is thin with something in common, gone between those who are alike, else solid", () => {
  assert.equal(inCommon(scene, 0, 0, 1), 1);
  assert.deepEqual(tallyOf(scene, 0), { solid: 1, thin: 1, gone: 0 });
  assert.deepEqual(tallyOf(scene, 1), { solid: 1, thin: 0, gone: 1 });
});

test("cultures are areas of neighbours who agree on everything", () => {
  assert.equal(culturesOf(scene, 0), 3);
  assert.equal(culturesOf(scene, 1), 2);
});

test("what was copied came from a neighbour who had it", () => {
  assert.deepEqual(copiesOf(scene, neighboursOf(scene), 0, 1), [{ site: 1, topic: 1, value: 2, from: 0 }]);
});

test("marks are as large as a tile allows", () => {
  assert.deepEqual([gridOf(5, 85, 45).across, gridOf(5, 85, 45).down], [3, 2]);
  assert.deepEqual([gridOf(12, 24, 24).across, gridOf(12, 24, 24).down], [3, 4]);
});
