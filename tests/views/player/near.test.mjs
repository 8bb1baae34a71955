import assert from "node:assert/strict";
import { test } from "node:test";
import { bubblePlace, middleSpot, nextSpot, spotAt } from "../../../widgets/choreo/views/player/near.js";

const spot = (id, x, y) => ({ id, x, y, r: 10 });
const grid = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => spot(row * 3 + column, column * 50, row * 50)));

test("arrow keys go to the neighbour in that direction, and stay at the edge", () => {
  assert.equal(nextSpot(grid, grid[4], "ArrowRight").id, 5);
  assert.equal(nextSpot(grid, grid[4], "ArrowUp").id, 1);
  assert.equal(nextSpot(grid, grid[4], "ArrowDown").id, 7);
  assert.equal(nextSpot(grid, grid[4], "ArrowLeft").id, 3);
  assert.equal(nextSpot(grid, grid[5], "ArrowRight").id, 5);
});

test("everybody on a crooked stage can be reached by arrow keys", () => {
  const crowd = Array.from({ length: 40 }, (_, k) => spot(k, (k * 137) % 400, (k * 89) % 300));
  const met = new Set([0]);
  const open = [crowd[0]];
  while (open.length) {
    const from = open.pop();
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      const next = nextSpot(crowd, from, key);
      if (!met.has(next.id)) open.push(next);
      met.add(next.id);
    }
  }
  assert.equal(met.size, crowd.length);
});

test("a finger touches what is close, a mouse what it is on", () => {
  assert.equal(spotAt(grid, 52, 51).id, 4);
  assert.equal(spotAt(grid, 66, 50), null);
  assert.equal(spotAt(grid, 66, 50, true).id, 4);
  assert.equal(middleSpot(grid, 100, 100).id, 4);
  assert.equal(middleSpot([], 100, 100), null);
});

test("a row is touched anywhere along it", () => {
  const rows = [0, 1].map((id) => ({ ...spot(id, 100, id * 20), wide: 90 }));
  assert.equal(spotAt(rows, 15, 2).id, 0);
  assert.equal(spotAt(rows, 185, 18).id, 1);
  assert.equal(spotAt(rows, 215, 0), null);
});

test("a bubble stays on the stage", () => {
  const stage = { width: 300, height: 200 };
  const bubble = { width: 120, height: 60 };
  assert.deepEqual(bubblePlace(spot(0, 150, 150), bubble, stage), { left: 90, top: 72, below: false });
  assert.deepEqual(bubblePlace(spot(0, 5, 20), bubble, stage), { left: 0, top: 38, below: true });
  assert.deepEqual(bubblePlace(spot(0, 299, 190), bubble, stage).left, 180);
});
