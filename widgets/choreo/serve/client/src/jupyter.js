// A lesson run by Voilà for this visitor: its kernel speaks Jupyter's protocol.
import { shims } from "@jupyter-widgets/base";
import { KernelAPI } from "@jupyterlab/services/lib/kernel";
import { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { at } from "../../../views/shared/at.js";
import { AWAY, blocked, reachable } from "./blocked.js";

const SHOWN = "application/vnd.choreo.shown+json"; // serve/outputs.py
const DEAF = 3; // looks at which the server answers, and its live connection does not come
const UNOPENED = 10000; // ms for the first one
const RECONNECT = 5000; // ms for each further one
const PATIENCE = 1500; // ms between looks at a server that does not answer
const STOPPED = "This lesson’s engine has stopped. What you kept is safe, and what you were writing is still here.";

/** `say` and `showAll` are those of banner.js and outputs.js. */
export async function openJupyter({ kernel: id }, { say, showAll }) {
  const baseUrl = new URL(at("/"), location.href).href;
  const settings = ServerConnection.makeSettings({
    baseUrl,
    wsUrl: baseUrl.replace(/^http/, "ws"),
    appendToken: false,
  });
  const kernel = new KernelConnection({
    model: { id, name: "python3" },
    serverSettings: settings,
    commsOverSubshells: CommsOverSubshells.Disabled, // one lesson, one learner: messages in the order of their deeds
  });
  watch(kernel, settings, say);
  const [{ WidgetManager }] = await Promise.all([import("./manager.js"), kernel.info]);
  const manager = new WidgetManager({
    create(target, comm, data, metadata, buffers) {
      const made = kernel.createComm(target, comm);
      if (data || metadata) made.open(data, metadata, buffers);
      return new shims.services.Comm(made);
    },
    async ids() {
      const { content } = await kernel.requestCommInfo({ target_name: manager.comm_target_name });
      return content.status === "ok" ? content.comms : {};
    },
  });
  kernel.registerCommTarget(manager.comm_target_name, async (comm, message) => {
    await manager.handle_comm_open(new shims.services.Comm(comm), message);
  });
  kernel.iopubMessage.connect((_, { header, content }) => {
    const form = header.msg_type === "update_display_data" && /** @type {any} */ (content).data[SHOWN];
    if (form) import("./rich.js").then(({ showAnew }) => showAnew(form));
  });
  onePlotly();
  await manager.restore();
  await showAll(manager);
}

/** Where a figure needs the larger build of Plotly, it draws the others, too; a recorded page's server knows that. */
function onePlotly() {
  const [basic, cartesian] = ["basic", "cartesian"].map((build) =>
    document.querySelector(`meta[name="choreo-plotly-${build}"]`),
  );
  const needed = [...document.querySelectorAll("script[data-outputs]")].some(({ textContent }) =>
    textContent.includes('"build": "cartesian"'),
  );
  if (needed) basic.setAttribute("content", cartesian.getAttribute("content"));
}

/** What the promise brings; an error if that takes longer. */
function within(milliseconds, promise) {
  const late = new Promise((_, reject) => setTimeout(reject, milliseconds));
  return Promise.race([promise, late]);
}

/** Say what happened when the kernel, the server or the network goes away, and offer the way back. */
function watch(kernel, settings, say) {
  let leaving = false;
  let looking = false;

  async function look() {
    if (looking || leaving) return;
    looking = true;
    let deaf = 0;
    while (kernel.connectionStatus !== "connected" && !leaving) {
      try {
        const model = await KernelAPI.getKernelModel(kernel.id, settings);
        if (!model) return say(STOPPED, { reload: true });
        deaf += 1;
        if (deaf >= DEAF) say(blocked());
        await within(RECONNECT, kernel.reconnect());
      } catch {
        if (!(await reachable())) deaf = 0;
        say(deaf < DEAF ? AWAY : blocked());
      }
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
    looking = false;
    say("");
  }

  kernel.statusChanged.connect((_, status) => {
    if (["dead", "autorestarting", "restarting", "terminating"].includes(status) && !leaving)
      say(STOPPED, { reload: true });
  });
  kernel.connectionStatusChanged.connect((_, status) => status !== "connected" && look());

  setTimeout(() => kernel.connectionStatus !== "connected" && look(), UNOPENED);

  // The kernel ends with the page. A page that comes back out of the browser's cache needs a new one.
  addEventListener("pagehide", () => {
    leaving = true;
    navigator.sendBeacon(`${settings.baseUrl}voila/api/shutdown/${kernel.id}`);
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
