// The connection to a forked kernel: frames over one websocket that comes back by itself.
import { end } from "./elsewhere.js";
import { pack, unpack } from "./frame.js";

// ms before each new attempt; the last one again and again
const WAITS = [0, 200, 300, 300, 300, 300, 300, 300, 700, 1000];
// ms after which a connection counts as good: a kernel that dies at once must not be asked for in a circle
const SETTLED = 10000;
const DEAF = 3; // connections in a row on which nothing was heard: then it is no chance
const UNOPENED = 10000; // ms after which a connection that does not open never will
const SILENT = 30000; // ms after which one that is open, and on which nothing is heard, carries nothing
const SPREAD = 250; // ms over which pages that lost the same server come to the next one
const TOGETHER = 4; // ms that a message waits for others which belong to it
const ENDED = 4000;
const TROUBLE = 4001;
const ASLEEP = 4002;
const MOVED = 4003;

const spread = (wait) => wait / 2 + Math.random() * Math.max(wait, SPREAD);

/**
 * `news({state, place, why})` hears of: "joined" (first kernel), "renewed" (another kernel than before), "back" (the
 * same kernel again), "lost" (`deaf`: again and again without a word), "waiting" (place in the queue), "trouble",
 * "passed" (no place here any more), "asleep", "leaves" (the server will end; the kernel is still there), "moved" (another kernel, by `take`).
 */
export class Wire {
  /** `line`: the first socket, its address, and the events that it has had so far (static/early.js). */
  constructor({ url, socket, heard }, news) {
    this.url = url;
    this.news = news;
    this.comms = new Map();
    this.waiting = []; // frames for a kernel that is not there yet
    this.asked = new Map(); // message id -> callbacks
    this.heard = []; // messages that are heard together with those that follow
    this.soonest = null;
    this.early = []; // messages to comms that the page has yet to make
    this.attempts = 0;
    this.known = false; // whether there was a kernel
    this.alive = false; // whether the kernel may still run, wherever that is
    this.unheard = 0; // connections in a row on which nothing was heard
    this.pending = new Set(); // ids of messages that the kernel is not done with
    this.taking = false;
    this.leaves = false; // whether the kernel's server will end
    this.queued = false; // whether it waits for a place
    this.place = 0; // in the queue
    this.ticket = ""; // by which servers know how long it has waited
    this.count = 0;
    /** @type {(comm: object, message: object) => void} */
    this.opened = () => {}; // a comm that the kernel opened
    this.connect(socket);
    queueMicrotask(() => {
      // once whoever hears the news knows this wire
      for (const event of heard.splice(0)) socket[`on${event.type}`](event);
    });
    addEventListener("online", () => this.soon(0));
  }

  /** Nothing is on its way to the kernel or from it. */
  get rests() {
    return this.joined && !this.pending.size;
  }

