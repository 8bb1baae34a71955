import assert from "node:assert/strict";
import { test } from "node:test";
import { isKept, withPromise } from "../../../widgets/choreo/views/console/promised.js";

const PROMISED = { day: "2026-11-30", question: "Which move?", count: 6, words: [["ask Ann", 2]] };
const ITEM = { activity: "pulse", minutes: 5, settings: { points: 5 } };
const PLAN = { title: "Ours", notes: "", late: "", told: "<p>", items: [{ ...ITEM, title: "Pulse", notes: "<p>" }] };

test("a plan remembers a promise, and takes along what the hub takes", () => {
  const made = withPromise(PLAN, PROMISED);
  assert.deepEqual(made, { title: "Ours", notes: "", late: "", items: [ITEM], last_time: PROMISED });
  assert.ok(isKept([made], "Ours", PROMISED));
});

test("another plan, another promise or none is not kept", () => {
  const made = withPromise(PLAN, PROMISED);
  assert.ok(!isKept([made], "Theirs", PROMISED));
  assert.ok(!isKept([made], "Ours", { ...PROMISED, count: 7 }));
  assert.ok(!isKept([{ title: "Ours", items: [] }], "Ours", PROMISED));
});
