import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawn } from "../../../widgets/choreo/views/exercises/alliance/drawn.js";

const FOUR = ["Mill", "Bakery", "School", "Market"].map((name, needs) => ({ name, needs }));

function four(ties = []) {
  const drawn = new Drawn(4);
  drawn.put({ players: FOUR, ties });
  return drawn;
}

test("an empty map has room for the fewest, and tells what is missing first", () => {
  const drawn = new Drawn(4);
  assert.equal(drawn.players.length, 4);
  assert.deepEqual(drawn.missing(), { what: "name", id: 0 });
  drawn.put({ players: [...FOUR.slice(0, 3), { name: " mill", needs: 1 }], ties: [] });
  assert.equal(drawn.missing().what, "twice");
  drawn.put({ players: [...FOUR.slice(0, 3), { name: "Market" }], ties: [] });
  assert.deepEqual(drawn.missing(), { what: "needs", id: 3, name: "Market" });
  assert.deepEqual(four().missing(), { what: "ties" });
  assert.equal(four([[0, 1]]).missing(), null);
});

test("a tie goes both ways, and the same two again untie it", () => {
  const drawn = four();
  assert.equal(drawn.turn(2, 0), true);
  assert.ok(drawn.tied(0, 2) && drawn.tied(2, 0));
  assert.deepEqual(drawn.answer().ties, [[0, 2]]);
  assert.equal(drawn.turn(0, 2), false);
  assert.deepEqual(drawn.answer().ties, []);
});

test("who is taken out takes their ties along, and comes back with them", () => {
  const drawn = four([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  drawn.remove(drawn.players[1].id);
  assert.deepEqual(drawn.answer(), { players: [FOUR[0], FOUR[2], FOUR[3]], ties: [[1, 2]] });
  drawn.undo();
  assert.deepEqual(drawn.answer().ties, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  assert.equal(drawn.answer().players[1].name, "Bakery");
});

test("ties are taken back one by one, and what was typed meanwhile stays", () => {
  const drawn = four();
  drawn.turn(0, 1);
  drawn.turn(1, 2);
  drawn.players[0].name = "Old mill";
  drawn.undo();
  assert.deepEqual(drawn.answer().ties, [[0, 1]]);
  drawn.undo();
  assert.deepEqual(drawn.answer().ties, []);
  assert.equal(drawn.undo(), undefined);
  assert.equal(drawn.answer().players[0].name, "Old mill");
});

test("what is kept is what comes back, and a broken draft costs only its ties", () => {
  const answer = four([[3, 0]]).answer();
  const again = new Drawn(4);
  again.put(answer);
  assert.deepEqual(again.answer(), answer);
  again.put({
    players: FOUR,
    ties: [
      [0, 9],
      [1, 1],
      [-1, 2],
      [0, 1],
    ],
  });
  assert.deepEqual(again.answer().ties, [[0, 1]]);
});
