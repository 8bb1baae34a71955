import assert from "node:assert/strict";
import { test } from "node:test";
import { day } from "../../../widgets/choreo/views/shared/day.js";

test("a day is said in full, and is the same in every time zone", () => {
  assert.equal(day("2026-12-03"), "3 December 2026");
});

test("a moment is said with its time", () => {
  assert.match(day("2026-12-03T14:05:00", true), /^3 December 2026 at 14:05$/);
});

test("what is no day is said as it was written", () => {
  assert.equal(day("soon"), "soon");
});
