import assert from "node:assert/strict";
import { test } from "node:test";
import { toAsk } from "../../../widgets/choreo/views/console/moves.js";

test("before a game is cut short it is asked, with the round and who has moved", () => {
  const asked = toAsk({ round: { number: 7, of: 15, moved: 12, due: 2 }, sealed: null });
  assert.equal(asked.question, "End the game in round 7 of 15?");
  assert.match(asked.detail, /^12 of 14 have moved in it\./);
});

test("before answers are destroyed unseen it is asked, and else nothing", () => {
  assert.equal(toAsk({ round: null, sealed: 3, fewest: 5 }).question, "Close the question with 3 of 5 answers?");
  assert.equal(toAsk({ round: null, sealed: 5, fewest: 5 }), null);
  assert.equal(toAsk({ sealed: null }), null);
});

test("before a question is closed that nobody has answered it is asked, but not where nobody is there to answer", () => {
  const steps = [{ name: "ask", title: "Write a goal" }];
  const asked = toAsk({ round: null, sealed: 0, fewest: 5, steps, step: "ask" });
  assert.match(asked.detail, /“Write a goal” opens it again\.$/);
  assert.equal(asked.question, "Close the question before anybody has answered?");
  assert.equal(asked.no, "Keep it open");
  assert.equal(toAsk({ round: null, sealed: 0, fewest: 0 }), null);
});
