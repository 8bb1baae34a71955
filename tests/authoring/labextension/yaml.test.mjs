import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { completions } from "../../../widgets/choreo/authoring/labextension/static/yaml.js";

const SCHEMA = JSON.parse(readFileSync(new URL("../../../exercises/schema.json", import.meta.url), "utf-8"));

/** The names that are offered where | stands. */
const offered = (text) => completions(SCHEMA, text.replace("|", ""), text.indexOf("|")).items.map(({ label }) => label);

test("a field is offered that the kind has, and none of another kind", () => {
  assert.deepEqual(offered("kind: predict\nmeas|"), ["measure"]);
  assert.deepEqual(offered("kind: choice\nmeas|"), []);
});

test("what stands before a kind is named may be of any", () => {
  assert.ok(offered("id: a\nki|").includes("kind"));
  assert.deepEqual(offered("kind: clas|"), ["classify"]);
});

test("within an option stand its own fields, also on the line of the hyphen and in the next item", () => {
  assert.deepEqual(offered("kind: choice\noptions:\n  - id: one\n    wh|"), ["why"]);
  assert.deepEqual(offered("kind: choice\noptions:\n  - id: one\n    why: so\n  - te|"), ["text"]);
});

test("a field that the file has already is not offered once more", () => {
  assert.ok(offered("kind: choice\nid: a\n|").includes("title"));
  assert.ok(!offered("kind: choice\nid: a\n|").includes("id"));
});

test("yes or no is offered where that is asked", () => {
  assert.deepEqual(offered("kind: choice\nreview: |"), ["true", "false"]);
});

test("what a form of asking does not have is not offered", () => {
  assert.ok(offered("kind: predict\nask:\n  fo|").includes("form"));
  assert.ok(offered("kind: predict\nask:\n  form: |").includes("curve"));
});

test("a name says what it is for, and replaces what was begun", () => {
  const { start, items } = completions(SCHEMA, "kind: choice\nvers", 17);
  assert.equal(start, 13);
  assert.deepEqual(items, [
    { label: "version", insertText: "version: ", help: "One more whenever an answer changes." },
  ]);
});

test("within a text nothing is offered", () => {
  assert.deepEqual(offered("kind: choice\nprompt: Some words and |"), []);
});

test("what is written between braces and brackets is completed as well", () => {
  assert.deepEqual(offered("kind: predict\nask: {fo|"), ["form"]);
  assert.ok(offered("kind: predict\nask: {form: |").includes("curve"));
  assert.deepEqual(offered('kind: play\nguide:\n  - {do: "Look, {here}", when: {co|'), ["control"]);
  assert.ok(offered("kind: play\nguide:\n  - {do: one, when: {deed: pl|").includes("played"));
  assert.deepEqual(offered("kind: play\nguide: [{do: one}, {wh|"), ["when"]);
  assert.deepEqual(offered('kind: play\nguide:\n  - {do: "wh|'), []);
});

test("a list may stand as far to the left as its key", () => {
  assert.deepEqual(offered("kind: choice\noptions:\n- id: one\n- te|"), ["text"]);
  assert.deepEqual(offered("kind: match\npairs:\n  - left: {id: a, text: b}\n    ri|"), ["right"]);
  assert.deepEqual(offered("kind: match\npairs:\n  - left:\n      te|"), ["text"]);
});

test("a kind says what it is for", () => {
  const [kind] = completions(SCHEMA, "kind: ali", 9).items;
  assert.deepEqual(kind, {
    label: "alike",
    insertText: "alike",
    help: "Choose, and guess how many of a hundred choose the same.",
  });
});
