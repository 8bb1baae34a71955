import assert from "node:assert/strict";
import { test } from "node:test";
import { helped, read } from "../../../widgets/choreo/views/console/setting.js";

test("a list is read line by line, without empty lines", () => {
  assert.deepEqual(read({ kind: "list", value: [] }, " bread \n\nwine\n"), ["bread", "wine"]);
});

test("half-typed JSON is no value", () => {
  assert.throws(() => read({ kind: "json", value: {} }, '{"a":'));
});

test("bounds that tell nobody anything are not told", () => {
  assert.equal(helped({ kind: "number", help: "", low: -1e12, high: 1e12 }), "");
});

test("bounds are told where there are two, beside what the author says", () => {
  assert.equal(helped({ kind: "whole", help: "Rounds.", low: 1, high: 9 }), "Rounds. From 1 to 9.");
  assert.equal(helped({ kind: "whole", help: "", low: 1, high: null }), "");
  assert.equal(helped({ kind: "list", help: "", low: undefined, high: undefined }), "One on each line.");
});
