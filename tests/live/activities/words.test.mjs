import assert from "node:assert/strict";
import { test } from "node:test";
import { hearing, nextBeat } from "../../../widgets/choreo/live/activities/flash_mob/beats.js";
import * as turns from "../../../widgets/choreo/live/activities/in_turn/phone.js";
import { amount } from "../../../widgets/choreo/live/activities/one_voice/phone.js";
import * as pot from "../../../widgets/choreo/live/activities/push_and_pull/phone.js";
import * as silos from "../../../widgets/choreo/live/activities/silo_search/phone.js";
import * as trust from "../../../widgets/choreo/live/activities/trust_over_time/phone.js";

test("a voice's next beat is the first that is not over", () => {
  assert.equal(nextBeat([1000, 500, 1], 1600), 2000);
  assert.equal(nextBeat([1000, 500, 1], 2000), 2000);
  assert.equal(nextBeat([9000, 500, 1], 1600), 2000);
});

test("one is told whom one hears, and when nobody", () => {
  const voices = [
    [0, 500, 1],
    [0, 500, 0],
    [0, 500, 0.5],
  ];
  const said = (step, some, more = {}) =>
    hearing({ voices: some, step, known: true, sound: true, reduced: false, ...more });
  assert.equal(said("some", voices, { known: false }), "One moment, setting the clock …");
  assert.equal(said("some", voices), "You hear 2 people.");
  assert.equal(said("some", voices.slice(0, 1)), "You hear one beat.");
  assert.equal(said("everyone", voices), "You hear the whole room.");
  assert.equal(said("everyone", []), "Nothing to hear: keep your own beat.");
  assert.equal(said("alone", [], { sound: false }), "Nothing to follow: keep your own beat.");
});

test("with the sound off one is told what to watch: the pad, or the dots where it stays calm", () => {
  const watch = (count, step, reduced) =>
    hearing({ voices: Array(count).fill([0, 500, 1]), step, known: true, sound: false, reduced });
  assert.match(watch(1, "conductor", false), /^The sound is off: watch the edge of the pad\. .* with the beat\.$/);
  assert.match(watch(1, "everyone", false), /edge of the pad\. .* with the whole room\.$/);
  assert.match(watch(1, "conductor", true), /watch the dot above the pad\. .* with the beat\.$/);
  assert.match(watch(1, "everyone", true), /watch the dot above the pad\. .* with the whole room\.$/);
  assert.match(watch(4, "neighbours", false), /watch the 4 dots above the pad, one for each whom you follow\.$/);
});

test("trust over time: what arrived is told, also where it is not what was chosen", () => {
  assert.match(
    trust.told({ past: "1", meant: "share" }),
    /You chose to share, and it arrived so\. .*: hold back\. .* you 0, .* 5\./,
  );
  assert.match(
    trust.told({ past: "02", meant: "share" }),
    /but what arrived was: hold back\. .* you 5, your partner 0\./,
  );
  assert.match(trust.told({ past: "3", meant: "hold", silent: true }), /^You said nothing, so hold back was sent/);
  assert.equal(trust.told({ past: "" }), "Nothing has arrived yet.");
});

test("trust over time: the last twelve rounds stand in two rows", () => {
  assert.equal(trust.history("0123").split("\n")[1], "you:  + + − −");
  assert.equal(trust.history("0123").split("\n")[2], "they: + − + −");
  assert.equal(trust.history("0".repeat(20)).split("\n")[1].match(/\+/g).length, 12);
});

test("silo search: a move that did not help is put back, and says what it would have been", () => {
  assert.equal(
    silos.told({ last: { flip: 2, kept: false, points: 40 }, points: 55 }),
    "Switch 3 would have made it 40 points: put back.",
  );
  assert.equal(
    silos.told({ last: { flip: 2, kept: true, points: 60 }, points: 60 }),
    "Switch 3 made it better: 60 points.",
  );
  assert.equal(
    silos.unlike("0101", { solution: "0110", people: 2, bridge: true }),
    "2 people, over a bridge; not like yours: 3, 4",
  );
});

test("push and pull: the last round, a fine, and who gave nothing", () => {
  const last = { gave: 3, people: 4, pot: 20, fine: 0, got: 7.5 };
  assert.equal(pot.told(last), "Last round: you gave 3, and the pot of 4 people had 20. That left you 7.5 points.");
  assert.match(pot.told({ ...last, fine: 2, got: 1 }), /You paid a fine of 2\. That left you 1 point\.$/);
  assert.match(pot.told({ ...last, gave: null }), /it counted as nothing/);
  assert.equal(pot.rules({ goal: "Tea", fine: 2, enough: 5, group: 4, most: 10, worth: 0.5 }).length, 3);
});

test("in turn: one is told what those before said, and how many are still before one", () => {
  assert.match(turns.heard([]), /the first in your row/);
  assert.equal(turns.heard([0, null, 1]), "Those before you said: A, nothing, B.");
  assert.equal(turns.waiting({ place: 4, said: null, before: [0, 1] }), "One more before you.");
  assert.equal(turns.waiting({ place: 5, said: null, before: [] }), "4 more before you.");
  assert.match(turns.waiting({ place: 1, said: 1, before: [] }), /^You said B\./);
  assert.match(turns.waiting({ place: 2, said: null, missed: true, before: [0] }), /^Your turn passed/);
});

test("one voice: a number has its unit, and a percent sign stands close", () => {
  assert.equal(amount({ unit: "days" }, 1234.5), "1,234.5 days");
  assert.equal(amount({ unit: "%" }, 40), "40%");
  assert.equal(amount({ unit: "" }, 7), "7");
});
