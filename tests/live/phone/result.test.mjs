import assert from "node:assert/strict";
import { test } from "node:test";
import { places } from "../../../widgets/choreo/live/phone/result.js";

test("a map has a place for everybody on it, and none where nobody is", () => {
  assert.deepEqual(places(["@=", " ."]), [
    { x: 0, y: 0, kind: "me" },
    { x: 10, y: 0, kind: "like" },
    { x: 10, y: 10, kind: "others" },
  ]);
});
