// Brings a lesson's page to life: reads the outputs that the server put into the page, connects to the kernel, shows the widgets.
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { watch } from "./connection.js";
import { WidgetManager } from "./manager.js";
import { follow } from "./outline.js";
import { show } from "./outputs.js";

follow(document.querySelector("[data-outline]"), document.querySelector("main"));

const settings = ServerConnection.makeSettings({
  baseUrl: `${location.origin}/`,
  wsUrl: `${location.origin.replace(/^http/, "ws")}/`,
  appendToken: false,
});

async function open(kernelId) {
  const kernel = new KernelConnection({
    model: { id: kernelId, name: "python3" },
    serverSettings: settings,
    commsOverSubshells: "disabled", // one lesson, one learner: messages in the order of their deeds
  });
  watch(kernel, settings);
  await kernel.info;
  const manager = new WidgetManager(kernel);
  await manager.restore();
  for (const record of document.querySelectorAll("script[data-outputs]")) {
    const place = document.querySelector(`[data-cell="${record.dataset.outputs}"]`);
    await show(JSON.parse(record.textContent), place, manager);
  }
  document.documentElement.dataset.ready = "";
}

const page = JSON.parse(document.getElementById("choreo-kernel")?.textContent ?? "{}");
if (page.kernel) await open(page.kernel);
