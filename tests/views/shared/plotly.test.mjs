import assert from "node:assert/strict";
import { test } from "node:test";
import { plotlyFor } from "../../../widgets/choreo/views/shared/plotly.js";

/** A component whose kernel answers when it is told to. */
function busy() {
  const heard = new Set();
  return {
    on: (_event, callback) => heard.add(callback),
    off: (_event, callback) => heard.delete(callback),
    send: (content) => assert.deepEqual(content, { type: "plotly", build: "basic" }),
    answer: (content, buffers) => {
      for (const callback of [...heard]) callback(content, buffers);
    },
    get waits() {
      return heard.size > 0;
    },
  };
}

test("a chart waits for a busy kernel, however long it is at something else, and says what the kernel says", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = /** @type {any} */ ({ querySelector: () => null });
  const model = busy();
  const asked = plotlyFor(/** @type {any} */ (model), { data: [{ type: "bar" }] });
  let over = false;
  asked
    .catch(() => {})
    .finally(() => {
      over = true;
    });
  context.mock.timers.tick(3_600_000);
  await Promise.resolve();
  assert.ok(model.waits && !over);
  model.answer({ type: "plotly", error: "it cannot be read; install Choreo again" }, []);
  await assert.rejects(asked, /install Choreo again/);
  assert.ok(!model.waits);
});
