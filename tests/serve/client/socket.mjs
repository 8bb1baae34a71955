/** A WebSocket that hears what a test has it hear. */
export class Socket {
  static OPEN = 1;
  static CONNECTING = 0;
  static CLOSING = 2;
  static made = [];
  readyState = 0;
  said = [];

  constructor(url = "") {
    this.url = String(url);
    Socket.made.push(this);
  }

  send(what) {
    this.said.push(what);
  }

  close() {
    this.readyState = 2; // and its end is never heard of
  }

  refuse() {
    this.readyState = 3;
    this.onclose({ type: "close", code: 1006, reason: "" });
  }

  hear(record) {
    this.readyState = 1;
    this.onmessage({ type: "message", data: JSON.stringify(record) });
  }

  static get last() {
    return Socket.made.at(-1);
  }
}

/** All that was promised so far. */
export const flush = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
