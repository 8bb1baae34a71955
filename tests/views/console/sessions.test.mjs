import assert from "node:assert/strict";
import { test } from "node:test";
import {
  tokenIn,
  tokenTyped,
  withKept,
  withOpened,
  without,
  withTitle,
} from "../../../widgets/choreo/views/console/sessions.js";

const one = { host: "a", code: "AAA", opened: 1, kept: true, title: "First" };
const two = { host: "b", code: "BBB", opened: 2, kept: false };

test("the session that is opened comes first and keeps its title and its day", () => {
  assert.deepEqual(withOpened([two, one], { host: "a", code: "AAA", kept: false }, 9), [one, two]);
  const fresh = { host: "c", code: "CCC", kept: false };
  assert.deepEqual(withOpened([one], fresh, 9), [{ ...fresh, opened: 9 }, one]);
  assert.deepEqual(withKept([one, two], "b"), [one, { ...two, kept: true }]);
});

test("a browser remembers twelve sessions", () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ host: String(at), code: "", opened: at }));
  assert.equal(withOpened(many, two, 9).length, 12);
});

test("a session gets its title, and is forgotten when it is gone", () => {
  assert.equal(withTitle([one, two], "b", "Second")[1].title, "Second");
  assert.deepEqual(without([one, two], "a"), [two]);
});

test("a coach's token is found in a link, at its end, or alone; nothing else in an address is one", () => {
  assert.equal(tokenIn("#coach=ab.C-1"), "ab.C-1");
  assert.equal(tokenIn("#coach=<b>"), "");
  assert.equal(tokenIn("#plans"), "");
  assert.equal(tokenTyped(" https://example.org/live#coach=abc "), "abc");
  assert.equal(tokenTyped("abc"), "abc");
});
