// A lesson run by Voilà for this visitor: its kernel speaks Jupyter's protocol.
import { shims } from "@jupyter-widgets/base";
import { KernelAPI } from "@jupyterlab/services/lib/kernel";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";

const PATIENCE = 1500; // ms between looks at a server that does not answer
const STOPPED = "This lesson’s engine has stopped. What you kept is safe, and what you were writing is still here.";

/** `say` and `showAll` are those of banner.js and outputs.js. */
export async function openJupyter({ kernel: id }, { say, showAll }) {
  const settings = ServerConnection.makeSettings({
    baseUrl: `${location.origin}/`,
    wsUrl: `${location.origin.replace(/^http/, "ws")}/`,
    appendToken: false,
  });
  const kernel = new KernelConnection({
    model: { id, name: "python3" },
    serverSettings: settings,
    commsOverSubshells: "disabled", // one lesson, one learner: messages in the order of their deeds
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
  kernel.registerCommTarget(manager.comm_target_name, (comm, message) =>
    manager.handle_comm_open(new shims.services.Comm(comm), message));
  await manager.restore();
  await showAll(manager);
}

/** Say what happened when the kernel, the server or the network goes away, and offer the way back. */
function watch(kernel, settings, say) {
  let leaving = false;
  let looking = false;

  async function look() {
    if (looking || leaving) return;
    looking = true;
    while (kernel.connectionStatus !== "connected" && !leaving) {
      try {
        const model = await KernelAPI.getKernelModel(kernel.id, settings);
        if (!model) return say(STOPPED, { reload: true });
        await kernel.reconnect();
      } catch {
        say("No connection to the course just now. What you kept is safe; this page keeps trying.");
      }
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
    looking = false;
    say("");
  }

  kernel.statusChanged.connect((_, status) => {
    if (["dead", "autorestarting", "restarting", "terminating"].includes(status) && !leaving) say(STOPPED, { reload: true });
  });
  kernel.connectionStatusChanged.connect((_, status) => status !== "connected" && look());

  // The kernel ends with the page. A page that comes back out of the browser's cache needs a new one.
  addEventListener("pagehide", () => {
    leaving = true;
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]+)/)?.[1] ?? "";
    const form = new FormData();
    form.append("_xsrf", decodeURIComponent(token));
    navigator.sendBeacon(`${settings.baseUrl}voila/api/shutdown/${kernel.id}`, form);
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
