// The coach's line to the hub: commands that are answered.

import { Line, OVER } from "../shared/line.js";
import { t } from "../shared/words.js";

const WRONG = 4400; // the closing of a hub that can make nothing of what was said first
const SLOWEST = 3000; // ms between two attempts: a coach stands before a room
const PATIENCE = 20000; // ms for a session to be opened: asked for once more, it would be another one

export class LiveLink {
  /** `first` is what to say on each line; `news(state, message)` hears "opened", "desk", "lost", "refused". */
  constructor(url, first, news) {
    this.first = first;
    this.news = news;
    this.asked = new Map(); // number of a command -> {resolve, reject}
    this.count = 0;
    this.line = new Line({
      path: url,
      hello: first,
      first: "opened",
      over: new Set([...OVER, WRONG]),
      slowest: SLOWEST,
      patience: PATIENCE,
      hear: (message) => this.hear(message),
      state: (open) => open || this.lost(),
      gone: (_code, why) => this.refuse({ why }),
    });
  }

  lost() {
    this.drop();
    this.news("lost", {});
  }

  /** There is nothing to come back to. @param {{ why: string }} message */
  refuse(message) {
    this.leave();
    this.drop();
    this.news("refused", message);
  }

  /** What was asked is answered no more. */
  drop() {
    const why = t("The connection was lost before the answer came. Look whether it happened before you try again.");
    for (const { reject } of this.asked.values()) reject(new Error(why));
    this.asked.clear();
  }

  hear(message) {
    if (message.opened) {
      this.first = { host: message.opened.host ?? this.first.host }; // never the same session twice
      this.line.hello = this.first;
      this.news("opened", message.opened);
    } else if (message.desk) {
      this.news("desk", message.desk);
    } else if (this.asked.has(message.done)) {
      this.asked.get(message.done).resolve(message);
      this.asked.delete(message.done);
    } else if (this.asked.has(message.refused)) {
      this.asked.get(message.refused).reject(new Error(message.why));
      this.asked.delete(message.refused);
    } else if (message.refused === 0 && !message.process) {
      this.refuse(message);
    }
  }

  /** Have something done; resolves with the hub's answer, rejects with its reason. */
  ask(what) {
    this.count += 1;
    const n = this.count;
    if (!this.line.send({ n, ...what }))
      return Promise.reject(new Error(t("There is no connection to the course’s server just now.")));
    return new Promise((resolve, reject) => this.asked.set(n, { resolve, reject }));
  }

  leave() {
    this.line.close();
  }
}
