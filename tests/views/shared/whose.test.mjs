import assert from "node:assert/strict";
import { test } from "node:test";

const [ONE, OTHER] = ["0123456789abcdef", "fedcba9876543210"];
const kept = new Map();
globalThis.document = { cookie: `_ga=1; choreo_whose=${ONE}; choreo_zone=Europe/Berlin` };
globalThis.localStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => void kept.set(name, value),
  removeItem: (name) => void kept.delete(name),
};
const { atWork, isMine, isStillMine, ownName } = await import("../../../widgets/choreo/views/shared/whose.js");
const { stored } = await import("../../../widgets/choreo/views/shared/stored.js");

function become(mark) {
  globalThis.document = { cookie: mark ? `choreo_whose=${mark}` : "" };
}

test("what a page keeps carries its learner's mark", () => {
  assert.equal(atWork(), ONE);
  assert.ok(isMine(ONE) && !isMine(OTHER));
  stored.write("choreo-draft:x", "mine");
  assert.deepEqual([...kept], [[`choreo-of:${ONE}:choreo-draft:x`, '"mine"']]);
  assert.equal(ownName("x"), `choreo-of:${ONE}:x`);
  assert.equal(stored.read("choreo-draft:x"), "mine");
});

for (const [what, mark] of [
  ["is forgotten", ""],
  ["has made way for another", OTHER],
]) {
  test(`for a learner who ${what}, an open page reads and writes nothing`, () => {
    become(mark);
    assert.equal(isStillMine(), false);
    assert.equal(stored.read("choreo-draft:x"), null);
    stored.write("choreo-draft:x", "written back");
    stored.write("choreo-draft:y", "written back");
    assert.equal(kept.size, 1);
    become(ONE);
    assert.equal(stored.read("choreo-draft:x"), "mine");
  });
}

test("a cookie that is no mark is none", () => {
  for (const cookie of ["choreo_whose=x", `not_choreo_whose=${ONE}`, `choreo_whose=${ONE}0`, ""]) {
    globalThis.document = { cookie };
    assert.equal(atWork(), "");
  }
  become(ONE);
});
