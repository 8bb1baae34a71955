import assert from "node:assert/strict";
import { test } from "node:test";
import { isolated } from "../../../widgets/choreo/views/shared/words.js";

test("words from right to left keep to themselves within a sentence, others stay as they are", () => {
  assert.equal(isolated("שלום!"), "\u2068שלום!\u2069");
  assert.equal(isolated("سلام"), "\u2068سلام\u2069");
  for (const words of ["", "Ann", "naïve 12", "日本"]) assert.equal(isolated(words), words);
});
