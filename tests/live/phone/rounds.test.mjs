import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { left, Rounds, where } from "../../../widgets/choreo/live/phone/rounds.js";

/** An element as far as a game in rounds knows one. */
const element = (words) => ({ textContent: words, style: {}, setAttribute() {} });

class Game extends Rounds {
  show(view) {
    this.view = view;
    this.round(() => {
      this.parts = this.watch();
      return [this.parts.head, this.parts.clock];
    });
    this.count();
    this.begins("Your move.");
  }
}

let said = [];
let shown = [];
let now = 0;
const place = /** @type {any} */ ({
  replaceChildren: (...parts) => {
    shown = parts;
  },
});
const room = {
  text: (_, words) => element(words),
  now: () => now,
  announce: (words) => said.push(words),
  align: () => Promise.reject(new Error("no line")),
};

beforeEach(() => {
  mock.timers.enable({ apis: ["setInterval"] });
  [said, shown, now] = [[], [], 0];
});
afterEach(() => mock.timers.reset());

test("what is left of a round is told in whole seconds, and never less than nothing", () => {
  assert.deepEqual([left(10_000, 5400), left(10_000, 9999), left(10_000, 11_000)], [5, 1, 0]);
});

test("one reads which round it is, and what one does in it", () => {
  assert.equal(where({ round: 7, rounds: 15 }, 4), "Round 7 of 15: 4 s");
  assert.equal(where({ round: 7, rounds: 15 }, 4, "your move"), "Round 7 of 15: your move, 4 s");
});

test("the clock goes on by itself, until the end", () => {
  const game = new Game(place, room);
  game.show({ round: 2, rounds: 3, ends: 8000, seconds: 5 });
  assert.deepEqual([shown[0].textContent, shown[1].value, shown[1].max], ["Round 2 of 3: 8 s", 5, 5]);
  now = 5100;
  mock.timers.tick(250);
  assert.deepEqual([shown[0].textContent, shown[1].value], ["Round 2 of 3: 3 s", 3]);
  game.end();
  now = 7100;
  mock.timers.tick(1000);
  assert.equal(shown[0].textContent, "Round 2 of 3: 3 s");
});

test("a round is built once and changed in place, and each is announced once", () => {
  const game = new Game(place, room);
  game.show({ round: 1, rounds: 3, ends: 8000, seconds: 5 });
  const [head] = shown;
  game.show({ round: 1, rounds: 3, ends: 8000, seconds: 5 });
  game.show({ round: 2, rounds: 3, ends: 8000, seconds: 5 });
  assert.equal(shown[0], head);
  assert.deepEqual(said, ["Round 1. Your move.", "Round 2. Your move."]);
  game.end();
});

test("what stands still is put up once, and read out when the game is over", () => {
  const game = new Game(place, room);
  game.still("explain", "How it goes.");
  const [line] = shown;
  game.still("explain", "How it goes.");
  assert.equal(shown[0], line);
  assert.deepEqual(said, []);
  game.still("over", "All is played.", "Look up.");
  assert.deepEqual(said, ["All is played. Look up."]);
  game.end();
});
