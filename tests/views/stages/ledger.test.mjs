import assert from "node:assert/strict";
import { test } from "node:test";
import { shareOf, storyOf } from "../../../widgets/choreo/views/stages/ledger.js";
import { inOrder } from "../../../widgets/choreo/views/stages/ledger_earned.js";
import { rowsIn } from "../../../widgets/choreo/views/stages/ledger_rows.js";
import { bytes } from "./scenes.mjs";

const cell = { shape: [24, 100] };

test("kinds of partners stand apart, each under its name, and all fit", () => {
  const groups = [
    { name: "with their like", rows: 16 },
    { name: "with a taker", rows: 8 },
  ];
  const found = rowsIn({ cell, groups }, 300);
  assert.deepEqual(
    found.named.map(({ name }) => name),
    ["with their like", "with a taker"],
  );
  assert.ok(found.tops[16] - found.tops[15] > found.high + 10);
  assert.ok(found.tops[0] >= 0 && found.bottom <= 300 - 26);
});

test("rows of one kind follow each other without a name, and a single row is high", () => {
  const plain = rowsIn({ cell }, 300);
  assert.deepEqual(plain.named, []);
  assert.ok(plain.tops.every((top, row) => row === 0 || Math.abs(top - plain.tops[row - 1] - plain.high) < 1e-9));
  const single = rowsIn({ cell: { shape: [1, 10] } }, 180);
  const named = rowsIn({ cell: { shape: [1, 100] }, groups: [{ name: "strict", rows: 1 }] }, 300);
  assert.ok(named.bottom <= 300 - 26);
  assert.ok(single.high > 44 && single.tops[0] >= 60 && single.bottom <= 180 - 26);
});

test("months that have not come count for nothing", () => {
  const scene = { frames: 1, cell: bytes([[255]]), slips: bytes([[0]]), kinds: [{}, {}, {}, {}] };
  assert.deepEqual(shareOf(scene, 0), [0, 0, 0, 0]);
  assert.deepEqual(storyOf(scene, 0, 1), { good: 0, slips: 0, rounds: 0 });
});

test("the way that gets most comes first, and of equals the one that is named first", () => {
  const ways = [
    { label: "strict", value: 2.3 },
    { label: "giving", value: 2.9 },
    { label: "taking", value: 2.3 },
  ];
  assert.deepEqual(
    inOrder(ways).map(({ label }) => label),
    ["giving", "strict", "taking"],
  );
});
