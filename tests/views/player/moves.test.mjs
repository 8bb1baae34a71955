import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf, turnOf } from "../../../widgets/choreo/views/player/moves.js";

const spec = { unit: "month", turns: 3, options: [{ value: "give" }, { value: "keep" }] };

test("whose turn it is is told in words, and that all are over", () => {
  assert.equal(turnOf(spec, []), "month 1 of 3");
  assert.equal(turnOf(spec, ["give", "keep"]), "month 3 of 3");
  assert.equal(turnOf(spec, ["give", "keep", "give"]), "all 3 played");
});

test("a mark says which move was made, and nothing of turns to come", () => {
  assert.deepEqual(marksOf(spec, ["keep", "give"]), ["1", "0", null]);
});
