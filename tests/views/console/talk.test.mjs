import assert from "node:assert/strict";
import { test } from "node:test";
import { next } from "../../../widgets/choreo/views/console/course.js";

const heads = ["What did we expect?", "What happened?", "Why?", "What do we change, and by when?"];
const at = (screen) => ({
  items: [{ title: "Pulse", minutes: 5 }],
  at: 0,
  step: "show",
  steps: [],
  finished: true,
  ended: false,
  sealed: null,
  talk: {
    free: true,
    heads,
    groups: null,
    guide: { screen, of: 4, head: heads[screen], question: "", ready: 0, here: 5 },
  },
});

test("while the room leads itself the large button goes on with it, and then ends it", () => {
  assert.deepEqual(next(at(0)), { does: "guide", screen: 1, label: "Go on: What happened?" });
  assert.deepEqual(next(at(3)), { does: "guide", screen: null, label: "End the ten minutes" });
});
