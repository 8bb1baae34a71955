// Makes plotly-*.min.js.gz: Plotly as published, with a "(" before each function that a first chart runs.
//
// Engines compile a function in parentheses at once, with the script and in another thread, since such a function is
// mostly called at once; the others wait for their first call. Without them, a third of the time to the first chart goes
// into compiling function after function while the page stands still; to compile all takes longer than to draw.
// Needs a Chromium: the one that CHROMIUM names, or /usr/bin/chromium.
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { parse } from "acorn";
import { fullAncestor } from "acorn-walk";
import { build } from "esbuild";
import MagicString from "magic-string";
import { chromium } from "playwright-core";
import { licenses, packages } from "../../serve/client/licenses.mjs";

const here = new URL(".", import.meta.url);
const figure = JSON.parse(await readFile(new URL("figure.json", here), "utf8"));
const licence = (script) => /^\/\*[\s\S]*?\*\/\n/.exec(script)[0];

/** A browser's page with the chart that the script draws, and where in the script the functions begin that ran. */
async function drawn(browser, script) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const failed = [];
  page.on("pageerror", (error) => failed.push(error));
  await page.route("**/*", (route) => {
    const asked = route.request().url();
    if (asked.endsWith(".js")) return route.fulfill({ body: script, contentType: "text/javascript; charset=utf-8" });
    return route.fulfill({
      body: '<!DOCTYPE html><div style="width: 860px"></div><script src="plotly.js"></script>',
      contentType: "text/html",
    });
  });
  await page.coverage.startJSCoverage();
  await page.goto("http://localhost/");
  const picture = await page.evaluate(async ({ data, layout, config }) => {
    const box = await Plotly.react(document.querySelector("div"), data, layout, config);
    return box.innerHTML.replaceAll(box._fullLayout._uid, "");
  }, figure);
  const [{ functions }] = (await page.coverage.stopJSCoverage()).filter(({ url }) => url.endsWith(".js"));
  await page.close();
  if (failed.length) throw failed[0];
  const ran = functions
    .filter(({ ranges: [whole] }) => whole.count > 0)
    .map(({ ranges: [whole] }) => whole.startOffset);
  return { picture, ran: new Set(ran) };
}

/** The script with parentheses around the functions that ran. */
function eager(script, ran) {
  const text = new MagicString(script);
  fullAncestor(parse(script, { ecmaVersion: "latest" }), (node, _, ancestors) => {
    if (!ran.has(node.start)) return;
    const [around, parent] = [ancestors.at(-3), ancestors.at(-2)];
    if (node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression") {
      const method =
        parent.type === "MethodDefinition" || (parent.type === "Property" && (parent.method || parent.kind !== "init"));
      if (!method) text.appendRight(node.start, "(").appendLeft(node.end, ")");
    } else if (
      node.type === "FunctionDeclaration" &&
      (parent.type === "Program" || /Function/.test(around.type)) &&
      once(node, parent)
    ) {
      // A declared function is there from the beginning of what it is in: so is a variable that is set there.
      text.update(node.start, node.id.end, `var ${node.id.name}=(function`).appendLeft(node.end, ");");
      const start =
        parent.body.findLast((statement) => statement.directive)?.end ??
        (parent.type === "Program" ? 0 : parent.start + 1);
      if (start !== node.start) text.move(node.start, node.end, start);
    }
  });
  return text.toString();
}

function once(node, parent) {
  const same = parent.body.filter((other) => other.type === "FunctionDeclaration" && other.id.name === node.id.name);
  return same.length === 1 && !node.async && !node.generator;
}

// Plotly's own builds leave out what the attributes' descriptions say, too.
const undescribed = {
  name: "undescribed",
  setup(builder) {
    builder.onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const description = /^\s*description:\s*\[[^\]]*?\]\.join\([^)]*\),?\s*$/gm;
      return {
        contents: text.replace(description, (found) => (found.includes("function") ? found : "")),
        loader: "js",
      };
    });
  },
};

const cartesian = await readFile(
  new URL("node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js", here),
  "utf8",
);
const {
  outputFiles: [basic],
  metafile: { inputs },
} = await build({
  entryPoints: [new URL("basic.js", here).pathname],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  define: { global: "globalThis" },
  banner: { js: licence(cartesian).replace("cartesian", "basic") },
  legalComments: "none",
  write: false,
  outdir: "out",
  loader: { ".css": "empty" }, // of maps
  plugins: [undescribed],
  metafile: true,
  logLevel: "warning",
});

// Of the published build, the same without minification says in comments which files are in it. Some are Plotly's own
// development packages, which package.json names for their licences.
const commented = await readFile(new URL("node_modules/plotly.js/dist/plotly-cartesian.js", here), "utf8");
const published = [...commented.matchAll(/^ *\/\/ (node_modules\/.+)$/gm)].map(([, file]) => file);
const bundled = packages([...Object.keys(inputs), ...published, "node_modules/plotly.js/"]);
await writeFile(new URL("LICENSES.txt", here), await licenses(bundled, new URL("licenses/", here)));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [name, script] of Object.entries({ basic: basic.text, cartesian })) {
  const before = await drawn(browser, script);
  const made = eager(script, before.ran);
  const after = await drawn(browser, made);
  if (after.picture !== before.picture) throw new Error(`${name}: the chart is another one with parentheses`);
  const packed = gzipSync(made, { level: 9 });
  await writeFile(new URL(`plotly-${name}.min.js.gz`, here), packed);
  console.log(`plotly-${name}: ${before.ran.size} functions at once, ${made.length} bytes, ${packed.length} packed`);
}
await browser.close();
