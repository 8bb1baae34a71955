import assert from "node:assert/strict";
import { test } from "node:test";
import { picked, picksOn } from "../../../widgets/choreo/views/stages/picks.js";

test("who is picked again is let go, and one too many lets the first go", () => {
  assert.deepEqual(picked([], 4, 1), { who: [4], added: true });
  assert.deepEqual(picked([4], 4, 1), { who: [], added: false });
  assert.deepEqual(picked([4], 9, 1), { who: [9], added: true });
  assert.deepEqual(picked([4, 9], 2, 2), { who: [9, 2], added: true });
});

test("a stage puts who is picked into the control that the scene names, and says what the scene says of it", () => {
  const settings = { guests: [1] };
  const scene = { picks: { control: "guests", most: 3, ask: "Pick.", on: "You invited {name}.", off: "{name} left." } };
  const edit = picksOn({
    now: () => ({ scene }),
    nameOf: (person) => `person ${person + 1}`,
    act: (wanted) => Object.assign(settings, wanted),
    settings: () => settings,
  });
  assert.equal(edit.ask(scene), "Pick.");
  assert.equal(edit.pick(6), "You invited person 7.");
  assert.deepEqual(settings.guests, [1, 6]);
  assert.equal(edit.pick(1), "person 2 left.");
  assert.deepEqual(settings.guests, [6]);
});

test("where a scene lets nobody be picked, a pick changes nothing", () => {
  const edit = picksOn({ now: () => ({ scene: {} }), nameOf: String, act: assert.fail, settings: () => ({}) });
  assert.equal(edit.ask({}), "");
  assert.equal(edit.pick(3), "");
});
