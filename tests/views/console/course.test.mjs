import assert from "node:assert/strict";
import { test } from "node:test";
import {
  about,
  beginnings,
  behind,
  found,
  missing,
  next,
  remaining,
  spent,
  ticking,
} from "../../../widgets/choreo/views/console/course.js";

const STEPS = [
  { name: "alone", title: "Estimate alone" },
  { name: "again", title: "Estimate again" },
];
const course = (change) => ({
  items: [
    { title: "Pulse", minutes: 5 },
    { title: "Flash mob", minutes: 12 },
  ],
  at: 0,
  step: "alone",
  steps: STEPS,
  finished: false,
  ended: false,
  sealed: null,
  ...change,
});

test("before the first activity comes the first activity", () => {
  assert.deepEqual(next(course({ at: -1, steps: undefined })), { does: "begin", item: 0, label: "Begin: Pulse" });
});

test("the button that begins an activity says what it asks, where that is the coach's own", () => {
  assert.equal(about({ settings: { question: "How are we?" } }), "How are we?");
  assert.equal(about({ settings: { statement: "I keep quiet." } }), "I keep quiet.");
  assert.deepEqual([about({ settings: { rounds: 3 } }), about({})], ["", ""]);
  const items = [{ title: "Pulse", minutes: 5, about: "How are we?" }];
  assert.equal(next(course({ items, at: -1 })).hint, "How are we?");
});

test("an activity goes on step by step, and says when that closes a sealed question", () => {
  assert.deepEqual(next(course()), { does: "step", to: STEPS[1], label: "Estimate again", hint: "" });
  assert.equal(next(course({ sealed: 3, here: 5 })).hint, "closes the question: 3 of 5 answered");
});

test("in a game the button says which round is on and how many have moved", () => {
  const round = { number: 7, of: 15, moved: 12, due: 2 };
  assert.equal(next(course({ round })).hint, "Round 7 of 15: 12 of 14 have moved");
  assert.equal(next(course({ round, step: "again" })).hint, "Round 7 of 15: 12 of 14 have moved");
});

test("a session is behind its plan when an activity begins late or takes too long", () => {
  const items = [{ minutes: 5 }, { minutes: 15 }];
  assert.equal(behind(items, 1, 300, 400), 0);
  assert.equal(behind(items, 1, 600, 700), 5);
  assert.equal(behind(items, 0, 0, 480), 3);
  assert.equal(behind(items, 1, 330, 400), 0); // half a minute is nobody's trouble
  assert.equal(behind(items, 1, 200, 300), 0); // early
});

test("what is left of a time is shown as a clock shows it", () => {
  assert.deepEqual([360, 59.2, 0.4, -3].map(ticking), ["6:00", "1:00", "0:01", "0:00"]);
});

test("how many answers are missing until any can be shown", () => {
  assert.equal(missing({ sealed: 4, fewest: 5 }), 1);
  assert.equal(missing({ sealed: 5, fewest: 5 }), 0);
  assert.equal(missing({ sealed: 0, fewest: 5 }), 0); // none came, so none can be lost
  assert.equal(missing({ sealed: 2, fewest: 0 }), 0); // a rehearsal
  assert.equal(missing({ sealed: null, fewest: 5 }), 0);
});

test("after the last step the room looks at it, then comes the next activity, then the end", () => {
  assert.equal(next(course({ step: "again" })).does, "finish");
  assert.deepEqual(next(course({ finished: true })), { does: "begin", item: 1, label: "Begin: Flash mob" });
  assert.equal(next(course({ at: 1, finished: true })).does, "end");
});

test("the debrief is gone through screen by screen; what-ifs come only when the coach wants them", () => {
  const screens = [
    { title: "What happened", what_if: false },
    { title: "Beside the model", what_if: false },
    { title: "With two bridges", what_if: true },
  ];
  assert.deepEqual(next(course({ finished: true, screens, look: 0 })), {
    does: "look",
    screen: 1,
    label: "Next screen: 2 of 2",
    hint: "Beside the model",
  });
  for (const look of [1, 2]) assert.equal(next(course({ finished: true, screens, look })).does, "begin");
  assert.equal(next(course({ finished: false, screens, look: 0 })).does, "step");
});

test("nothing comes after the end, or where nothing is planned", () => {
  assert.equal(next(course({ ended: true })), null);
  assert.equal(next(course({ items: [] })), null);
});

test("the time is told in minutes and seconds, and what is over its plan is told so", () => {
  assert.deepEqual(spent(65.9, 5), { words: "1:05 of 5 min", over: false, share: 65.9 / 300 });
  assert.deepEqual(spent(301, 5), { words: "5:01 of 5 min planned", over: true, share: 1 });
});

test("each activity begins when those before it are over", () => {
  assert.deepEqual(beginnings([{ minutes: 5 }, { minutes: 12 }, { minutes: 3 }]), [0, 5, 17]);
});

test("people are found by name", () => {
  const people = [{ who: "p1" }, { who: "p17" }];
  assert.deepEqual(found(people, " P17 "), [people[1]]);
  assert.deepEqual(found(people, "p1"), people);
  assert.deepEqual(found(people, ""), people);
});

test("when a session ends by itself is said in the largest unit that fits, and with its day", () => {
  const now = Date.parse("2026-11-29T12:00:00.000Z");
  assert.match(remaining("2026-12-06T11:59:00.000Z", now), /in 7 days, on .*2026/);
  assert.match(remaining("2026-11-30T13:00:00.000Z", now), /in 1 day, /);
  assert.match(remaining("2026-11-29T14:20:00.000Z", now), /in 2 hours, /);
  assert.match(remaining("2026-11-29T12:01:20.000Z", now), /in 1 minute, /);
  assert.match(remaining("2026-11-29T11:00:00.000Z", now), /by itself now: /);
});
