// Bundles the lesson page's script into ../static/client, or --into=another folder: one entry, and parts that load only
// where ipywidgets' own controls are used, or an author's outputs are shown.
import { readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { licenses, packages } from "./licenses.mjs";

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
      importer.startsWith(source) ? { path: `${source}${path.slice(2)}.ts`, sideEffects: false } : undefined,
    );
  },
};

const elsewhere = process.argv.find((word) => word.startsWith("--into="))?.slice("--into=".length);
const out = elsewhere ?? new URL("../static/client", import.meta.url).pathname;
await rm(out, { recursive: true, force: true });
const result = await build({
  entryPoints: { lesson: "src/main.js", controls: "src/controls.css", rich: "src/rich.css" },
  outdir: out,
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
  logLevel: "warning",
});

// esbuild has every module load the chunk with its helpers, the page's own script too, which needs none: one request
// less.
const helpers = Object.keys(result.metafile.outputs).filter(
  (file) => /chunk-\w+\.js$/.test(file) && !Object.keys(result.metafile.outputs[file].inputs).length,
);
const entry = await readFile(`${out}/lesson.js`, "utf8");
const unneeded = (name) => helpers.some((file) => file.endsWith(name));
await writeFile(
  `${out}/lesson.js`,
  entry.replace(/^import"\.\/(chunk-\w+\.js)";/, (all, name) => (unneeded(name) ? "" : all)),
);

// Packages without a file of their own: the text of the project that they belong to. Lumino is a part of JupyterLab's.
const SHARED = {
  "@jupyter-widgets/": "jupyter-widgets.txt",
  "@jupyterlab/": "jupyterlab.txt",
  "@lumino/": "jupyterlab.txt",
};

const taken = Object.values(result.metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
await writeFile(`${out}/LICENSES.txt`, await licenses(packages(taken), new URL("licenses/", import.meta.url), SHARED));

if (process.argv.includes("--sizes")) {
  for (const [file, { bytes, inputs }] of Object.entries(result.metafile.outputs)) {
    console.log(file, bytes);
    const largest = Object.entries(inputs).sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput);
    for (const [name, { bytesInOutput }] of largest.slice(0, 15)) console.log("   ", bytesInOutput, name);
  }
}
