// Brings a lesson's page to life: shows the widgets in their places, and connects them to a kernel.
import { openRecorded } from "./recorded.js";
import { follow } from "./outline.js";

follow(document.querySelector("[data-outline]"), document.querySelector("main"));

const page = JSON.parse(document.getElementById("choreo-page")?.textContent ?? "{}");
if (page.widgets) await openRecorded(page);
else if (page.kernel) await (await import("./jupyter.js")).openJupyter(page); // a stock kernel, started for this visitor
