import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Sending } from "../../../widgets/choreo/views/card/sending.js";
import { Outbox } from "../../../widgets/choreo/views/shared/outbox.js";

const FRESH = { turn: 0, at: "", saved: "", locked: false, answer: null, error: "", variant: 0 };
const ANSWER = { chosen: ["a"] };
let page;

/** A card on a page that keeps things in `storage`; what it sends, and what it says. */
function card(name, state = FRESH) {
  const sent = [];
  const said = [];
  const model = { get: () => model.state, send: (message) => sent.push(message), state };
  const sending = new Sending({
    model,
    name,
    later: setTimeout,
    draft: () => page,
    say: (text) => said.push(text),
    changed() {},
  });
  const answered = (change) => {
    model.state = { ...model.state, turn: model.state.turn + 1, ...change };
    const heard = sending.heard(model.state);
    sending.persist(model.state);
    return heard;
  };
  return {
    sending,
    sent,
    said,
    answered,
    give: () => sending.send({ type: "answer", answer: ANSWER, variant: 0, key: "u1/1" }, "answer"),
  };
}

/** A storage of a browser that holds nothing. */
function storage() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

/** The page is gone; what it kept in the browser stays, and what it kept in its tab. */
function reloaded(name) {
  const { key } = new Outbox(name);
  const all = [localStorage, sessionStorage];
  const kept = all.map((one) => one.getItem(key));
  new Outbox(name).what = null; // what only the page knew
  for (const [at, one] of all.entries()) one.setItem(key, kept[at]);
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  globalThis.localStorage = storage();
  globalThis.sessionStorage = storage();
  page = JSON.stringify(ANSWER);
});

test("an answer that is kept leaves nothing behind", () => {
  const { sending, answered, give } = card("l/kept");
  give();
  assert.deepEqual(sending.unsent.message.answer, ANSWER);
  answered({ saved: "yes", answer: ANSWER });
  assert.equal(sending.unsent, null);
});

test("an answer that is not saved survives a reload, is seen, and is sent again", () => {
  const before = card("l/unsaved");
  before.give();
  before.answered({ saved: "no", answer: ANSWER });
  reloaded("l/unsaved");
  const { sending, sent, answered } = card("l/unsaved");
  assert.deepEqual(sending.waiting(FRESH).value, ANSWER);
  assert.equal(sending.waiting({ ...FRESH, variant: 1 }), null);
  sending.sendUnheard(FRESH);
  assert.deepEqual(sent, [{ type: "answer", answer: ANSWER, variant: 0, key: "u1/1/again" }]);
  assert.ok(answered({ saved: "yes", answer: ANSWER }).quiet);
  assert.equal(sending.unsent, null);
});

test("what another window gave a moment ago is left to it, and sent where that window is gone", () => {
  card("l/beside").give();
  reloaded("l/beside");
  globalThis.sessionStorage = storage(); // another window
  const { sending, sent } = card("l/beside");
  sending.sendUnheard(FRESH);
  assert.deepEqual(sent, []);
  mock.timers.tick(10_000);
  assert.equal(sent.length, 1);
});

test("what was kept all the same, or was locked in elsewhere, is not sent again", () => {
  for (const kept of [
    { answer: { ...ANSWER, level: 80 }, saved: "yes" },
    { locked: true, saved: "yes" },
  ]) {
    card("l/twice").give();
    const { sending, sent } = card("l/twice");
    sending.sendUnheard({ ...FRESH, ...kept });
    assert.deepEqual(sent, []);
    assert.equal(sending.unsent, null);
  }
});

test("what the kernel has and could not save is saved again by itself, later and later, without a word", () => {
  const { sent, said, answered, give } = card("l/again");
  give();
  answered({ saved: "no", answer: ANSWER });
  for (const pause of [10_000, 20_000, 40_000, 60_000, 60_000]) {
    const count = sent.length;
    mock.timers.tick(pause - 1);
    assert.equal(sent.length, count);
    mock.timers.tick(1);
    assert.deepEqual(sent.at(-1), { type: "save" });
    answered({ saved: "no" });
  }
  answered({ saved: "yes" });
  const count = sent.length;
  mock.timers.tick(120_000);
  assert.equal(sent.length, count);
  assert.deepEqual(said, []);
});

test("an answer that nobody hears is sent once more, the same one", () => {
  const { sent, said, give } = card("l/unheard");
  give();
  mock.timers.tick(10_000);
  assert.match(said[0], /stays on this page/);
  mock.timers.tick(10_000);
  assert.deepEqual(sent, [sent[0], sent[0]]);
});
