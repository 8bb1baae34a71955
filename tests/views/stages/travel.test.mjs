import assert from "node:assert/strict";
import { test } from "node:test";
import { sortedIdeas } from "../../../widgets/choreo/views/stages/ideas.js";
import {
  brokerOf,
  contactsOf,
  cutWithout,
  journeysOf,
  pairsReached,
  withBridge,
  without,
} from "../../../widgets/choreo/views/stages/travel.js";
import { bytes } from "./scenes.mjs";

// Two departments of two, and one bridge.
const base = { group: bytes([0, 0, 1, 1]), ties: { data: [0, 1, 2, 3] }, drawn: { data: [1, 2] } };

test("an answer travels from a contact who had it, over a bridge where there is one", () => {
  const scene = {
    ...base,
    fill: bytes([
      [9, 5, 5, 5],
      [9, 9, 5, 5],
      [9, 9, 9, 5],
    ]),
    hue: bytes([
      [1, 2, 3, 4],
      [1, 1, 3, 4],
      [1, 1, 1, 4],
    ]),
  };
  const contacts = contactsOf(scene);
  assert.deepEqual(journeysOf(scene, contacts, 0, 1), [{ from: 0, to: 1, bridge: false }]);
  assert.deepEqual(journeysOf(scene, contacts, 1, 2), [{ from: 1, to: 2, bridge: true }]);
});

test("who finds something alone takes it from nobody", () => {
  const scene = {
    ...base,
    fill: bytes([
      [1, 1, 1, 1],
      [2, 1, 1, 1],
    ]),
    hue: bytes([
      [1, 2, 3, 4],
      [9, 2, 3, 4],
    ]),
  };
  assert.deepEqual(journeysOf(scene, contactsOf(scene), 0, 1), []);
});

test("without the ends of the only bridge the two departments are cut apart; a second bridge helps", () => {
  const contacts = contactsOf(base);
  assert.equal(pairsReached(contacts), 6);
  assert.equal(cutWithout(contacts, 0), 0);
  assert.equal(cutWithout(contacts, 1), 2);
  assert.deepEqual(brokerOf(contacts), { person: 1, cut: 2 });
  assert.equal(brokerOf(contactsOf({ ...base, drawn: { data: [1, 2, 0, 3] } })), null);
});

test("to join two people who are joined takes the bridge away", () => {
  assert.deepEqual(withBridge([[1, 2]], 3, 0), {
    pairs: [
      [1, 2],
      [0, 3],
    ],
    added: true,
  });
  assert.deepEqual(withBridge([[1, 2]], 2, 1), { pairs: [], added: false });
});

test("those who agree stand side by side, the most first", () => {
  assert.deepEqual(sortedIdeas([3, 1, 3, 2, 1, 3]), [3, 3, 3, 1, 1, 2]);
});

test("who leaves takes their ties along", () => {
  assert.deepEqual(without({ data: [0, 1, 1, 2, 2, 3] }, 1).data, [2, 3]);
  assert.deepEqual(without(undefined, 1).data, []);
});
