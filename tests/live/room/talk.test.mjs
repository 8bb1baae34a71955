import assert from "node:assert/strict";
import { test } from "node:test";
import { finding, wanting } from "../../../widgets/choreo/live/room/talk.js";

test("a room is told how groups find each other, and beside a question in few words", () => {
  assert.match(finding({ size: 2, count: 7 }), /^In pairs: find the phone .* 7 groups\.$/);
  assert.match(finding({ size: 3, count: 1 }), /^In threes: .* One group\.$/);
  assert.equal(finding({ size: 3, count: 4 }, true), "In threes: 4 groups");
  assert.match(finding({ size: 2, count: 0 }), /as soon as two people are here/);
});

test("how many can go on is told once somebody can", () => {
  assert.equal(wanting({ ready: 0, here: 5 }), "Phones say when you can go on.");
  assert.equal(wanting({ ready: 2, here: 5 }), "2 of 5 can go on.");
});