  /** `same`: this connection asks for the kernel that the page had, and for no other. */
  connect(socket = new WebSocket(this.url + (this.ticket && `&ticket=${this.ticket}`)), same = false) {
    this.socket = socket;
    this.same = same;
    this.joined = false;
    this.silent = true;
    if (!same) this.unheard += 1; // until something is
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      this.silent = false;
      this.unheard = 0;
      if (typeof data === "string") this.hearServer(JSON.parse(data));
      else this.gather(unpack(data));
    };
    socket.onclose = ({ code, reason }) => this.closed(socket, code, reason);
    this.waitFor(socket);
  }

  closed(socket, code, reason) {
    if (this.socket !== socket || this.left) return;
    clearTimeout(this.patience);
    if (this.joined && performance.now() - this.since > SETTLED) this.attempts = 0;
    this.joined = this.leaves = this.queued = false;
    if (this.same && this.silent) return this.connect(); // then another one
    if (code === TROUBLE) return;
    if (code === ENDED || code === ASLEEP) this.alive = false;
    if (code === ASLEEP) return this.news({ state: "asleep" });
    if (code === MOVED) this.news({ state: "passed" });
    else if (code !== ENDED) this.news({ state: "lost", why: reason, deaf: this.unheard >= DEAF });
    this.soon(code === ENDED && !this.attempts ? 0 : undefined);
  }

  /** A connection that something on the way has swallowed ends by itself, here. */
  waitFor(socket) {
    const end = () => {
      if (this.socket !== socket || !this.silent) return;
      this.unheard = DEAF;
      this.same = false;
      socket.onclose = null; // it may never come
      socket.close();
      this.closed(socket, 1006, "");
    };
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      if (socket.readyState === WebSocket.CONNECTING) end();
      else this.patience = setTimeout(end, SILENT - UNOPENED);
    }, UNOPENED);
  }

  soon(wait = spread(WAITS[Math.min(this.attempts, WAITS.length - 1)])) {
    if (this.socket.readyState < WebSocket.CLOSING || this.left) return;
    clearTimeout(this.timer);
    this.attempts += 1;
    this.timer = setTimeout(() => {
      if (this.alive) this.connect(new WebSocket(`${this.url}&only=same`), true);
      else this.connect();
    }, wait);
  }

  /** Go on over another line, on which another kernel was heard already (elsewhere.js); the one before ends. */
  take({ url, socket, heard }) {
    const before = this.socket;
    clearTimeout(this.timer);
    this.url = url;
    this.taking = true;
    this.connect(socket);
    for (const event of heard.splice(0)) socket[`on${event.type}`](event);
    this.taking = false;
    end(before);
  }

  /** End the connection, and the kernel with it. */
  leave() {
    this.left = true;
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send("bye");
    this.socket.close();
  }

  hearServer({ kernel, place, ticket, trouble, move }) {
    this.leaves = Boolean(move);
    this.queued = Boolean(place);
    this.place = place ?? 0;
    this.ticket = ticket ?? "";
    if (move) return this.news({ state: "leaves" });
    if (place) return this.news({ state: "waiting", place });
    if (trouble) return this.news({ state: "trouble", why: trouble });
    this.since = performance.now();
    this.joined = this.alive = true;
    this.pending.clear();
    const first = !this.known;
    this.known = true;
    if (kernel === "new" && !first) {
      this.forget();
      return this.news({ state: this.taking ? "moved" : "renewed" });
    }
    for (const frame of this.waiting.splice(0)) this.socket.send(frame);
    return this.news({ state: first ? "joined" : "back" });
  }

  /** All comms belong to a kernel that is gone: what they would still say is nobody's. */
  forget() {
    for (const comm of this.comms.values()) comm.gone = true;
    this.comms.clear();
    this.asked.clear();
    this.heard = [];
    this.early = [];
    this.waiting = [];
  }

  /**
   * What the kernel says to one deed is heard at one go, so that one frame shows it all; the rest, and what comes late,
   * at once.
   */
  gather(message) {
    this.heard.push(message);
    if (!message.content.parent || message.content.type === "idle") this.hear();
    else this.soonest ??= setTimeout(() => this.hear(), TOGETHER);
  }

  hear() {
    clearTimeout(this.soonest);
    this.soonest = null;
    for (const message of this.heard.splice(0)) {
      try {
        this.hearKernel(message);
      } catch (error) {
        reportError(error); // one message's fault is not the others'
      }
    }
  }

  hearKernel({ content, buffers }) {
    const parent = { msg_id: content.parent };
    if (content.type === "idle") {
      this.pending.delete(content.parent);
      this.asked.get(content.parent)?.iopub?.status?.({ content: { execution_state: "idle" }, parent_header: parent });
      this.asked.delete(content.parent);
      return;
    }
    if (content.type === "display") return import("./rich.js").then(({ showAnew }) => showAnew(content.form));
    const message = {
      header: { msg_id: "", msg_type: content.type },
      parent_header: parent,
      metadata: content.metadata,
      content: { comm_id: content.comm, target_name: content.target_name, data: content.data },
      buffers,
    };
    const comm = this.comms.get(content.comm);
    if (content.type === "comm_open") this.opened(this.create(content.target_name, content.comm), message);
    else if (content.type === "comm_msg" && comm?.heard) comm.heard(message);
    else if (content.type === "comm_msg") this.early.push(message);
    else if (content.type === "comm_close") comm?.closed?.(message);
  }

  send(content, callbacks, buffers) {
    this.count += 1;
    const id = String(this.count);
    if (callbacks) this.asked.set(id, callbacks);
    this.pending.add(id);
    const frame = pack({ ...content, id }, buffers);
    if (this.joined && this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
    else this.waiting.push(frame);
    return id;
  }

  ids() {
    return Object.fromEntries([...this.comms.keys()].map((id) => [id, {}]));
  }

  /** A comm as ipywidgets' classes expect it. */
  create(target, id) {
    const wire = this;
    const comm = {
      comm_id: id,
      target_name: target,
      send: (data, callbacks, metadata, buffers) =>
        comm.gone ? "" : wire.send({ type: "comm_msg", comm: id, data, metadata: metadata ?? {} }, callbacks, buffers),
      close(data, callbacks, metadata) {
        wire.comms.delete(id);
        return comm.gone
          ? ""
          : wire.send({ type: "comm_close", comm: id, data: data ?? {}, metadata: metadata ?? {} }, callbacks);
      },
      on_msg(callback) {
        comm.heard = callback;
        const own = wire.early.filter(({ content }) => content.comm_id === id);
        wire.early = wire.early.filter((message) => !own.includes(message));
        own.forEach(callback);
      },
      on_close: (callback) => {
        comm.closed = callback;
      },
      open() {
        throw new Error("Widgets are made by the lesson, not by the page.");
      },
    };
    this.comms.set(id, comm);
    return comm;
  }
}
