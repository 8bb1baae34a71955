// Bundles the lesson page's script into ../static/client: one entry, and a part that loads only where stock ipywidgets
// controls are used.
import { readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

// anywidget ships an AMD module; the bundle needs the factory that it defines.
const anywidget = {
  name: "anywidget",
  setup(builder) {
    builder.onLoad({ filter: /anywidget[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const tail = 'define(["@jupyter-widgets/base"], widget_default);';
      if (!text.includes(tail)) throw new Error(`${path}: no AMD definition found; adapt build.mjs to this version`);
      return { contents: text.replace(tail, "export default widget_default;"), loader: "js" };
    });
  },
};

// Of Lumino a page needs little more than Widget: from its sources, a bundle takes only the files that it uses.
const lumino = {
  name: "lumino",
  setup(builder) {
    const source = new URL("node_modules/@lumino/widgets/src/", import.meta.url).pathname;
    builder.onResolve({ filter: /^@lumino\/widgets$/ }, () => ({ path: `${source}index.ts`, sideEffects: false }));
    builder.onResolve({ filter: /^\.\/[a-z]+$/ }, ({ path, importer }) =>
      (importer.startsWith(source) ? { path: `${source}${path.slice(2)}.ts`, sideEffects: false } : undefined));
  },
};

const out = new URL("../static/", import.meta.url).pathname;
await rm(`${out}client`, { recursive: true, force: true });
const result = await build({
  entryPoints: { lesson: "src/main.js", controls: "src/controls.css" },
  outdir: `${out}client`,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  chunkNames: "[name]-[hash]",
  define: { "process.env.NODE_ENV": '"production"', "process.env": '""', global: "globalThis" },
  loader: { ".svg": "dataurl" },
  alias: { "sanitize-html": "./src/escape.js", jquery: "jquery/dist/jquery.slim.min.js" }, // no ajax, no effects
  plugins: [anywidget, lumino],
  metafile: true,
  logLevel: "info",
});

// esbuild has every module load the chunk with its helpers, the page's own script too, which needs none: one request less.
const helpers = Object.keys(result.metafile.outputs).filter((file) => /chunk-\w+\.js$/.test(file) && !Object.keys(result.metafile.outputs[file].inputs).length);
const entry = await readFile(`${out}client/lesson.js`, "utf8");
const unneeded = (name) => helpers.some((file) => file.endsWith(name));
await writeFile(`${out}client/lesson.js`, entry.replace(/^import"\.\/(chunk-\w+\.js)";/, (all, name) => (unneeded(name) ? "" : all)));

if (process.argv.includes("--sizes")) {
  for (const [file, { bytes, inputs }] of Object.entries(result.metafile.outputs)) {
    console.log(file, bytes);
    Object.entries(inputs).sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput).slice(0, 15)
      .forEach(([name, { bytesInOutput }]) => console.log("   ", bytesInOutput, name));
  }
}
