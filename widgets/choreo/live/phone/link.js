// A phone's link to the hub: who it is, what it has said and not yet seen acknowledged, and a line that comes back by itself.

const SHELF = "choreo-live"; // in localStorage: the session that this phone is in; SHELF-<session>: all about it
const KEEP = 2 * 24 * 3600 * 1000; // ms that a session of the past stays on the phone
const GONE = new Set([4401, 4403, 4404, 401, 403, 404, 410]); // closings after which there is nothing to come back to
const CROWDED = 4409; // the phone has more pages open than the hub serves: this is the oldest
const TOO_LONG = 4096; // bytes that the hub takes in one message
const SILENCE = 45000; // ms without a sign of life on a stream

// Milliseconds since 1970, never jumping while the page lives: by the phone's clock as it was when the page opened.
export const local = () => performance.timeOrigin + performance.now();

// localStorage; where that is missing, blocked or full, the memory of this page.
export class Shelf {
  #own = new Map();

  get(key) {
    if (this.#own.has(key)) return this.#own.get(key);
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      this.#own.delete(key);
    } catch {
      this.#own.set(key, structuredClone(value));
    }
  }

  remove(key) {
    this.#own.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // what cannot be reached holds nothing of ours
    }
  }

  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(`${SHELF}-`));
    } catch {
      return [];
    }
  }
}

// What this phone knows of one session: {session, code, who, secret, title, nickname, n, out, kept, at}. Read anew
// before every change, as another tab may have written.
export class Identity {
  constructor(shelf, session) {
    this.shelf = shelf;
    this.key = `${SHELF}-${session}`;
  }

  static current(shelf) {
    for (const key of shelf.keys()) if (!(shelf.get(key)?.at > Date.now() - KEEP)) shelf.remove(key);
    const session = shelf.get(SHELF);
    const known = typeof session === "string" && new Identity(shelf, session);
    return known && known.get().secret ? known : null;
  }

  static begin(shelf, joined) {
    const known = new Identity(shelf, joined.session);
    shelf.set(known.key, { n: 0, out: [], kept: {}, ...joined, at: Date.now() });
    shelf.set(SHELF, joined.session);
    return known;
  }

  get() {
    const found = this.shelf.get(this.key);
    return found && Array.isArray(found.out) ? found : { n: 0, out: [], kept: {} };
  }

  change(how) {
    const record = this.get();
    const result = how(record);
    if (record.secret) this.shelf.set(this.key, record);
    return result;
  }

  forget() {
    this.shelf.remove(this.key);
    if (`${SHELF}-${this.shelf.get(SHELF)}` === this.key) this.shelf.remove(SHELF);
  }
}

function bySocket(path, hello, heard, ended) {
  const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
  socket.onopen = () => socket.send(JSON.stringify(hello));
  socket.onmessage = (event) => heard(event.data);
  socket.onclose = (event) => ended(event.code);
  return {
    send: (message) => socket.readyState === 1 && socket.send(JSON.stringify(message)),
    close() {
      socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}

// For networks that let no websocket through: a streamed answer comes in, posts go out, one after the other.
function byStream(path, hello, heard, ended) {
  const headers = { Authorization: `Bearer ${hello.secret}` };
  const stop = new AbortController();
  let last = Promise.resolve();
  let open = true;
  let alive = 0;
  const end = (status) => {
    clearTimeout(alive);
    if (open) ended(status);
    open = false;
    stop.abort();
  };
  const listen = async () => {
    const reply = await fetch(`${path}/stream`, { headers, cache: "no-store", signal: stop.signal });
    if (!reply.ok) return end(reply.status);
    const reader = reply.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      clearTimeout(alive);
      alive = setTimeout(() => end(0), SILENCE);
      const { done, value } = await reader.read();
      if (done) return end(0);
      text += decoder.decode(value, { stream: true }).replaceAll("\r", "");
      const events = text.split("\n\n");
      text = events.pop();
      if (!events.length) heard("");
      for (const event of events) {
        const data = event.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5));
        heard(data.join("\n"));
      }
    }
  };
  const post = async (message) => {
    const asked = { method: "POST", headers, body: JSON.stringify(message), signal: stop.signal };
    const reply = await fetch(`${path}/say`, asked);
    if (reply.status >= 500) return end(0);
    const text = await reply.text();
    if (reply.ok) heard(text);
    else heard(JSON.stringify({ refused: message.n, why: "The server did not take this. Try again in a moment." }));
  };
  listen().catch(() => end(0));
  return {
    send: (message) => (last = last.then(() => open && post(message)).catch(() => end(0))),
    close() {
      open = false;
      clearTimeout(alive);
      stop.abort();
    },
  };
}

