import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Around } from "../../../widgets/choreo/serve/client/src/around.js";
import { Wire } from "../../../widgets/choreo/serve/client/src/wire.js";
import { flush, Socket } from "./socket.mjs";

let now;
let news;

/** A page that was told its place, and waits on other servers as well. */
function waits(place = 3) {
  const socket = new Socket();
  let around;
  const wire = new Wire({ url: "ws://here/?page=a", socket, heard: [] }, (one) => {
    news.push(one.state);
    if (one.state === "waiting") around.more();
    else around.leave();
  });
  around = new Around(wire, "");
  socket.hear({ place, ticket: "t" });
  return { wire, socket };
}

const others = () => Socket.made.filter(({ url }) => url.includes("only=queue"));

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  now = 1;
  mock.method(performance, "now", () => now);
  mock.method(Math, "random", () => 0.5);
  Object.assign(globalThis, { WebSocket: Socket, addEventListener() {} });
  Socket.made = [];
  news = [];
});

test("a page that waits asks another server at once, one at a time, and waits on each under a name of its own", async () => {
  const { socket } = waits();
  assert.match(Socket.last.url, /page=\d[\d-]+&only=queue&ticket=t$/);
  socket.hear({ place: 3, ticket: "t" });
  assert.equal(others().length, 1);
  for (let count = 2; count < 6; count += 1) {
    Socket.last.hear({ place: 3 });
    await flush();
    assert.equal(others().length, count);
  }
  assert.equal(new Set(others().map(({ url }) => url)).size, 5);
});

test("where there is no other server it asks again after a while, not at every word", async () => {
  const { socket } = waits();
  Socket.last.refuse();
  await flush();
  now += 14_000;
  socket.hear({ place: 3, ticket: "t" });
  assert.equal(others().length, 1);
  now += 1001;
  socket.hear({ place: 3, ticket: "u" });
  assert.equal(others().length, 2);
  assert.match(Socket.last.url, /ticket=u$/);
});

test("at the front it looks more often for a server that has come back, and further behind it waits on a few only", async () => {
  const { socket } = waits(100);
  for (let count = 0; count < 3; count += 1) Socket.last.hear({ place: 100 });
  socket.hear({ place: 99, ticket: "t" });
  assert.equal(others().length, 3);
  socket.hear({ place: 20, ticket: "t" });
  assert.equal(others().length, 4);
  Socket.last.refuse();
  await flush();
  now += 3001;
  socket.hear({ place: 20, ticket: "t" });
  assert.equal(others().length, 5);
});

test("the first kernel is taken wherever it is, after however long, and all other lines end", async () => {
  const { wire, socket } = waits();
  Socket.last.hear({ place: 3 });
  Socket.last.hear({ place: 3 });
  mock.timers.tick(3_600_000);
  const [first, second, third] = others();
  second.hear({ kernel: "new" });
  await flush();
  assert.deepEqual(news, ["waiting", "joined"]);
  assert.equal(wire.socket, second);
  assert.doesNotMatch(wire.url, /only|ticket/);
  assert.deepEqual(
    [socket, first, second, third].map(({ readyState }) => readyState),
    [2, 2, 1, 2],
  );
});

test("where the own server is first, or is gone, or passes the page on, the page leaves the others", async () => {
  for (const over of [
    ({ socket }) => socket.hear({ kernel: "new" }),
    ({ socket }) => socket.refuse(),
    ({ wire, socket }) => wire.closed(socket, 4003, ""),
  ]) {
    Socket.made = [];
    const page = waits();
    const other = Socket.last;
    other.hear({ place: 1 });
    over(page);
    await flush();
    assert.equal(other.readyState, 2);
    assert.equal(others().at(-1).readyState, 2);
  }
});

test("a kernel that comes when there is one already is ended at once", async () => {
  const { socket, wire } = waits();
  const other = Socket.last;
  other.hear({ place: 3 });
  socket.hear({ kernel: "new" });
  assert.deepEqual(other.said, ["bye"]);
  await flush();
  assert.equal(wire.socket, socket);
});

test("a server that does not bring the learner's work in time is left, one where the page waits is not", async () => {
  waits();
  const [other] = others();
  mock.timers.tick(7999);
  other.hear({ place: 3 });
  mock.timers.tick(60_000);
  assert.equal(other.readyState, 1);
  const silent = others()[1];
  assert.equal(silent.readyState, 2);
});
