import assert from "node:assert/strict";
import { test } from "node:test";
import { shown, told } from "../../../widgets/choreo/live/room/countdown.js";

test("the time that is left reads as on a clock", () => {
  assert.deepEqual([360, 59.2, 0.4, -3].map(shown), ["6:00", "1:00", "0:01", "0:00"]);
});

test("it is told aloud three times and not each second", () => {
  const words = [360, 359, 61, 60, 1, 0, -5].map((left) => told(left, 360));
  assert.deepEqual([...new Set(words)], ["A timer runs: 6 minutes.", "One minute is left, or less.", "Time is up."]);
});
