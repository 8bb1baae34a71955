// Says what happened when the lesson loses its kernel or its server, and offers the way back.
import { KernelAPI } from "@jupyterlab/services/lib/kernel";

const PATIENCE = 1500; // ms between looks at a server that does not answer

export function watch(kernel, settings) {
  const banner = document.querySelector("[data-banner]");
  const again = banner.querySelector("button");
  again.addEventListener("click", () => location.reload());
  let leaving = false;
  let looking = false;

  function say(text, button) {
    banner.querySelector("[data-text]").textContent = text;
    again.hidden = !button;
    banner.hidden = !text;
  }

  function gone() {
    say("This lesson's engine has stopped. What you kept is safe, and what you were writing is still here.", true);
  }

  // The socket is down: find out whether the kernel, the server or the network is away.
  async function look() {
    if (looking || leaving) return;
    looking = true;
    while (kernel.connectionStatus !== "connected" && !leaving) {
      try {
        const model = await KernelAPI.getKernelModel(kernel.id, settings);
        if (!model) return gone();
        await kernel.reconnect();
      } catch {
        say("No connection to the course just now. What you kept is safe; this page keeps trying.", false);
      }
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
    looking = false;
  }

  kernel.statusChanged.connect((_, status) => {
    if (["dead", "autorestarting", "restarting", "terminating"].includes(status) && !leaving) gone();
  });
  kernel.connectionStatusChanged.connect((_, status) => {
    if (status === "connected" && !looking) say("", false);
    else if (status !== "connected") look();
  });

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
