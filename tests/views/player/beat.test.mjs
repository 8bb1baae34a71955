import assert from "node:assert/strict";
import { test } from "node:test";
import { Beat } from "../../../widgets/choreo/views/player/beat.js";

/** Numbers from 0 to 1, the same at each run. */
function lots(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const tapped = (times, beat = new Beat()) => {
  for (const time of times) beat.tap(time);
  return beat;
};
const steady = (count, period, from = 0) => Array.from({ length: count }, (_, k) => from + k * period);
const near = (one, other, far) => assert.ok(Math.abs(one - other) <= far, `${one} is not ${other}`);

test("four even taps are a beat, three are none", () => {
  assert.equal(tapped(steady(3, 0.5)).at(1.1), null);
  const { turns, rate } = tapped(steady(4, 0.5)).at(1.75);
  near(rate, 2, 1e-9);
  near(turns, 3.5, 1e-9);
});

test("a hand that wavers by three in a hundred keeps its tempo within one in a hundred", () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const lot = lots(seed);
    const times = steady(16, 0.55).map((time) => time + (lot() - 0.5) * 0.55 * 0.1); // sd 3 %
    near(tapped(times).at(16 * 0.55).rate, 1 / 0.55, 0.01 / 0.55);
  }
});

test("a tap that is missed is bridged, one that trembles counts once, and one beside the beat changes nothing", () => {
  const times = steady(12, 0.5);
  for (const odd of [times.toSpliced(7, 1), [...times, 3.04].toSorted((a, b) => a - b), [...times, 5.73]])
    near(tapped(odd).at(5.9).rate, 2, 0.01);
});

test("another tempo is followed after a few taps", () => {
  const beat = tapped(steady(10, 0.5));
  tapped(steady(10, 0.8, 5.3), beat);
  near(beat.at(12.7).rate, 1.25, 0.01);
});

test("a tempo that drifts is followed", () => {
  let time = 0;
  const beat = new Beat();
  for (let k = 0; k < 40; k += 1) {
    beat.tap(time);
    time += 0.6 - k * 0.004; // from 100 to 135 a minute
  }
  near(60 * beat.at(time).rate, 130, 4);
});

test("who stops is heard no more, and begins anew", () => {
  const beat = tapped(steady(10, 0.5));
  assert.notEqual(beat.at(5.5), null);
  assert.equal(beat.at(6), null);
  assert.ok(beat.rests(6));
  tapped(steady(4, 0.7, 20), beat);
  near(beat.at(22.2).rate, 1 / 0.7, 1e-6);
  assert.equal(beat.count, 4);
});

test("nonsense taps make no beat and break nothing", () => {
  const lot = lots(7);
  let time = 0;
  const beat = new Beat();
  for (let k = 0; k < 500; k += 1) {
    time += lot() * 3;
    beat.tap(time);
    const now = beat.at(time + 0.1);
    assert.ok(now === null || (Number.isFinite(now.turns) && now.rate > 0));
  }
  assert.ok(beat.taps.length <= 12);
});
