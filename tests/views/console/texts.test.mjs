import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "../../../widgets/choreo/views/console/texts.js";

test("a coach reads how many answers are shown, and how many are left out", () => {
  const one = { number: 0, text: "trust", count: 2, said: ["trust"], released: false, some: false, left_out: false };
  const texts = [one, { ...one, released: true }, { ...one, some: true }, { ...one, left_out: true }];
  assert.match(told(texts), /^2 of 4 shown to the room, 1 left out\. /);
  assert.match(told([one]), /^0 of 1 shown to the room\. /);
});