// A line that stays open: `hear(message)` gets what comes, `state(open)` whether it is open, `gone()` that there is
// nothing to come back to. `first` is the name of the hub's first message on a line that works.
export class Line {
  constructor({ path, hello, first, stream = false, hear, state, gone }) {
    Object.assign(this, { path, hello, first, hear, state, gone });
    this.ways = [globalThis.WebSocket && bySocket, stream && byStream].filter(Boolean);
    this.tries = 0;
    this.works = null; // the way that worked on this page
    this.open = false;
    this.wake = () => this.#wake();
    addEventListener("online", this.wake);
    addEventListener("pageshow", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.watch = setInterval(() => this.#look(), 5000);
    this.#connect();
  }

  send(message) {
    if (this.open) this.transport.send(message);
    return this.open;
  }

  // Ask for a sign of life; without one, begin a new line.
  probe(patience = 5000) {
    if (!this.open || this.probing) return;
    this.transport.send({ clock: Math.round(local()) });
    this.probing = setTimeout(() => this.#ended(0, true), patience);
  }

  close() {
    this.closed = true;
    this.#drop();
    clearTimeout(this.later);
    clearInterval(this.watch);
    removeEventListener("online", this.wake);
    removeEventListener("pageshow", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
  }

  #connect() {
    clearTimeout(this.later);
    this.#drop();
    if (this.closed) return;
    const patience = this.works === bySocket ? 3 : 1; // failures of a way before the other is tried
    const first = Math.max(0, this.ways.indexOf(this.works));
    const way = this.ways[(first + Math.floor(this.tries / patience)) % this.ways.length];
    this.began = this.heardAt = local();
    const transport = way(
      this.path,
      this.hello,
      (text) => transport === this.transport && this.#heard(text, way),
      (code) => transport === this.transport && this.#ended(code),
    );
    this.transport = transport;
    this.welcoming = setTimeout(() => this.#ended(0), 8000);
  }

  #drop() {
    clearTimeout(this.welcoming);
    clearTimeout(this.probing);
    this.probing = 0;
    this.open = false;
    const transport = this.transport;
    this.transport = null;
    transport?.close();
  }

  #heard(text, way) {
    this.heardAt = local();
    if (this.probing) {
      clearTimeout(this.probing);
      this.probing = 0;
    }
    if (!text) return;
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (!this.open && this.first in message) {
      clearTimeout(this.welcoming);
      this.open = true;
      this.tries = 0;
      this.works = way;
      this.state(true);
    }
    if (/^\w+$/.test(message.process ?? "")) document.cookie = `choreo_process=${message.process}; path=/; samesite=lax`;
    this.hear(message);
  }

  #ended(code, atOnce = false) {
    const was = this.open;
    this.#drop();
    if (this.closed) return;
    if (GONE.has(code)) {
      this.close();
      this.gone(code);
      return;
    }
    this.state(false);
    this.tries += was ? 0 : 1;
    const most = Math.min(15000, 500 * 2 ** this.tries);
    if (code === CROWDED) return; // until somebody looks at this page again
    const wait = atOnce ? 0 : was ? Math.random() * 1000 : most * (0.5 + Math.random() / 2);
    this.later = setTimeout(() => this.#connect(), wait);
  }

  #wake() {
    if (document.visibilityState === "hidden") return;
    if (this.open) this.probe(3000);
    else if (!this.transport || local() - this.began > 2000) this.#connect();
  }

  #look() {
    if (this.open && local() - this.heardAt > 30000) this.probe();
  }
}

// The phone's line, with everything it says kept until the hub has acknowledged it.
export class Link {
  #waiting = new Map(); // n -> {resolve, reject}
  #clocks = new Map(); // what was asked -> {resolve, sent}
  #sent = new Map(); // n -> when
  #turn = null; // the turn (which step of which activity) of the newest view; null until one came on this line

  #late = 0; // until when a view may show what an earlier life of this page has said

