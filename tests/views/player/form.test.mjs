import assert from "node:assert/strict";
import { test } from "node:test";
import { written } from "../../../widgets/choreo/views/player/form.js";
import { current } from "../../../widgets/choreo/views/player/guide.js";

test("a value is written as Python writes it", () => {
  assert.equal(written("{:.0%}", 0.584), "58%");
  assert.equal(written("{:.1f} days", 3.24), "3.2 days");
  assert.equal(written("{:.0f}", -0.2), "0");
  assert.equal(written("{:,.0f}", 12345.6), "12,346");
  assert.equal(written("{:g} people", 40), "40 people");
});

test("the first task that is neither done nor passed over is the one to do", () => {
  const task = (done, skipped) => ({ do: "Press play.", done, skipped });
  assert.equal(current([task(true, false), task(false, true), task(false, false)]), 2);
  assert.equal(current([task(true, false), task(false, true)]), -1);
  assert.equal(current([]), -1);
});
