import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, arrowOf, clapsBetween, phasesInto } from "../../../widgets/choreo/views/stages/phases.js";
import { farHeardBy, heardBy } from "../../../widgets/choreo/views/stages/plaza_ties.js";
import { bytes } from "./scenes.mjs";

const clock = (frames, step) => ({ times: Array.from({ length: frames }, (_, k) => k * step) });
const plaza = (rows, beat = 0, step = 1) => ({
  frames: rows.length,
  phase: bytes(rows),
  columns: rows[0].length,
  beat,
  clock: clock(rows.length, step),
});

test("between two frames a phase goes the short way round, also over the beat", () => {
  assert.deepEqual([...phasesInto(new Float32Array(1), plaza([[250], [10]]), 0.5)], [2]);
});

test("the common beat is added in the clock's own unit", () => {
  const [phase] = phasesInto(new Float32Array(1), plaza([[0], [0]], 0.25, 2), 0.5);
  assert.equal(phase, 64);
});

test("the arrow is long when all are together, and short when they are opposite", () => {
  assert.ok(arrowOf([10, 10, 10]).length > 0.999);
  assert.ok(arrowOf([0, 128]).length < 0.001);
  assert.equal(apart(0, 128), 1);
  assert.equal(apart(7, 7), 0);
});

test("a crowd that is together claps once in a turn, loudly; a scattered one makes several soft sounds", () => {
  const together = plaza(
    Array.from({ length: 41 }, () => Array(80).fill(100)),
    0.5,
    0.1,
  );
  const once = clapsBetween(together, 0, 20); // two seconds are one turn
  assert.equal(once.length, 1);
  assert.equal(once[0].loud, 1);
  const scattered = plaza(
    Array.from({ length: 41 }, () => Array.from({ length: 80 }, (_, k) => (k * 256) / 80)),
    0.5,
    0.1,
  );
  const many = clapsBetween(scattered, 0, 20);
  assert.ok(many.length >= 7 && many.length <= 9, `${many.length}`);
  assert.ok(many.every(({ loud }) => loud < 0.2));
});

test("claps of two spans are those of both together: none is lost or made twice", () => {
  const scene = plaza(
    Array.from({ length: 41 }, (_, f) => Array.from({ length: 40 }, (_, k) => (k * 5 + f) % 256)),
    0.7,
    0.1,
  );
  const all = clapsBetween(scene, 0, 40).map(({ at }) => at);
  const parts = Array.from({ length: 80 }, (_, k) => clapsBetween(scene, k / 2, (k + 1) / 2)).flat();
  assert.deepEqual(
    parts.map(({ at }) => at),
    all,
  );
});

test("people hear those beside, before and behind, and the one far away", () => {
  const scene = { phase: bytes([Array(9).fill(0)]), columns: 3, ties: { data: [4, 0, 4, 1] } };
  assert.deepEqual(heardBy(4, scene), [3, 5, 1, 7, 0]);
  assert.deepEqual(heardBy(0, scene), [1, 3]);
  assert.equal(heardBy(0, { ...scene, hears: "everyone" }), null);
});

test("whom somebody hears far away is known by itself", () => {
  const scene = { ...plaza([[0, 0, 0, 0]]), ties: { data: [0, 3], shape: [1, 2] } };
  assert.equal(farHeardBy(0, scene), 3);
  assert.equal(farHeardBy(1, scene), null);
});
