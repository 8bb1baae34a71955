import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, PlanFault, read, written } from "../../../widgets/choreo/views/console/plan_file.js";

const FIELDS = [
  { name: "question", kind: "long", value: "How are you?", most: 200 },
  { name: "form", kind: "choice", value: "scale", options: [{ value: "scale" }, { value: "words" }] },
  { name: "rounds", kind: "whole", value: 5, low: 1, high: 10 },
  { name: "options", kind: "list", value: [], most: 6 },
  { name: "sound", kind: "yes", value: true },
];
const KINDS = new Map([["pulse", { name: "pulse", title: "Pulse", minutes: 5, fields: FIELDS }]]);
const SETTINGS = { question: "Where?", form: "words", rounds: 3, options: ["a"], sound: false };
const PLAN = {
  title: "An hour",
  notes: "| minute | what |",
  late: "Leave out the second.",
  items: [{ activity: "pulse", minutes: 7, settings: SETTINGS }],
};
const text = (change) => JSON.stringify({ ...PLAN, ...change });
const item = (change) => text({ items: [{ ...PLAN.items[0], ...change }] });
const faults = (file) => {
  try {
    read("my.json", file, KINDS);
  } catch (error) {
    assert.ok(error instanceof PlanFault);
    return error.message.split("\n");
  }
  return [];
};

test("a plan that was saved is read in as it was", () => {
  assert.deepEqual(read("my.json", written(PLAN), KINDS), { plan: PLAN, left: [] });
  assert.deepEqual(read("my.json", `\uFEFF${written(PLAN)}`, KINDS).plan, PLAN);
});

test("an older plan gets what it does not know, and what nobody knows any more is left out and named", () => {
  const old = JSON.stringify({
    title: "Old",
    items: [{ activity: "pulse", settings: { nicknames: true } }],
    colour: 1,
  });
  const { plan, left } = read("my.json", old, KINDS);
  const settings = { question: "How are you?", form: "scale", rounds: 5, options: [], sound: true };
  assert.deepEqual(plan, { title: "Old", notes: "", late: "", items: [{ activity: "pulse", minutes: 5, settings }] });
  assert.deepEqual(left, ["“colour” is no part of a plan", "item 1 (Pulse) has no setting “nicknames”"]);
});

test("every fault is named with place, fault and remedy, all at once", () => {
  const settings = { ...SETTINGS, question: 3, form: "song", rounds: 99, options: "a", sound: "yes" };
  const found = faults(
    text({ title: "", late: 3, items: [{ activity: "dance" }, { ...PLAN.items[0], minutes: 0, settings }] }),
  );
  assert.deepEqual(found, [
    "my.json, title: must be 1 to 80 characters; write one in quotation marks.",
    "my.json, late: must be a text of at most 400 characters; shorten it.",
    "my.json, item 1: there is no activity “dance”; choose one of pulse.",
    "my.json, item 2 (Pulse), minutes: must be a whole number from 1 to 240; change it.",
    "my.json, item 2 (Pulse), question: 3 is no text of at most 200 characters; change it.",
    "my.json, item 2 (Pulse), form: song cannot be chosen; write one of scale, words.",
    "my.json, item 2 (Pulse), rounds: 99 is no whole number from 1 to 10; change it.",
    "my.json, item 2 (Pulse), options: a is no list of texts; write each in quotation marks.",
    "my.json, item 2 (Pulse), sound: yes is neither true nor false; write one of them.",
  ]);
});

test("what a plan remembers of a promise comes along, and what is none is a fault", () => {
  const last_time = { day: "2026-11-30", question: "Which move?", count: 6, words: [["ask Ann", 2]] };
  assert.deepEqual(read("my.json", text({ last_time }), KINDS).plan, { ...PLAN, last_time });
  for (const wrong of [
    { day: "2026-13-40" },
    { day: undefined },
    { question: 3 },
    { count: 4 },
    { words: [["a"]] },
    { words: Array(41).fill(["a", 1]) },
  ])
    assert.match(faults(text({ last_time: { ...last_time, ...wrong } }))[0], /^my\.json, last_time: .*leave it out/);
  for (const wrong of ["soon", 3, []]) assert.match(faults(text({ last_time: wrong }))[0], /last_time/);
});

test("what is no plan is said to be none", () => {
  for (const file of ["", "title: x", "[]", "3", "null"]) assert.match(faults(file)[0], /choose a file that was saved/);
  assert.match(faults(text({ items: "x" }))[0], /must be a list/);
  for (const one of [null, 3, "x", []]) assert.match(faults(text({ items: [one] }))[0], /item 1: there is no activity/);
  for (const one of [null, 3, "x", []]) faults(item({ settings: one }));
  assert.match(faults(" ".repeat(200001))[0], /far too long/);
});

test("a file is named after its plan", () => {
  assert.deepEqual(["An hour, at most!", "Für Müßige", "…"].map(fileName), [
    "an-hour-at-most.json",
    "für-müßige.json",
    "plan.json",
  ]);
});
