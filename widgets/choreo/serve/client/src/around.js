// While a page waits for a place on its own server, it waits on the others as well, under the time at which it came: so the
// next place anywhere goes to whoever waits longest. Servers know nothing of each other (serve/queue.py); whoever stands before
// them asks one after another, and one on which the page waits already passes the question on.
import { elsewhere, end } from "./elsewhere.js";

const FRONT = 20; // places in the queue from which a page waits on all servers
const MANY = 30; // other servers on which it does then
const FEW = 3; // further behind
const AROUND = 15000; // ms between two questions where no other server was left
const AGAIN = 3000; // ms at the front, where there are others: one may have come back

/** Where a page waits besides its own server. */
export class Around {
  /** @param {import("./wire.js").Wire} wire @param {string} link the widget by which the learner's work comes */
  constructor(wire, link) {
    this.wire = wire;
    this.link = link;
    this.leave();
  }

  /** The page was told its place: wait on one more server, and from there on the next. */
  async more() {
    const { place, queued, ticket, url } = this.wire;
    const { lines, over } = this;
    const front = place <= FRONT;
    if (!queued || !ticket || this.asking || lines.size >= (front ? MANY : FEW) || performance.now() < this.next)
      return;
    const line = {};
    lines.add(line);
    this.asking = line;
    const placed = () => {
      this.asking = null;
      this.others = true;
      this.more();
    };
    const found = await elsewhere(url, this.link, { ticket, placed, over: over.signal });
    if (over.signal.aborted) return found && end(found.socket);
    lines.delete(line);
    if (this.asking === line) this.asking = null;
    this.next = performance.now() + (front && this.others ? AGAIN : AROUND) * (0.5 + Math.random());
    if (found) this.wire.take(found);
  }

  /** The page waits no more, or its own server is gone. */
  leave() {
    this.over?.abort();
    this.over = new AbortController();
    this.lines = new Set();
    this.asking = null; // the line that has heard nothing yet
    this.others = false; // whether there are other servers
    this.next = 0; // when to ask again
  }
}
