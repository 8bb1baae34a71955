// A phone's link to the hub: who it is, and what it has said and not yet seen acknowledged.

import { at } from "../../views/shared/at.js";
import { Line, local } from "../../views/shared/line.js";
import { t } from "../../views/shared/words.js";

const KEY = "choreo-live"; // in localStorage: the session that this phone is in; KEY-<session>: all about it
const KEEP = 2 * 24 * 3600 * 1000; // ms that a session of the past stays on the phone
const TOO_LONG = 4096; // bytes that the hub takes in one message

// localStorage; where that is missing, blocked or full, the memory of this page.
export class PhoneStorage {
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
      return Object.keys(localStorage).filter((key) => key.startsWith(`${KEY}-`));
    } catch {
      return [];
    }
  }
}

// What this phone knows of one session: {session, code, who, secret, title, n, out, kept, at}. Read anew
// before every change, as another tab may have written.
export class Identity {
  constructor(storage, session) {
    this.storage = storage;
    this.key = `${KEY}-${session}`;
  }

  static current(storage) {
    for (const key of storage.keys()) if (!(storage.get(key)?.at > Date.now() - KEEP)) storage.remove(key);
    const session = storage.get(KEY);
    const known = typeof session === "string" ? new Identity(storage, session) : null;
    return known?.get().secret ? known : null;
  }

  static begin(storage, joined) {
    const known = new Identity(storage, joined.session);
    storage.set(known.key, { n: 0, out: [], kept: {}, ...joined, at: Date.now() });
    storage.set(KEY, joined.session);
    return known;
  }

  get() {
    const found = this.storage.get(this.key);
    return found && Array.isArray(found.out) ? found : { n: 0, out: [], kept: {} };
  }

  change(how) {
    const record = this.get();
    const result = how(record);
    if (record.secret) this.storage.set(this.key, record);
    return result;
  }

  forget() {
    this.storage.remove(this.key);
    if (`${KEY}-${this.storage.get(KEY)}` === this.key) this.storage.remove(KEY);
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
    this.secret = identity.get().secret; // also when the identity is forgotten
    this.line = new Line({
      path: at("/live/phone"),
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

  /** Say for good that this phone leaves, so that nobody waits for it; said once, also while the page goes. */
  leave() {
    this.close();
    const headers = { Authorization: `Bearer ${this.secret}` };
    const asked = { method: "POST", headers, body: '{"leave":true}', keepalive: true };
    fetch(`${this.line.path}/say`, asked).catch(() => {}); // without a connection it is missed before long
  }

  #put(content) {
    if (new TextEncoder().encode(JSON.stringify(content)).length > TOO_LONG - 60)
      return Promise.reject(new Error(t("This is too long to be sent.")));
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
    else if (message.again)
      this.#sent.set(message.refused, got); // the hub cannot keep it just now: it is sent again
    else if ("refused" in message) this.#settle(message.refused, message.why || t("This cannot be sent now."));
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
    for (const { n } of stale) this.#settle(n, t("That part of the session is closed."));
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
