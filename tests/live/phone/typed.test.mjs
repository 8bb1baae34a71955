import assert from "node:assert/strict";
import { test } from "node:test";
import { room, visible } from "../../../widgets/choreo/live/phone/typed.js";

test("letters are counted as people see them", () => {
  assert.equal(room(" 🎉🎉 ", 5), 3);
  assert.equal(room("👨‍👩‍👧🇩🇪né", 5), 1);
  assert.equal(room("abcdef", 5), -1);
});

test("what shows nothing is nothing", () => {
  for (const text of ["", " ", "\u2800\u3164", "\u200b\u200e", "\ufe0f"]) assert.ok(!visible(text), text);
  for (const text of ["a", "٣", "👨‍👩‍👧", "!", "🫩"]) assert.ok(visible(text), text);
});
