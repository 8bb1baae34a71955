import assert from "node:assert/strict";
import { test } from "node:test";

import { freelyAt, heartsIn, roundOf, togetherAt, told } from "../../../widgets/choreo/views/stages/pot.js";

// Three rounds, three people: one who always gives, one who turns in the second round, one who only counts.
const pot = {
  frames: 3,
  gift: { data: Uint8Array.of(100, 60, 0, 100, 0, 0, 100, 100, 100), shape: [3, 3] },
  own: { data: Uint8Array.of(1, 1, 0, 1, 0, 0, 1, 0, 0), shape: [3, 3] },
  follows: { data: Uint8Array.of(0, 1, 0) },
  charged: { data: Uint8Array.of(0, 1, 1) },
};

test("what all bring, and what of it comes from hearts", () => {
  assert.equal(Math.round(togetherAt(pot, 0)), 53);
  assert.equal(freelyAt(pot, 0), togetherAt(pot, 0));
  assert.equal(togetherAt(pot, 2), 100);
  assert.equal(Math.round(freelyAt(pot, 2)), 33);
});

test("hearts are counted round by round", () => {
  assert.deepEqual(
    [0, 1, 2].map((round) => heartsIn(pot, round)),
    [2, 1, 1],
  );
});

test("the last frame is the last round, whatever came", () => {
  assert.equal(roundOf(pot, 2), 2);
  assert.equal(roundOf({ ...pot, frames: 2 }, 1), 2);
  assert.equal(roundOf(pot, 0.6), 1);
});

test("who is touched says why they bring what they bring", () => {
  assert.equal(told(pot, 0, 0), "I bring all I can, whatever the others do.");
  assert.equal(told(pot, 1, 0), "I bring 60%: nearly what I expect of the others.");
  const fined = { ...pot, own: { data: new Uint8Array(9).fill(1) } };
  assert.match(told(fined, 1, 2), /^I bring it all\./);
  assert.match(told(pot, 1, 1), /^I used to bring mine\./);
  assert.match(told(pot, 1, 2), /^I used to bring what was right\./);
  assert.equal(told(pot, 2, 0), "I keep mine. It saves me work.");
  assert.match(told(pot, 2, 2), /^It is cheaper/);
});
