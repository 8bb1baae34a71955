import assert from "node:assert/strict";
import { test } from "node:test";
import { clockWords, stepped, timeAt, valueAt, watchSeconds } from "../../../widgets/choreo/views/player/moments.js";

const seconds = { name: "time", unit: "s", times: Float32Array.from({ length: 301 }, (_, k) => k / 10) };
const time = (at) => timeAt(seconds, at).toFixed(2);
const rounds = { name: "round", unit: "", times: [0, 1, 2, 3, 4] };

test("the clock speaks as people do", () => {
  assert.equal(clockWords(seconds, 125), "12 of 30 s");
  assert.equal(clockWords(rounds, 2), "round 2 of 4");
  assert.equal(clockWords({ name: "round", unit: "rounds", times: [0, 1] }, 0), "round 0 of 1");
  assert.equal(clockWords({ name: "time", unit: "h", times: [0, 0.5, 1] }, 1), "0.5 of 1.0 h");
});

test("a step goes to the next full unit of a long run, and to the next frame of a short one", () => {
  assert.equal(time(stepped(seconds, 125, 1)), "13.00");
  assert.equal(time(stepped(seconds, 120, -1)), "11.00");
  assert.equal(time(stepped(seconds, 125, -1)), "12.00");
  assert.equal(stepped(seconds, 300, 1), 300);
  assert.equal(stepped(rounds, 1.4, 1), 2);
  assert.equal(stepped(rounds, 0, -1), 0);
});

test("a series grows with the run, however many values it has", () => {
  assert.equal(valueAt([0, 10], 2, 5), 5);
  assert.equal(valueAt([0, 1, 2, 3, 4], 1.5, 5), 1.5);
  assert.equal(valueAt([7], 0, 1), 7);
  assert.equal(valueAt([], 1, 5), null);
  assert.equal(valueAt([1, 3], 1, 1), 3);
});

test("a short run is not over at once, a long one does not bore", () => {
  assert.equal(watchSeconds(3), 6);
  assert.equal(watchSeconds(300), 20);
});
