import assert from "node:assert/strict";
import { test } from "node:test";
import { namesOn, shortened } from "../../../widgets/choreo/views/shared/names.js";

const INKS = { font: "sans-serif", card: "white", ink: "black" };

function written(names, places, room, each) {
  const found = [];
  const made = () => {
    const picture = { style: {}, getContext: () => pen };
    const write = (name) => {
      picture.name = name;
    };
    const pen = {
      setTransform() {},
      strokeText() {},
      fillText: write,
      measureText: ({ length }) => ({ width: 7 * length }),
    };
    return picture;
  };
  globalThis.document = { createElement: made };
  const pen = {
    getTransform: () => ({ a: 1 }),
    drawImage: ({ name, width }, x, y) => found.push({ name, x: x + width / 2, y }),
  };
  const write = namesOn(pen, { names }, room, INKS, each);
  for (const [person, x, y] of places) write(person, x, y);
  return found;
}

test("a long name is shortened to the room there is", () => {
  assert.equal(shortened("Clinic Sonnenberg", 9), "Clinic S…");
  assert.equal(shortened("Clinic", 9), "Clinic");
});

test("names stay on the ground, and none lies over another", () => {
  const room = { width: 400, height: 300 };
  const places = [
    [0, 2, 290],
    [1, 200, 100],
    [2, 205, 104],
  ]; // prettier-ignore
  const found = written({ 0: "Harbour", 1: "Mill", 2: "School" }, places, room);
  assert.deepEqual(
    found.map(({ name }) => name),
    ["Harbour", "Mill"],
  );
  assert.ok(found[0].x > 20 && found[0].y <= 282);
});

test("on a still there is room for one name only", () => {
  const small = { width: 140, height: 90 };
  assert.equal(
    written(
      { 0: "Ana", 1: "Bo" },
      [
        [0, 20, 20],
        [1, 90, 60],
      ],
      small,
    ).length,
    0,
  );
  assert.equal(written({ 0: "The chair" }, [[0, 20, 20]], small).length, 1);
});
