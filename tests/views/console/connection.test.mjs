import assert from "node:assert/strict";
import { test } from "node:test";
import { connected } from "../../../widgets/choreo/views/console/connection.js";

const NOTHING = { lost: "", news: "" };

test("a line that is lost and a line that is back are never told at once", () => {
  let said = NOTHING;
  for (const open of [true, false, false, true, false, true, true, false]) {
    said = connected(said, open);
    assert.equal(Boolean(said.lost), !open);
    assert.ok(!(said.lost && said.news), JSON.stringify(said));
  }
});

test("that it is back is told to whom it was lost, and other news stay", () => {
  assert.deepEqual(connected(NOTHING, true), NOTHING);
  assert.deepEqual(connected({ lost: "", news: "Copied." }, true), { lost: "", news: "Copied." });
  assert.equal(connected(connected(NOTHING, false), true).news, "The connection is back.");
});
