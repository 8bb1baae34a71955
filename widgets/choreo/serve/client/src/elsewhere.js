// A kernel on another server than the page's own, for the time when that one is full, or leaves. Whoever stands before the
// servers asks one after another (serve/drain.py); the page hears of that only whether there was one.
import { unpack } from "./frame.js";

const PATIENCE = 8000; // ms for a kernel that has brought the learner's work; until then nothing is lost where the page is

/** @typedef {{url: string, socket: WebSocket, heard: Event[]}} Line as static/early.js makes it */
/** @typedef {{ticket: string, placed: () => void, over: AbortSignal}} Queue `placed` is called when the page waits there too */

/**
 * A line to a new kernel that has what the learner did, with all that was heard on it; null where there is none just now.
 *
 * @param {string} url of the line that the page has @param {string} [link] the widget by which the learner's work comes
 * @param {Queue} [queue] where it is to be waited for
 * @returns {Promise<Line | null>}
 */
export function elsewhere(url, link, queue) {
  const asked = new URL(url);
  asked.searchParams.set("page", crypto.getRandomValues(new Uint32Array(4)).join("-")); // by the old name it would be the old one
  const line = { url: String(asked), socket: null, heard: [] };
  asked.searchParams.set("only", queue ? "queue" : "room");
  if (queue) asked.searchParams.set("ticket", queue.ticket);
  return new Promise((resolve) => {
    const socket = new WebSocket(asked);
    const begin = () => setTimeout(() => done(null), PATIENCE);
    let late = begin();
    const done = (found) => {
      clearTimeout(late);
      queue?.over.removeEventListener("abort", none);
      if (!found) end(socket);
      resolve(found);
    };
    const none = () => done(null);
    queue?.over.addEventListener("abort", none);
    line.socket = socket;
    socket.binaryType = "arraybuffer";
    const hear = (event) => line.heard.push(event);
    socket.onclose = (event) => {
      hear(event);
      done(null);
    };
    socket.onmessage = (event) => {
      if (queue && isPlace(event.data)) {
        clearTimeout(late);
        late = null; // until there is a kernel
        return queue.placed();
      }
      late ??= begin();
      hear(event);
      const verdict = verdictOf(event.data, link);
      if (verdict !== null) done(verdict ? line : null);
    };
  });
}

/** End a line that is not taken, and its kernel with it. */
export function end(socket) {
  socket.onclose = socket.onmessage = null;
  if (socket.readyState === WebSocket.OPEN) socket.send("bye");
  socket.close();
}

const isPlace = (data) => typeof data === "string" && Boolean(JSON.parse(data).place);

/** Whether what was heard says that all is there, or that it will not be; null while neither is known. */
function verdictOf(data, link) {
  if (typeof data === "string") {
    const { kernel } = JSON.parse(data);
    return kernel ? (link ? null : true) : false;
  }
  const { content } = unpack(data);
  const state = content.comm === link && content.data?.state;
  if (!state) return null;
  return state.opened ? true : state.trouble ? false : null;
}
