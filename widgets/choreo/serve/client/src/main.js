// Brings a lesson's page to life: shows the widgets in their places, and connects them to a kernel.
import { say } from "./banner.js";
import { follow } from "./outline.js";
import { showAll } from "./outputs.js";
import { openRecorded } from "./recorded.js";

if (location.search === "?new") history.replaceState(history.state, "", location.pathname + location.hash); // said to the server only

follow(document.querySelector("[data-outline]"), document.querySelector("main"));

const page = JSON.parse(document.getElementById("choreo-page")?.textContent ?? "{}");
if (page.widgets) await openRecorded(page, { say, showAll });
else if (page.kernel) await (await import("./jupyter.js")).openJupyter(page, { say, showAll }); // a stock kernel, started for this visitor