  // `view(view, anew)` hears what the phone shows; `anew`: as if for the first time.
  constructor(identity, { view, state, gone }) {
    this.identity = identity;
    this.tell = view;
    this.line = new Line({
      path: "/live/phone",
      hello: { secret: identity.get().secret },
      first: "welcome",
      stream: true,
      hear: (message) => this.#hear(message),
      state: (open) => {
        if (!open) this.#turn = null;
        state(open);
      },
      gone,
    });
    this.watch = setInterval(() => this.#look(), 5000);
  }

  // Say something in the activity: resolves after the hub's acknowledgement, rejects with its reason.
  say(data) {
    return this.#put({ say: data, turn: this.turn });
  }

  nickname(name) {
    return this.#put({ nickname: name });
  }

  // One exchange of clocks: {sent, in, out, got}, all in ms; sent and got by `local`, in and out by the hub's clock.
  clock() {
    return new Promise((resolve, reject) => {
      let sent = Math.round(local());
      while (this.#clocks.has(sent)) sent += 1;
      const timer = setTimeout(() => {
        this.#clocks.delete(sent);
        reject(new Error("the hub's clock did not answer"));
      }, 5000);
      this.#clocks.set(sent, { timer, resolve, sent: local() });
      if (!this.line.send({ clock: sent })) {
        clearTimeout(timer);
        this.#clocks.delete(sent);
        reject(new Error("no connection"));
      }
    });
  }

  close() {
    this.line.close();
    clearInterval(this.watch);
  }

  #put(content) {
    if (new TextEncoder().encode(JSON.stringify(content)).length > TOO_LONG - 60)
      return Promise.reject(new Error("This is too long to be sent."));
    const n = this.identity.change((record) => {
      record.n = Math.max(record.n, this.most ?? 0) + 1;
      record.out.push({ n: record.n, ...content });
      return record.n;
    });
    this.most = n;
    const promise = new Promise((resolve, reject) => this.#waiting.set(n, { resolve, reject }));
    promise.catch(() => {}); // whoever asked hears of it; nobody has to
    if (this.#turn !== null) this.#send({ n, ...content });
    return promise;
  }

  #send(message) {
    this.#sent.set(message.n, local());
    this.line.send(message);
  }

  #hear(message) {
    const got = local();
    if (message.welcome) this.most = Math.max(this.most ?? 0, message.welcome.n ?? 0);
    else if (message.view) this.#see(message.view);
    else if ("ack" in message) this.#settle(message.ack, null);
    else if (message.again) this.#sent.set(message.refused, got); // the hub cannot keep it just now: it is sent again
    else if ("refused" in message) this.#settle(message.refused, message.why || "This cannot be sent now.");
    else if ("clock" in message && this.#clocks.has(message.clock)) {
      const { timer, resolve, sent } = this.#clocks.get(message.clock);
      this.#clocks.delete(message.clock);
      clearTimeout(timer);
      resolve({ sent, in: message.in, out: message.out, got });
    }
  }

  // What was said in an earlier turn cannot count any more; all the rest is sent again when a line has opened.
  #see(view) {
    const fresh = this.#turn === null;
    this.#turn = this.turn = view.turn ?? 0;
    const stale = this.identity.change((record) => {
      const old = record.out.filter((message) => "say" in message && message.turn !== this.turn);
      if (old.length) record.out = record.out.filter((message) => !old.includes(message));
      return old;
    });
    for (const { n } of stale) this.#settle(n, "That part of the session is closed.");
    if (fresh) this.#sendAll();
    const anew = local() < this.#late;
    this.#late = 0;
    this.tell(view, anew);
  }

  #sendAll() {
    for (const message of this.identity.get().out) this.#send(message);
  }

  #settle(n, why) {
    this.#sent.delete(n);
    this.identity.change((record) => {
      record.out = record.out.filter((message) => message.n !== n);
    });
    const waiting = this.#waiting.get(n);
    this.#waiting.delete(n);
    if (!waiting && why === null) this.#late = local() + 2000;
    if (why === null) waiting?.resolve();
    else waiting?.reject(new Error(why));
  }

  #look() {
    if (this.#turn === null || local() - Math.min(...this.#sent.values()) < 8000 || !this.#sent.size) return;
    this.line.probe();
    this.#sendAll();
  }
}
