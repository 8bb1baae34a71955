import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../", import.meta.url).pathname;
const PARSER = `${ROOT}widgets/choreo/serve/client/node_modules/typescript/lib/typescript.js`;
const MOST = 80; // lines; biome's rule counts fewer than stand there
const BUILT = ["widgets/choreo/serve/static/client/", "node_modules/"];

/** The functions of a file that are longer than that, as "file:line: lines". */
function long(ts, file) {
  const source = ts.createSourceFile(file, readFileSync(ROOT + file, "utf8"), ts.ScriptTarget.Latest, true);
  const line = (at) => source.getLineAndCharacterOfPosition(at).line + 1;
  const found = [];
  const walk = (node) => {
    const lines = ts.isFunctionLike(node) ? line(node.end) - line(node.getStart()) + 1 : 0;
    if (lines > MOST) found.push(`${file}:${line(node.getStart())}: ${lines} lines`);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

test(
  "no function of the browser's half has more than 80 lines",
  { skip: !process.env.CI && !existsSync(PARSER) },
  async () => {
    const { default: ts } = await import(PARSER);
    const files = globSync("widgets/**/*.{js,mjs}", { cwd: ROOT, exclude: (name) => name === "node_modules" }).filter(
      (file) => !BUILT.some((one) => file.includes(one)),
    );
    assert.ok(files.length > 50);
    assert.deepEqual(
      files.flatMap((file) => long(ts, file)),
      [],
    );
  },
);
