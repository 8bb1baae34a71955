// Which of several hubs holds a live session. A cookie keeps it, by which a proxy leads there (docs/serving.md, "Several
// hubs"). Used by phones, the projector and the coach's console.

import { at } from "./at.js";

const COOKIE = "choreo_process";

/** How a line finds the hub that holds its session. */
export class Holder {
  #name = "";
  #news = false;

  /** A hub has said its name, or that of the one that holds the session. */
  told(name) {
    if (!/^[A-Za-z0-9]+$/.test(name ?? "")) return;
    this.#news = name !== this.#name;
    this.#name = name;
    keep(`${COOKIE}=${name}; path=${at("/")}; samesite=lax`);
  }

  /** Nobody answers under that name: let the proxy choose, and who is asked will know. */
  lost() {
    if (this.#name) keep(`${COOKIE}=; path=${at("/")}; samesite=lax; max-age=0`);
  }

  /** After "elsewhere", the ms until the next attempt: at once where that is news, else until the lease has run out. */
  get wait() {
    return this.#news ? Math.random() * 300 : 2000 + Math.random() * 2000;
  }
}

function keep(cookie) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing without TLS, where rooms meet
  document.cookie = cookie;
}
