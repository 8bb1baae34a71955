import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { advance, gathering, plazaLive } from "../../../widgets/choreo/views/stages/plaza_live.js";
import { heardBy } from "../../../widgets/choreo/views/stages/plaza_ties.js";
import { countOf } from "../../../widgets/choreo/views/stages/with_you.js";

const MODEL = JSON.parse(readFileSync(new URL("../../one_voice.json", import.meta.url), "utf8")); // models/one_voice.py
const EIGHTH = 2 * Math.PI;

const array = (data, shape = [data.length]) => ({ data, shape });
const sceneOf = ({ near, hearers, coupling, start, tempo, difference }, seconds = 60) => ({
  phase: array(new Uint8Array(start.length), [1, start.length]),
  columns: 8,
  beat: 0.4,
  clock: { name: "time", unit: "s", times: [0] },
  near: array(near),
  hearers: array(hearers),
  live: { coupling, tempo: array(tempo), start: array(start), ahead: difference, seconds },
});

/** Forty people in rows of eight; each hears those next to them, and the first `hearers` hear you. */
function forty(hearers, difference = 0.2) {
  const near = [];
  for (let one = 0; one < 40; one += 1)
    for (const [other, beside] of [
      [one - 8, one >= 8],
      [one + 8, one < 32],
      [one - 1, one % 8],
      [one + 1, one % 8 < 7],
    ])
      if (beside) near.push(one, other);
  const start = Array.from({ length: 40 }, (_, k) => (k * 2.4) % EIGHTH);
  const tempo = Array.from({ length: 40 }, (_, k) => 0.2 * Math.sin(k * 1.7));
  return sceneOf({ near, hearers: start.map((_, k) => (k < hearers ? 1 : 0)), coupling: 4, start, tempo, difference });
}

/** A hand that taps for so many seconds. */
const hand =
  (rate, until = Infinity) =>
  (time) =>
    time < until ? { turns: rate * time, rate } : null;

for (const kept of MODEL)
  test(`the crowd in the browser does what the model does: each hears ${kept.hears}`, () => {
    const people = gathering(sceneOf(kept));
    for (let k = 0; k < kept.steps; k += 1)
      advance(people, kept.step, { phase: kept.difference * k * kept.step, tempo: kept.difference });
    people.phase.forEach((phase, k) => {
      const gap = phase - kept.difference * kept.step * kept.steps;
      assert.ok(Math.abs(gap - kept.gaps[k]) < 1e-6, `${gap} is not ${kept.gaps[k]}`);
    });
  });

test("all who hear a steady hand clap with it, at whatever tempo", () => {
  for (const rate of [0.6, 1.7, 3.5]) {
    const live = plazaLive(forty(40));
    live.meet(rate);
    live.go(30, hand(rate));
    assert.deepEqual(countOf(live.scene, live.at), { count: 40, people: 40, label: "clap with you" });
  }
});

test("when the hand stops, those who hear each other clap on together, and nobody hears you", () => {
  const live = plazaLive(forty(40));
  live.meet(2);
  live.go(40, hand(2, 20));
  const { count, label } = countOf(live.scene, live.at);
  assert.equal(label, "clap together");
  assert.ok(count >= 36, `${count}`);
});

test("where nobody hears you, tapping changes nothing", () => {
  const [tapped, left] = [plazaLive(forty(0)), plazaLive(forty(0))];
  tapped.go(10, hand(1.5));
  left.go(10, () => null);
  assert.deepEqual(tapped.scene.phase.data, left.scene.phase.data);
});

test("a crowd that is together is heard once a beat, at the moment of the beat", () => {
  const live = plazaLive(forty(40));
  live.meet(2);
  live.go(20, hand(2));
  const claps = live.go(25, hand(2)).filter(({ loud }) => loud > 0.02);
  const beats = new Set(claps.map(({ time }) => Math.round(time * 2 + 0.1)));
  assert.ok(beats.size >= 9 && beats.size <= 12, `${beats.size}`);
  assert.ok(Math.abs(claps.reduce((sum, { loud }) => sum + loud, 0) - 10) < 1.2); // all forty, each time
});

test("a run ends by itself, and what was tapped can be played again", () => {
  const live = plazaLive(forty(40));
  live.meet(2);
  live.go(1000, hand(2));
  assert.ok(live.over);
  assert.equal(live.scene.clock.times[live.at], 60);
  const whole = live.whole();
  assert.equal(whole.frames, whole.clock.times.length);
  assert.equal(whole.phase.data.length, 40 * whole.frames);
  assert.deepEqual(countOf(whole, whole.frames - 1), countOf(live.scene, live.at));
  assert.match(whole.news, /60 s: 40 of 40 clap with you/);
  assert.equal(whole.trace.length, 5);
});

test("who stands next to somebody is among those they hear", () => {
  const scene = { ...forty(3), hears: "near" };
  assert.deepEqual(heardBy(0, scene), [8, 1]);
  assert.equal(heardBy(9, scene).length, 4);
});
