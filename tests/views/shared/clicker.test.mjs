import assert from "node:assert/strict";
import { test } from "node:test";
import { leads } from "../../../widgets/choreo/views/shared/clicker.js";

const nothing = {
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  defaultPrevented: false,
};
const pressed = (key, more = {}) => leads({ key, ...nothing, target: { closest: () => null }, ...more });

test("a clicker's keys and the arrows lead on and back", () => {
  assert.deepEqual(
    ["PageDown", "ArrowRight"].map((key) => pressed(key)),
    ["on", "on"],
  );
  assert.deepEqual(
    ["PageUp", "ArrowLeft"].map((key) => pressed(key)),
    ["back", "back"],
  );
  assert.deepEqual(
    ["Enter", " ", "a", "ArrowDown", "Home"].map((key) => pressed(key)),
    ["", "", "", "", ""],
  );
});

test("a key that is held, taken, or pressed with another one means something else", () => {
  for (const name of ["repeat", "ctrlKey", "altKey", "metaKey", "shiftKey", "defaultPrevented"])
    assert.equal(pressed("PageDown", { [name]: true }), "");
});

test("a key in a field belongs to the field", () => {
  assert.equal(pressed("ArrowRight", { target: { closest: (fields) => fields.includes("input") } }), "");
});
