// Brings a lesson's page to life: shows the widgets in their places, and connects them to a kernel.

import { whenIdle } from "../../../views/shared/idle.js";
import { plotlyAhead } from "../../../views/shared/plotly.js";
import { say, troubled } from "./banner.js";
import { follow } from "./outline.js";
import { Outputs } from "./outputs.js";
import { readyForPaper } from "./paper.js";
import { keepPlace } from "./place.js";
import { openRecorded } from "./recorded.js";
import { followRun } from "./run.js";
import { stay } from "./stay.js";
import { followLinks, goOnBar, Steps, showAllButtons } from "./steps.js";

const asked = new URLSearchParams(location.search);
if (asked.has("new")) {
  const rest = location.search.replace(/([?&])new\b=?&?/, "$1").replace(/[?&]$/, ""); // "new" is said to the server only
  history.replaceState(history.state, "", location.pathname + rest + location.hash);
}

const main = document.querySelector("main");
const lesson = location.pathname.split("/").at(-2);
const place = keepPlace(main, lesson);
const steps = new Steps(main, lesson);
const outputs = new Outputs();
steps.show = () => outputs.show();
place.restore();
follow(document.querySelector("[data-outline]"), steps);
goOnBar(document.querySelector("[data-bar]"), steps);
showAllButtons([...document.querySelectorAll("[data-show-all]")], document.querySelector("[data-sure]"), steps);
followLinks(steps, place);
readyForPaper(outputs);

main.addEventListener("choreo:trouble", (event) => {
  const { text, again } = /** @type {CustomEvent} */ (event).detail;
  event.preventDefault(); // said here
  troubled(text, again);
});
const page = JSON.parse(document.getElementById("choreo-page")?.textContent ?? "{}");
const back = new Promise((resolve) => {
  main.addEventListener("choreo:opened", resolve, { once: true }); // what the learner did has come back (views/link.js)
  setTimeout(resolve, 4000); // or it does not: then the page does as well as it can
});
const showAll = (manager) => outputs.use(manager).then(() => steps.changed());
if (page.widgets) await openRecorded(page, { say, showAll });
// a stock kernel, started for this visitor
else if (page.kernel) await (await import("./jupyter.js")).openJupyter(page, { say, showAll });

/** @type {HTMLElement} */ (document.querySelector("[data-trouble]")).hidden = true; // it has come all the same
const edge = () => Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
if (location.hash === "#go-on") {
  await back;
  await steps.continue();
  stay(main, document.activeElement, edge()); // parts above it may still grow
  history.replaceState(history.state, "", location.pathname + location.search); // a reload comes back to the place
} else {
  place.settle();
  if (asked.has("run")) await back; // predictions that were made before open its step
  if (!place.known && (await followRun(main, steps))) history.scrollRestoration = "auto";
  else {
    const goal = location.hash && !place.known ? document.getElementById(location.hash.slice(1)) : null;
    if (goal) back.then(() => goal.getClientRects().length && stay(main, goal, edge())); // none while its step is closed
  }
}
if (page.plotly) whenIdle(() => plotlyAhead(page.plotly)); // for charts of steps that are still closed
