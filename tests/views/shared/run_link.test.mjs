import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, read, written } from "../../../widgets/choreo/views/shared/run_link.js";

const RUN = { play: "one-floor", settings: { traits: 7, way: "né", bridges: [[0, 8]] }, seed: 12, at: 3.5 };
const raw = (thing) => Buffer.from(JSON.stringify(thing)).toString("base64url");

test("what was written is read", () => {
  const text = written(RUN);
  assert.match(text, /^[\w-]+$/);
  assert.deepEqual(read(text), { run: RUN });
});

test("a link of today stays readable", () => {
  const kept =
    "eyJmb3JtIjoxLCJwbGF5IjoibW9yZS10by10YWxrLWFib3V0Iiwic2V0dGluZ3MiOnsiZmVhdHVyZXMiOjd9LCJzZWVkIjowLCJhdCI6Mi43MX0";
  const run = { play: "more-to-talk-about", settings: { features: 7 }, seed: 0, at: 2.71 };
  assert.deepEqual(read(kept), { run });
});

test("what is no link is told, and why", () => {
  const whole = { form: 1, ...RUN };
  const broken = [
    "",
    "%%%",
    "abc",
    written(RUN).slice(0, -9),
    raw(null),
    raw([]),
    raw({ ...whole, form: 0 }),
    raw({ ...whole, play: "../x" }),
    raw({ ...whole, settings: [] }),
    raw({ ...whole, settings: null }),
    raw({ ...whole, seed: -1 }),
    raw({ ...whole, seed: 1e6 }),
    raw({ ...whole, seed: "1" }),
    raw({ ...whole, at: -1 }),
    raw({ ...whole, at: null }),
  ];
  for (const text of broken) assert.match(read(text).why ?? "", /missing/, text);
  assert.match(read(raw({ ...whole, form: 2, new: true })).why, /newer/);
  assert.match(read("a".repeat(MOST + 1)).why, /longer/);
});

test("nothing but the run is taken from a link", () => {
  assert.deepEqual(read(raw({ form: 1, ...RUN, who: "Mara", __proto__: { x: 1 } })), { run: RUN });
});
