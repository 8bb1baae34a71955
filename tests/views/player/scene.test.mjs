import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../../widgets/choreo/views/player/scene.js";

test("arrays come as bytes and leave as numbers, wherever in their message they lie", () => {
  const message = new Uint8Array([0, 7, 8, 9, 1, 0, 2, 0]);
  const scene = unpack({
    phase: { data: new DataView(message.buffer, 1, 3), dtype: "uint8", shape: [3, 1] },
    ties: { data: new DataView(message.buffer, 4, 4), dtype: "int16", shape: [1, 2] },
    names: { 3: "Amina" },
    deep: [{ data: new DataView(new Float32Array([0.5]).buffer), dtype: "float32", shape: [1] }],
    frames: 3,
  });
  assert.deepEqual([...scene.phase.data], [7, 8, 9]);
  assert.deepEqual([...scene.ties.data], [1, 2]);
  assert.deepEqual([...scene.deep[0].data], [0.5]);
  assert.deepEqual(scene.names, { 3: "Amina" });
  assert.equal(scene.frames, 3);
});

test("rows of bytes come as what changes from one to the next, and what came stays as it is", () => {
  const bytes = new Uint8Array([250, 3, 10, 255, 1, 0]);
  const came = { data: new DataView(bytes.buffer), dtype: "uint8", shape: [3, 2], steps: true };
  for (const _again of [1, 2]) assert.deepEqual([...unpack({ at: came }).at.data], [250, 3, 4, 2, 5, 2]);
});

test("an array that does not lie on a boundary is read all the same", () => {
  const bytes = new Uint8Array([255, 1, 0, 0, 0]);
  const scene = unpack({ at: { data: new DataView(bytes.buffer, 1, 4), dtype: "int32", shape: [1] } });
  assert.deepEqual([...scene.at.data], [1]);
});

test("a kind of number that no stage reads is named", () => {
  assert.throws(
    () => unpack({ a: { data: new DataView(new ArrayBuffer(8)), dtype: "complex64", shape: [1] } }),
    /complex64/,
  );
});
