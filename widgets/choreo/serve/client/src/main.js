// Brings a lesson's page to life: shows the widgets in their places, and connects them to a kernel.
import { say } from "./banner.js";
import { follow } from "./outline.js";
import { showAll } from "./outputs.js";
import { openRecorded } from "./recorded.js";

// A page of a lesson that was run beforehand is known from its head on, and asks for its kernel while it is being read.
const page = () => JSON.parse(document.getElementById("choreo-page")?.textContent ?? "{}");
const read = new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve();
});
read.then(() => follow(document.querySelector("[data-outline]"), document.querySelector("main")));

if (page().widgets) await openRecorded(page(), read, { say, showAll });
else {
  await read;
  if (page().kernel) await (await import("./jupyter.js")).openJupyter(page(), { say, showAll }); // a stock kernel, started for this visitor
}
