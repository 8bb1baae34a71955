// A line to the hub that comes back by itself: a websocket, or, where a network lets none through, a streamed answer and
// posts. Used by phones, the projector and the coach's console.

import { Holder } from "./holder.js";
import { t } from "./words.js";

export const OVER = new Set([4401, 4403, 4404, 401, 403, 404, 410]); // closings after which there is nothing to come back to
const ELSEWHERE = new Set([4421, 421]); // closings of a hub that knows which other one holds the session
const CROWDED = 4409; // the phone has more pages open than the hub serves: this is the oldest
const SILENCE = 45000; // ms without a sign of life on a stream

// Milliseconds since 1970, never jumping while the page lives: by the device's clock as it was when the page opened.
export const local = () => performance.timeOrigin + performance.now();

function bySocket(path, hello, heard, ended) {
  const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
  socket.onopen = () => socket.send(JSON.stringify(hello));
  socket.onmessage = (event) => heard(event.data);
  socket.onclose = (event) => ended(event.code, event.reason);
  return {
    send: (message) => socket.readyState === 1 && socket.send(JSON.stringify(message)),
    close() {
      socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}

// For networks that let no websocket through: a streamed answer comes in, posts go out, one after the other.
class Stream {
  constructor(path, hello, heard, ended) {
    this.path = path;
    this.heard = heard;
    this.ended = ended;
    this.headers = { Authorization: `Bearer ${hello.secret}` };
    this.stop = new AbortController();
    this.last = Promise.resolve();
    this.open = true;
    this.alive = 0;
    this.listen().catch(() => this.end(0));
  }

  send(message) {
    this.last = this.last.then(() => this.open && this.post(message)).catch(() => this.end(0));
  }

  close() {
    this.open = false;
    clearTimeout(this.alive);
    this.stop.abort();
  }

  end(status) {
    const was = this.open;
    this.close();
    if (was) this.ended(status);
  }

  async listen() {
    const asked = { headers: this.headers, cache: /** @type {const} */ ("no-store"), signal: this.stop.signal };
    const reply = await fetch(`${this.path}/stream`, asked);
    if (ELSEWHERE.has(reply.status)) this.heard(JSON.stringify({ process: reply.headers.get("X-Choreo-Process") }));
    if (!reply.ok) return this.end(reply.status);
    const reader = reply.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      clearTimeout(this.alive);
      this.alive = setTimeout(() => this.end(0), SILENCE);
      const { done, value } = await reader.read();
      if (done) return this.end(0);
      const { events, rest } = eventsIn(text + decoder.decode(value, { stream: true }));
      text = rest;
      if (!events.length) this.heard("");
      for (const event of events) this.heard(event);
    }
  }

  async post(message) {
    const asked = { method: "POST", headers: this.headers, body: JSON.stringify(message), signal: this.stop.signal };
    const reply = await fetch(`${this.path}/say`, asked);
    if (reply.status >= 500 || ELSEWHERE.has(reply.status)) return this.end(0);
    const text = await reply.text();
    if (reply.ok) this.heard(text);
    else
      this.heard(
        JSON.stringify({ refused: message.n, why: t("The server did not take this. Try again in a moment.") }),
      );
  }
}

// The data of the events that have come in whole, and what is left of the text.
export function eventsIn(text) {
  const events = text.replaceAll("\r", "").split("\n\n");
  const rest = events.pop();
  const data = (event) =>
    event
      .split("\n")
      .filter((line) => line.startsWith("data:"))
      .map((line) => line.slice("data:".length))
      .join("\n");
  return { events: events.map(data), rest };
}

const byStream = (path, hello, heard, ended) => new Stream(path, hello, heard, ended);

/**
 * @typedef {object} Wanted
 * @property {string} path the hub's address, or a path on this page's own
 * @property {object} hello what is said first on each line
 * @property {string} first the name of the hub's first message on a line that works
 * @property {boolean} [stream] whether there is a streamed answer, too
 * @property {Set<number>} [over] closings after which there is nothing to come back to
 * @property {number} [slowest] ms between two attempts at most: a room of phones needs many, lest they come all at once
 * @property {number} [patience] ms until the hub's first message
 * @property {(message: any) => void} hear gets what comes
 * @property {(open: boolean) => void} state whether it is open
 * @property {(code: number, reason: string) => void} gone there is nothing to come back to
 */

/** A line that stays open. */
export class Line {
  /** @param {Wanted} wanted */
  constructor({ stream = false, over = OVER, slowest = 15000, patience = 8000, ...wanted }) {
    this.path = wanted.path;
    this.hello = wanted.hello;
    this.first = wanted.first;
    this.hear = wanted.hear;
    this.state = wanted.state;
    this.gone = wanted.gone;
    this.over = over;
    this.slowest = slowest;
    this.patience = patience;
    this.ways = [globalThis.WebSocket && bySocket, stream && byStream].filter(Boolean);
    this.tries = 0;
    this.holder = new Holder();
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
    this.probing = setTimeout(() => this.#ended(0, { atOnce: true }), patience);
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
      (code, reason) => transport === this.transport && this.#ended(code, { reason }),
    );
    this.transport = transport;
    this.welcoming = setTimeout(() => this.#ended(0), this.patience);
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
    this.holder.told(message.process);
    this.hear(message);
  }

  #ended(code, { atOnce = false, reason = "" } = {}) {
    const was = this.open;
    this.#drop();
    if (this.closed) return;
    if (this.over.has(code)) {
      this.close();
      this.gone(code, reason);
      return;
    }
    this.state(false);
    const elsewhere = ELSEWHERE.has(code);
    this.tries += was || elsewhere ? 0 : 1;
    if (this.tries > 1 && !elsewhere) this.holder.lost();
    if (code === CROWDED) return; // until somebody looks at this page again
    const wait = atOnce ? 0 : elsewhere ? this.holder.wait : this.#pause(was);
    this.later = setTimeout(() => this.#connect(), wait);
  }

  #pause(was) {
    const most = Math.min(this.slowest, 500 * 2 ** this.tries);
    return was ? Math.random() * 1000 : most * (0.5 + Math.random() / 2);
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
