import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const VIEWS = new URL("../../../widgets/choreo/views/", import.meta.url);
const FILES = ["console.js", ...readdirSync(new URL("console/", VIEWS)).map((name) => `console/${name}`)];
const SENTENCE = /(["`])(?=[^"`\n]* [a-z])[A-Z“{][^"`\n]*\1/g; // words that begin large, or with a place, and go on

/** The name of the function whose brackets are around this place. */
function called(text, at) {
  let depth = 0;
  for (let place = at - 1; place >= 0; place -= 1) {
    if (text[place] === ")") depth += 1;
    if (text[place] === "(" && depth === 0) return /(\w*)$/.exec(text.slice(0, place))[1];
    if (text[place] === "(") depth -= 1;
  }
  return "";
}

test("the console's own sentences go through t and n", () => {
  const found = FILES.flatMap((file) => {
    const text = readFileSync(new URL(file, VIEWS), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$|\s\/\/ .*$/gm, "");
    return [...text.matchAll(SENTENCE)]
      .filter(({ 0: words, index }) => !["t", "n"].includes(called(text, index)) && !words.includes("choreo-"))
      .map(([words]) => `${file}: ${words}`);
  });
  assert.deepEqual(
    found.filter((one) => !/"\{count\} (day|hour|minute)s?"$/.test(one)), // of units, which n takes from a table
    [],
  );
});
