// The connection to a forked kernel: frames as in serve/forking/wire.py over one websocket that comes back by itself.
const WAITS = [0, 200, 300, 300, 300, 300, 300, 300, 700, 1000]; // ms before each new attempt; the last one again and again
const SETTLED = 10000; // ms after which a connection counts as good: a kernel that dies at once must not be asked for in a circle
const TOGETHER = 4; // ms that a message waits for others which belong to it
const ENDED = 4000;
const TROUBLE = 4001;
const ASLEEP = 4002;

const text = new TextEncoder();
const plain = new TextDecoder();

function pack(content, buffers = []) {
  const parts = [text.encode(JSON.stringify(content)), ...buffers.map(bytes)];
  const frame = new Uint8Array(4 * (parts.length + 1) + parts.reduce((sum, part) => sum + part.byteLength, 0));
  const head = new DataView(frame.buffer);
  head.setUint32(0, buffers.length, true);
  let at = 4 * (parts.length + 1);
  parts.forEach((part, index) => {
    head.setUint32(4 * (index + 1), part.byteLength, true);
    frame.set(part, at);
    at += part.byteLength;
  });
  return frame;
}

function bytes(buffer) {
  return ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);
}

function unpack(frame) {
  const head = new DataView(frame);
  const count = head.getUint32(0, true);
  let at = 4 * (count + 2);
  const parts = [];
  for (let index = 0; index <= count; index += 1) {
    const length = head.getUint32(4 * (index + 1), true);
    parts.push(new DataView(frame, at, length));
    at += length;
  }
  return { content: JSON.parse(plain.decode(parts[0])), buffers: parts.slice(1) };
}

/**
 * `news({state, place, why})` hears of: "joined" (first kernel), "renewed" (another kernel than before), "back" (the same
 * kernel again), "lost", "waiting" (place in the queue), "trouble", "asleep".
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
    this.count = 0;
    this.opened = () => {}; // a comm that the kernel opened
    this.connect(socket);
    for (const event of heard.splice(0)) socket[`on${event.type}`](event);
    addEventListener("online", () => this.soon(0));
  }

  connect(socket = new WebSocket(this.url)) {
    this.socket = socket;
    this.joined = false;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => (typeof data === "string" ? this.hearServer(JSON.parse(data)) : this.gather(unpack(data)));
    socket.onclose = ({ code, reason }) => {
      if (this.socket !== socket || this.left) return;
      if (this.joined && performance.now() - this.since > SETTLED) this.attempts = 0;
      this.joined = false;
      if (code === TROUBLE) return;
      if (code === ASLEEP) return this.news({ state: "asleep" });
      if (code !== ENDED) this.news({ state: "lost", why: reason });
      this.soon();
    };
  }

  soon(wait = WAITS[Math.min(this.attempts, WAITS.length - 1)]) {
    if (this.socket.readyState < WebSocket.CLOSING || this.left) return;
    clearTimeout(this.timer);
    this.attempts += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  /** End the connection, and the kernel with it. */
  leave() {
    this.left = true;
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send("bye");
    this.socket.close();
  }

  hearServer({ kernel, place, trouble }) {
    if (place) return this.news({ state: "waiting", place });
    if (trouble) return this.news({ state: "trouble", why: trouble });
    this.since = performance.now();
    this.joined = true;
    const first = !this.known;
    this.known = true;
    if (kernel === "new" && !first) {
      this.forget();
      return this.news({ state: "renewed" });
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

  /** What the kernel says to one deed is heard at one go, so that one frame shows it all; the rest, and what comes late, at once. */
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
      this.asked.get(content.parent)?.iopub?.status?.({ content: { execution_state: "idle" }, parent_header: parent });
      this.asked.delete(content.parent);
      return;
    }
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
        (comm.gone ? "" : wire.send({ type: "comm_msg", comm: id, data, metadata: metadata ?? {} }, callbacks, buffers)),
      close(data, callbacks, metadata) {
        wire.comms.delete(id);
        return comm.gone ? "" : wire.send({ type: "comm_close", comm: id, data: data ?? {}, metadata: metadata ?? {} }, callbacks);
      },
      on_msg(callback) {
        comm.heard = callback;
        const own = wire.early.filter(({ content }) => content.comm_id === id);
        wire.early = wire.early.filter((message) => !own.includes(message));
        own.forEach(callback);
      },
      on_close: (callback) => { comm.closed = callback; },
      open() {
        throw new Error("Widgets are made by the lesson, not by the page.");
      },
    };
    this.comms.set(id, comm);
    return comm;
  }
}
