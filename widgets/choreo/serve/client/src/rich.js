// Outputs that are no widgets: HTML that is ready to be shown (serve/outputs.py) and Plotly figures. Loaded only where a
// lesson has any.

/**
 * @typedef {object} Form what an output is to be shown as
 * @property {string} [html]
 * @property {string} [widget] a widget's id
 * @property {string} [error] what a cell raised
 * @property {{data: object[], layout: any, config: object, frames?: object[]}} [plotly]
 * @property {string} [build] of Plotly, that draws it
 * @property {string} [alt] what it shows
 * @property {string} [display] the name under which it may be shown anew
 */

/** @typedef {{library: (build: string) => Promise<any>, part: (form: Form, box: HTMLElement) => Promise<void>}} Page */

const LEAST = 250; // px of width that Plotly needs
const CONFIG = { responsive: false, displaylogo: false };

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("rich.css", import.meta.url).href;
document.head.append(sheet);

/** @type {Page} */
let page;

addEventListener("resize", () => {
  for (const box of document.querySelectorAll(".choreo-output")) reachable(box);
});

/** Show the form in `box`. @param {Form} form @param {HTMLElement} box @param {Page} tools */
export async function show(form, box, tools) {
  page = tools;
  box.classList.add("choreo-output");
  if (form.display) box.dataset.display = form.display;
  if (form.plotly) return draw(form, box);
  box.innerHTML = form.html ?? ""; // the author's, like the page itself
  reachable(box);
}

/** Show anew what was displayed under a name. @param {Form} form */
export async function showAnew(form) {
  /** @type {NodeListOf<HTMLElement>} */
  const boxes = document.querySelectorAll(`[data-display="${CSS.escape(form.display)}"]`);
  await Promise.all(
    [...boxes].map((box) => {
      box.replaceChildren();
      return page.part(form, box);
    }),
  );
}

/** What is wider than its place can be moved by keys, too. */
function reachable(box) {
  for (const one of [box, ...box.querySelectorAll("pre")]) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
  }
}

/**
 * A figure as its author made it, as wide as there is room, and again when the room changes.
 *
 * @param {Form} form @param {HTMLElement} box
 */
async function draw({ plotly, build, alt }, box) {
  const place = document.createElement("div");
  place.className = "choreo-figure";
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", alt);
  const { width, height = 450 } = plotly.layout;
  place.style.minBlockSize = `${height}px`;
  box.replaceChildren(place);
  let library;
  try {
    library = await page.library(build);
  } catch (/** @type {any} */ error) {
    place.textContent = `${alt}: ${error.message}`;
    return;
  }
  const room = () => Math.max(LEAST, Math.min(width ?? Infinity, box.clientWidth));
  const layout = { ...plotly.layout, width: room(), height, autosize: false };
  await library.newPlot(place, { ...plotly, layout, config: { ...plotly.config, ...CONFIG } });
  const sized = new ResizeObserver(() => {
    if (!place.isConnected) {
      sized.disconnect();
      library.purge(place);
    } else if (place.clientWidth && room() !== layout.width) {
      layout.width = room();
      library.relayout(place, { width: layout.width });
    }
  });
  sized.observe(box);
}
