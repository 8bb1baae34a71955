import assert from "node:assert/strict";
import { test } from "node:test";
import { actions } from "../../../widgets/choreo/views/card/actions.js";

const FRESH = { feedback: "", score: null, solution: null, locked: false, declined: false, variants: 0, hints: [] };
const BODY = { action: "Check", again: "Check again" };
const shown = (state, body = {}, now = {}) =>
  actions(
    { ...FRESH, hints_left: 1, can_show: false, tries: 0, ...state },
    { ...BODY, ...body },
    { dirty: false, ...now },
  );

test("before an answer: check, and a hint", () => {
  const { main, hint, solve, more, decline } = shown({});
  assert.deepEqual([main, hint, solve, more, decline], ["Check", "A hint", null, null, null]);
});

test("after a right answer nothing is left to do, until something is changed", () => {
  assert.equal(shown({ feedback: "x", score: 1 }).main, null);
  assert.equal(shown({ feedback: "x", score: 1 }, {}, { dirty: true }).main, "Check again");
});

test("after a wrong answer one may try again, and after two see the answer", () => {
  const { main, solve, tries } = shown({ feedback: "x", score: 0, can_show: true, tries: 2 });
  assert.deepEqual([main, solve, tries], ["Check again", "Show me", "2 tries"]);
});

test("where there are variants the next try is another one", () => {
  const { main, more, moreFirst } = shown({ feedback: "x", score: 0, variants: 2 });
  assert.deepEqual([main, more, moreFirst], [null, "Try another one", true]);
});

test("a prediction can be declined until it is made or declined", () => {
  const body = { decline: "Go on", plain: true };
  assert.equal(shown({}, body).decline, "Go on");
  assert.equal(shown({ declined: true }, body).decline, null);
  assert.equal(shown({ declined: true }, body).main, "Check");
  assert.deepEqual([shown({ locked: true }, body).decline, shown({ locked: true }, body).main], [null, null]);
});
