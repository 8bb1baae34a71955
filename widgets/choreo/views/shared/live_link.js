// The coach's line to the hub: one websocket that comes back by itself, and commands that are answered.

const CHOREO_WAITS = [0, 300, 700, 1500, 3000]; // ms before each new attempt; the last one again and again
const CHOREO_FOR_GOOD = [4400, 4401, 4403, 4404, 4421]; // closings after which there is nothing to come back to
const CHOREO_SLEPT = 15000; // ms without a tick of the clock: the machine slept, the connection is not to be trusted

class ChoreoLiveLink {
  /** `first` is what to say on each connection; `news(state, message)` hears "opened", "desk", "lost", "refused". */
  constructor(url, first, news) {
    Object.assign(this, { url, first, news, asked: new Map(), count: 0, attempts: 0, tick: Date.now() });
    this.connect();
    this.again = () => this.socket.readyState !== WebSocket.OPEN && this.soon(0);
    addEventListener("online", this.again);
    this.watch = setInterval(() => {
      const slept = Date.now() - this.tick > CHOREO_SLEPT;
      this.tick = Date.now();
      if (slept) this.socket.close();
    }, 3000);
  }

  connect() {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.first));
    socket.onmessage = ({ data }) => this.socket === socket && this.hear(JSON.parse(data));
    socket.onclose = ({ code, reason }) => {
      if (this.socket !== socket || this.left) return;
      for (const { reject } of this.asked.values())
        reject(new Error("The connection was lost before the answer came. Look whether it happened before you try again."));
      this.asked.clear();
      if (this.refused) return;
      if (CHOREO_FOR_GOOD.includes(code)) {
        this.news("refused", { why: reason });
        return;
      }
      this.news("lost", {});
      this.soon();
    };
  }

  soon(wait = CHOREO_WAITS[Math.min(this.attempts, CHOREO_WAITS.length - 1)]) {
    clearTimeout(this.timer);
    this.attempts += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  hear(message) {
    if (message.opened) {
      this.attempts = 0;
      this.first = { host: message.opened.host ?? this.first.host }; // never the same session twice
      this.news("opened", message.opened);
    } else if (message.desk) {
      this.news("desk", message.desk);
    } else if (this.asked.has(message.done)) {
      this.asked.get(message.done).resolve(message);
      this.asked.delete(message.done);
    } else if (this.asked.has(message.refused)) {
      this.asked.get(message.refused).reject(new Error(message.why));
      this.asked.delete(message.refused);
    } else if ("refused" in message) {
      this.refused = true;
      this.news("refused", message);
    }
  }

  /** Have something done; resolves with the hub's answer, rejects with its reason. */
  ask(what) {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error("There is no connection to the course’s server just now."));
    this.count += 1;
    const n = this.count;
    this.socket.send(JSON.stringify({ n, ...what }));
    return new Promise((resolve, reject) => this.asked.set(n, { resolve, reject }));
  }

  leave() {
    this.left = true;
    clearTimeout(this.timer);
    clearInterval(this.watch);
    removeEventListener("online", this.again);
    this.socket.close();
  }
}
