import assert from "node:assert/strict";
import { test } from "node:test";
import { linesAt } from "../../../widgets/choreo/views/stages/height_lines.js";
import { roundAt, shareOf, storyOf } from "../../../widgets/choreo/views/stages/ledger.js";
import { effectiveMinds } from "../../../widgets/choreo/views/stages/minds.js";
import { moodOf, voices } from "../../../widgets/choreo/views/stages/people.js";
import { valueAt } from "../../../widgets/choreo/views/stages/scale.js";
import { stairsOf } from "../../../widgets/choreo/views/stages/voices.js";
import { bytes } from "./scenes.mjs";

const ledger = {
  frames: 3,
  cell: bytes([
    [0, 1, 0],
    [0, 0, 3],
  ]),
  slips: bytes([
    [0, 1, 0],
    [0, 0, 0],
  ]),
  kinds: [{}, {}, {}, {}],
};

test("a ledger's share is that of the round being played", () => {
  assert.deepEqual(shareOf(ledger, 0), [1, 0, 0, 0]);
  assert.deepEqual(shareOf(ledger, 1), [0.5, 0.5, 0, 0]);
  assert.deepEqual(shareOf(ledger, 2), [0.5, 0, 0, 0.5]);
});

test("where only the end of a run came, its last frame is the ledger's last round", () => {
  assert.equal(roundAt({ ...ledger, frames: 2 }, 1), 2);
  assert.equal(roundAt({ ...ledger, frames: 2 }, 0), 1);
});

test("a row tells what happened so far, and its slips", () => {
  assert.deepEqual(storyOf(ledger, 0, 1), { good: 1, slips: 0, rounds: 1 });
  assert.deepEqual(storyOf(ledger, 0, 3), { good: 2, slips: 1, rounds: 3 });
});

test("twenty who count the same are twenty minds, one who decides alone is one", () => {
  assert.ok(Math.abs(effectiveMinds(Array(20).fill(0.05)) - 20) < 1e-9);
  assert.equal(effectiveMinds([1, 0, 0]), 1);
});

test("a guess moves evenly between two rounds", () => {
  assert.equal(valueAt({ value: bytes([[10], [20]]), frames: 2 }, 0.25, 0), 12.5);
});

test("needs are a staircase on which those who begin need nobody", () => {
  assert.deepEqual(stairsOf({ need: { data: [3, -1, 2.2] }, first: { data: [1, 0, 0] } }), [0, 0, 3]);
});

test("who says what they think is glad, who says something else is worried, who is silent neither", () => {
  assert.deepEqual([moodOf(1, 1), moodOf(2, 1), moodOf(1, 0)], [1, 2, 0]);
  assert.equal(voices({ says: bytes([[0, 1, 2, 1]]) }, 0), 2);
});

test("a line of height passes between a low and a high cell where the ground does", () => {
  assert.deepEqual(linesAt([0, 1, 0, 1], 2, 2, 0.25), [[0.25, 0, 0.25, 1]]);
  assert.deepEqual(linesAt([0, 0, 0, 0], 2, 2, 0.5), []);
});
