import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { moveAway } from "../../../widgets/choreo/serve/client/src/moving.js";
import { Wire } from "../../../widgets/choreo/serve/client/src/wire.js";
import { flush, Socket } from "./socket.mjs";

let news;

function wire() {
  return new Wire({ url: "ws://here/?page=a", socket: new Socket(), heard: [] }, (one) => news.push(one));
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { WebSocket: Socket, addEventListener() {} });
  Socket.made = [];
  news = [];
});

test("a server that is away is lost, not deaf, as long as it was heard before", () => {
  wire();
  Socket.last.hear({ kernel: "new" });
  Socket.last.refuse();
  assert.deepEqual(
    news.map(({ state, deaf }) => [state, deaf]),
    [
      ["joined", undefined],
      ["lost", false],
    ],
  );
});

test("connections that are refused again and again are deaf, and go on being tried", () => {
  wire();
  for (let count = 0; count < 4; count += 1) {
    Socket.last.refuse();
    mock.timers.tick(1000);
  }
  assert.deepEqual(
    news.map(({ deaf }) => deaf),
    [false, false, true, true],
  );
  assert.equal(Socket.made.length, 5);
  Socket.last.hear({ kernel: "new" });
  assert.equal(news.at(-1).state, "joined");
  Socket.last.refuse();
  assert.equal(news.at(-1).deaf, false);
});

test("a connection that never opens is given up and tried again", () => {
  wire();
  mock.timers.tick(9_999);
  assert.deepEqual(news, []);
  mock.timers.tick(1);
  assert.deepEqual(news, [{ state: "lost", why: "", deaf: true }]);
  mock.timers.tick(1000);
  assert.equal(Socket.made.length, 2);
});

test("a connection that opens and carries nothing is given up later: a kernel may take its time", () => {
  wire();
  Socket.last.readyState = 1;
  mock.timers.tick(10_000);
  mock.timers.tick(19_999);
  assert.deepEqual(news, []);
  mock.timers.tick(1);
  assert.equal(news.at(-1).deaf, true);
});

test("who waits for a place is not given up", () => {
  wire();
  Socket.last.hear({ place: 3 });
  mock.timers.tick(60_000);
  assert.deepEqual(news, [{ state: "waiting", place: 3 }]);
});

test("a page whose line broke asks for its own kernel first, and for another one at once where that is gone", () => {
  wire();
  Socket.last.hear({ kernel: "new" });
  Socket.last.refuse();
  mock.timers.tick(1000);
  assert.equal(Socket.last.url, "ws://here/?page=a&only=same");
  Socket.last.refuse();
  assert.equal(Socket.last.url, "ws://here/?page=a");
  Socket.last.hear({ kernel: "new" });
  assert.deepEqual(
    news.map(({ state }) => state),
    ["joined", "lost", "renewed"],
  );
});

test("a page whose kernel has ended asks for another one only", () => {
  wire();
  Socket.last.hear({ kernel: "new" });
  Socket.last.readyState = 3;
  Socket.last.onclose({ code: 4000, reason: "" });
  mock.timers.tick(1);
  assert.equal(Socket.last.url, "ws://here/?page=a");
});

test("a line to another server is taken in the old one's place, which is told goodbye", () => {
  const line = wire();
  const before = Socket.last;
  before.hear({ kernel: "new" });
  before.hear({ move: true });
  assert.equal(line.leaves, true);
  const socket = new Socket("ws://here/?page=b");
  socket.readyState = 1;
  line.take({ url: "ws://here/?page=b", socket, heard: [{ type: "message", data: '{"kernel": "new"}' }] });
  assert.deepEqual(before.said, ["bye"]);
  assert.equal(line.leaves, false);
  assert.deepEqual(
    news.map(({ state }) => state),
    ["joined", "leaves", "moved"],
  );
  socket.refuse();
  mock.timers.tick(1000);
  assert.equal(Socket.last.url, "ws://here/?page=b&only=same");
});

test("a line rests when the kernel is done with all that was said", () => {
  const line = wire();
  Socket.last.hear({ kernel: "new" });
  assert.equal(line.rests, true);
  const id = line.send({ type: "comm_msg" });
  assert.equal(line.rests, false);
  line.hearKernel({ content: { type: "idle", parent: id }, buffers: [] });
  assert.equal(line.rests, true);
});

test("a page moves once the kernel elsewhere is there, and not where something was said meanwhile", async () => {
  globalThis.document = { hidden: true };
  const taken = [];
  const moving = {
    leaves: true,
    rests: true,
    count: 1,
    url: "ws://here/?page=a",
    take(line) {
      this.leaves = false;
      taken.push(line);
    },
  };
  const done = moveAway(moving, "");
  const first = Socket.last;
  assert.match(first.url, /page=\d[\d-]+&only=room$/);
  moving.count = 2;
  first.hear({ kernel: "new" });
  await flush();
  assert.deepEqual([taken.length, first.said], [0, ["bye"]]);
  mock.timers.tick(3000);
  await flush();
  assert.notEqual(Socket.last, first);
  Socket.last.hear({ kernel: "new" });
  await done;
  assert.equal(taken[0].socket, Socket.last);
  assert.doesNotMatch(taken[0].url, /only/);
});

test("where no server has room a page stays, and asks again later", async () => {
  globalThis.document = { hidden: true };
  const moving = { leaves: true, rests: true, count: 1, url: "ws://here/?page=a" };
  const done = moveAway(moving, "");
  Socket.last.refuse();
  await flush();
  assert.equal(Socket.made.length, 1);
  mock.timers.tick(3000);
  await flush();
  assert.equal(Socket.made.length, 2);
  moving.leaves = false;
  Socket.last.refuse();
  await flush();
  mock.timers.tick(3000);
  await done;
});

test("what was heard before anybody listened is told once the wire is known", async () => {
  let known;
  const heard = [{ type: "message", data: '{"place": 2}' }];
  known = new Wire({ url: "ws://here/?page=a", socket: new Socket(), heard }, ({ place }) =>
    news.push([place, known.queued]),
  );
  await flush();
  assert.deepEqual(news, [[2, true]]);
});

test("who lost the line while waiting comes back with a ticket, who has a kernel without", () => {
  wire();
  Socket.last.hear({ place: 2, ticket: "t" });
  Socket.last.refuse();
  mock.timers.tick(1000);
  assert.equal(Socket.last.url, "ws://here/?page=a&ticket=t");
  Socket.last.hear({ kernel: "new" });
  Socket.last.readyState = 3;
  Socket.last.onclose({ code: 4000, reason: "" });
  mock.timers.tick(1000);
  assert.equal(Socket.last.url, "ws://here/?page=a");
});
