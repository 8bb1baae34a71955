// Plotly for every chart of the page, loaded once.

import { element } from "./element.js";

/** @typedef {import("./model.js").Model} Model */

const BASIC = ["scatter", "bar"]; // what Plotly's basic build draws; serve/pages.py knows it, too

/** The library that draws the figure; the larger build draws everything. @param {Model} model */
export function plotlyFor(model, figure) {
  const basic = (figure.data ?? []).every(({ type = "scatter" }) => BASIC.includes(type));
  return library(basic && !loads()[addressOf("cartesian") ?? "cartesian"] ? "basic" : "cartesian", model);
}

/** The build that the page's server has. @returns {Promise<any>} */
export const plotlyServed = (build) => library(build, null);

/** Have a build there before the first chart asks for it; nothing where the page's server has none. */
export function plotlyAhead(build) {
  if (addressOf(build)) plotlyServed(build).catch(() => {}); // the first chart tries again
}

/** What was asked for by address, each once in a page, whichever component asks. */
function loads() {
  globalThis.choreoPlotlyLoads ??= {};
  return globalThis.choreoPlotlyLoads;
}

function library(build, model) {
  const all = loads();
  const name = addressOf(build) ?? build; // a page whose charts need the larger build has one address for both
  all[name] ??= load(build, model).catch((error) => {
    all[name] = undefined;
    throw error;
  });
  return all[name];
}

/** @returns {string | undefined} */
function addressOf(build) {
  /** @type {HTMLMetaElement | null} */
  const named = document.querySelector(`meta[name="choreo-plotly-${build}"]`);
  return named?.content;
}

async function load(build, model) {
  const served = addressOf(build);
  const url = served || URL.createObjectURL(await askFor(model, build));
  try {
    return await plotlyFrom(url);
  } finally {
    if (!served) URL.revokeObjectURL(url);
  }
}

/** Plotly from its script at this address. @param {string} url */
export async function plotlyFrom(url) {
  await new Promise((resolve, reject) => {
    const tag = element("script", { src: url, onload: resolve });
    tag.onerror = () => {
      tag.remove();
      reject(new Error("the drawing library did not arrive"));
    };
    document.head.append(tag);
  });
  if (!globalThis.Plotly) throw new Error("the drawing library did not start");
  return globalThis.Plotly;
}

/**
 * Where no server has it, the kernel does: packed, as a message. A kernel that is busy, as when all cells are run, answers
 * when it has done what was asked before, however long that takes.
 *
 * @returns {Promise<Blob>}
 */
function askFor(model, build) {
  return new Promise((resolve, reject) => {
    const finish = (error, blob = null) => {
      model.off("msg:custom", heard);
      if (error) reject(error);
      else resolve(blob);
    };
    const heard = (content, buffers) => {
      if (content?.type !== "plotly") return;
      if (content.error || !buffers?.length) return finish(new Error(content.error ?? "an empty answer"));
      const unpacked = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
      new Response(unpacked).text().then((text) => finish(null, new Blob([text], { type: "text/javascript" })), finish);
    };
    model.on("msg:custom", heard);
    model.send({ type: "plotly", build });
  });
}
