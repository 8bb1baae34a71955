import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { points } from "../../../widgets/choreo/live/phone/plural.js";
import { n } from "../../../widgets/choreo/views/shared/words.js";

test("one is told as one, and many with their number", () => {
  assert.equal(n("You hear one beat.", "You hear {count} people.", 1), "You hear one beat.");
  assert.equal(n("You hear one beat.", "You hear {count} people.", 3), "You hear 3 people.");
  assert.deepEqual([0, 1, 1.04, 2.55].map(points), ["0 points", "1 point", "1 point", "2.6 points"]);
});

test("no phone's part counts people, points or rounds without it", () => {
  const folder = new URL("../../../widgets/choreo/live/activities/", import.meta.url);
  const scripts = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".js"));
  assert.ok(scripts.length >= 8);
  for (const name of scripts) {
    const counted = /\$\{[^{}]+\} (people|points|rounds|times|others|answers)\b/;
    assert.doesNotMatch(
      readFileSync(new URL(String(name).replaceAll("\\", "/"), folder), "utf-8"),
      counted,
      String(name),
    );
  }
});
