import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bounds, readNumber, readWithin } from "../../../widgets/choreo/views/shared/number.js";

const table = JSON.parse(readFileSync(new URL("../../numbers.json", import.meta.url), "utf8")); // tests/test_typed.py too

test("a number is read as people write it, where it can be read in one way only", () => {
  for (const [text, value] of Object.entries(table.read)) assert.deepEqual(readNumber(text), { value }, text);
});

test("what can be read in two ways is asked back", () => {
  for (const [text, [whole, part]] of Object.entries(table.asked))
    assert.equal(
      readNumber(text).fault,
      `Is that ${whole} or ${part}? Please type it without a mark for thousands.`,
      text,
    );
});

test("what is no number says so, and nothing is nothing", () => {
  for (const text of table.none) assert.equal(readNumber(text).fault, "Please type a number, in digits.", text);
  for (const text of ["", "  ", "\u200b"]) assert.deepEqual(readNumber(text), {});
});

test("what is out of bounds, no whole number or empty is refused with what would do", () => {
  assert.match(readWithin("11", { least: 0, most: 10, unit: "m" }).fault, /From 0 to 10 m\./);
  assert.match(readWithin("−1", { least: 0 }).fault, /0 or more\./);
  assert.match(readWithin("0,5", { whole: true }).fault, /whole number/);
  assert.match(readWithin("").fault, /Please type a number/);
  assert.equal(readWithin("", { none: null }).value, null);
  assert.equal(readWithin("0", { least: 0, most: 10 }).value, 0);
});

test("bounds are told as far as there are any", () => {
  assert.equal(bounds(0, 10, "kg"), "From 0 to 10 kg.");
  assert.equal(bounds(null, 10), "Up to 10.");
  assert.equal(bounds(), "");
});
