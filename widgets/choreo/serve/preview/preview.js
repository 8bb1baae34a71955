// The author's preview: the lesson in a frame, new at every saving, and what is wrong with it beside.

import { at } from "../../views/shared/at.js";
import { element } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";

const PAUSE = 400; // ms until the server is asked again where it did not answer

/** @typedef {{text: string, file?: string, line?: number, cell?: number}} Fault */

const lesson = document.body.dataset.lesson;
/** @type {HTMLIFrameElement} */
const frame = document.querySelector("[data-frame]");
const state = document.querySelector("[data-state]");
const found = { here: [], others: [], scripts: [], page: [] };
let shown = ""; // the version in the frame
let wasBehind = false; // whether newer files than those in the frame were at fault
let saved = 0; // when the newest file was saved that is to be seen in it

/** Ask what is new, for as long as the page is open. */
async function follow() {
  for (let since = 0; ; ) {
    try {
      const answer = await fetch(at(`/preview/${lesson}/news?since=${since}`));
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      await take(news, since === 0);
      since = news.number;
    } catch {
      state.textContent = t("The preview waits for its server …");
      since = 0; // a server that was started anew counts from the beginning
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

async function take(news, first) {
  Object.assign(found, { here: news.faults, others: news.others });
  if (news.scripts.length) found.scripts = await faultsOf(news.scripts);
  tell(news.checked);
  const changed = news.version && news.version !== shown;
  if (!changed || found.scripts.length) {
    const behind = found.scripts.length > 0 || news.behind;
    if (behind && !first) state.textContent = t("The newest version is not shown: see what to mend.");
    else if (wasBehind) state.textContent = t("Up to date.");
    wasBehind = behind;
    return;
  }
  saved = shown ? news.saved : 0;
  shown = news.version;
  found.page = [];
  wasBehind = false;
  if (frame.contentDocument?.querySelector("main")) frame.contentWindow.location.reload();
  else frame.src = at(`/lessons/${lesson}?all${frame.dataset.at ? `#at-${frame.dataset.at}` : ""}`);
  hearken();
}

/** What the browser does not understand in these scripts: each is loaded by itself, as it is written. */
async function faultsOf(scripts) {
  const faults = [];
  const hear = (event) => {
    const file = decodeURIComponent(new URL(event.filename || location.href).pathname).split(/\/source\/\d+\//)[1];
    if (!file) return;
    faults.push({ text: remedy(event.message), file: `widgets/choreo/${file}`, line: event.lineno });
    event.preventDefault();
  };
  addEventListener("error", hear);
  const mark = Date.now();
  await Promise.all(
    scripts.map(
      (name) =>
        new Promise((resolve) => {
          const script = element("script", { type: "module", src: at(`/preview/source/${mark}/${name}`) });
          const done = () => setTimeout(resolve); // its error is told first
          for (const event of ["load", "error"]) script.addEventListener(event, done);
          addEventListener("error", done, { once: true });
          document.head.append(script);
        }),
    ),
  );
  removeEventListener("error", hear);
  return faults;
}

const remedy = (message) =>
  t("{what}. Mend the line and save.", { what: message.replace(/^Uncaught /, "").replace(/\.$/, "") });

/** Hear what goes wrong in the frame's next page, and when it is ready. */
function hearken() {
  const before = frame.contentDocument;
  const look = () => {
    const page = frame.contentDocument;
    if (!page?.documentElement || page === before || page.URL === "about:blank") return requestAnimationFrame(look);
    const { defaultView: view, documentElement: root } = page;
    const own = /** @type {any} */ (view);
    own.addEventListener("error", (event) => atFault(event.message, event.error?.stack));
    own.addEventListener("unhandledrejection", ({ reason }) => atFault(String(reason), reason?.stack));
    const say = own.console.error;
    own.console.error = (error, ...rest) => {
      say.call(own.console, error, ...rest);
      if (error?.stack) atFault(String(error), error.stack);
    };
    page.addEventListener("click", elsewhere);
    page.addEventListener("error", notThere, { capture: true });
    let done = false;
    const seen = () => {
      if (done || page.readyState === "loading" || !inView(page, view)) return;
      done = true;
      watcher.disconnect();
      upToDate();
    };
    const watcher = new MutationObserver(seen);
    watcher.observe(root, { attributeFilter: ["aria-busy", "data-ready"], subtree: true });
    page.addEventListener("DOMContentLoaded", seen);
    seen();
  };
  look();
}

/** Whether all that the window shows of the page is there. */
function inView(page, view) {
  return [...page.querySelectorAll("[data-cell][aria-busy]")].every((cell) => {
    const { top, bottom, height } = cell.getBoundingClientRect();
    return !height || bottom < 0 || top > view.innerHeight;
  });
}

/** What leads out of the lesson opens in a window of its own: no other page of the course lets itself be framed. */
function elsewhere(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.pathname === frame.contentWindow.location.pathname) return;
  event.preventDefault();
  window.open(link.href, "_blank", "noopener");
}

/** A picture that did not come. */
function notThere({ target }) {
  if (target.tagName !== "IMG") return;
  const name = decodeURIComponent(new URL(target.src).pathname.split("/").pop());
  found.page.push({
    text: t("The picture {name} is not there; put it beside the notebook, or mend its name.", { name }),
  });
  tell();
}

async function atFault(message, stack) {
  const place = /\/parts\/([0-9a-f]+\.js):(\d+)/.exec(stack ?? "");
  const answer = place && (await fetch(at(`/preview/place/${place[1]}/${place[2]}`)));
  const where = answer?.ok ? await answer.json() : {};
  if (found.page.some((fault) => fault.text === remedy(message))) return;
  found.page.push({ text: remedy(message), ...where });
  tell();
}

function upToDate() {
  const faults = [...found.here, ...found.scripts, ...found.page];
  const after = ((Date.now() - saved) / 1000).toFixed(1);
  if (saved) state.textContent = t("Up to date, {after} s after saving.", { after });
  else state.textContent = faults.length ? t("As it runs now: see what to mend.") : t("Up to date.");
  saved = 0;
}

/** Show all faults: this lesson's and its scripts' first, what is wrong elsewhere folded. */
function tell(checked = true) {
  const about = new RegExp(`(^|/)${lesson.split("--")[0]}[/.]`);
  const own = [...found.here, ...found.scripts, ...found.page, ...found.others.filter(({ file }) => about.test(file))];
  const others = found.others.filter(({ file }) => !about.test(file));
  const panel = /** @type {HTMLElement} */ (document.querySelector("[data-faults]"));
  panel.hidden = !(own.length || others.length);
  panel.querySelector("[data-own]").replaceChildren(...own.map(line));
  panel.querySelector("[data-others]").replaceChildren(...others.map(line));
  const rest = /** @type {HTMLElement} */ (panel.querySelector("[data-rest]"));
  rest.hidden = !others.length;
  rest.querySelector("summary").textContent = t("In other files: {count}", { count: others.length });
  parent.postMessage({ choreo: "faults", lesson, faults: [...own, ...others], checked }, "*"); // JupyterLab marks the lines
}

/** @param {Fault} fault */
function line({ text, file = "", line: number = 0, cell = 0 }) {
  const where = [cell && t("cell {cell}", { cell }), number && t("line {number}", { number })].filter(Boolean);
  return element("li", {}, file && element("code", {}, [file, ...where].join(", ")), element("p", {}, text));
}

document.querySelector("[data-lessons]").addEventListener("change", ({ target }) => {
  location.href = at(`/preview/${/** @type {HTMLSelectElement} */ (target).value}`);
});
follow();
