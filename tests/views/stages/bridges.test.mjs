import assert from "node:assert/strict";
import { test } from "node:test";
import { bridgesOn } from "../../../widgets/choreo/views/stages/bridges.js";

function drawn(scene, settings) {
  return bridgesOn({
    now: () => ({ scene: { editable: true, ...scene } }),
    nameOf: (person) => `P${person}`,
    act: (wanted) => Object.assign(settings, wanted),
    settings: () => settings,
  });
}

test("a bridge joins two departments, and the same two again take it away", () => {
  const settings = { bridges: [] };
  const edit = drawn({ group: { data: [0, 0, 1] } }, settings);
  edit.pick(0);
  assert.equal(edit.picked(), 0);
  edit.pick(1); // of the same department: it is in the hand now
  assert.equal(edit.picked(), 1);
  edit.pick(2);
  assert.deepEqual([settings.bridges, edit.picked()], [[[1, 2]], null]);
  edit.pick(2);
  edit.pick(1);
  assert.deepEqual(settings.bridges, []);
});

const TRIES = { control: "tried", ask: "Pick two.", there: "{one} and {other} talk." };

test("where a tie is tried, there is one at a time, between any two who are not tied", () => {
  const settings = { tried: [] };
  const scene = { group: { data: [0, 0, 0, 0] }, drawn: { data: [0, 1] }, tries: TRIES };
  const edit = drawn(scene, settings);
  assert.equal(edit.ask(scene), "Pick two.");
  edit.pick(1);
  assert.equal(edit.pick(0), "P1 and P0 talk.");
  assert.deepEqual(settings.tried, []);
  edit.pick(2);
  edit.pick(0);
  assert.deepEqual(settings.tried, [[0, 2]]);
  edit.pick(3);
  edit.pick(1);
  assert.deepEqual(settings.tried, [[1, 3]]);
  edit.pick(1);
  edit.pick(3);
  assert.deepEqual(settings.tried, []);
});
