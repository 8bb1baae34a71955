import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveLink } from "../../../widgets/choreo/views/console/link.js";
import { eventsIn, Line } from "../../../widgets/choreo/views/shared/line.js";

test("events come out whole, however the stream was cut, and the rest waits for more", () => {
  const first = eventsIn('data:{"view":1}\n\ndata:{"vi');
  assert.deepEqual(first, { events: ['{"view":1}'], rest: 'data:{"vi' });
  assert.deepEqual(eventsIn(`${first.rest}ew":2}\r\n\r\n`), { events: ['{"view":2}'], rest: "" });
});

test("a sign of life is an event without data, and data may have lines", () => {
  assert.deepEqual(eventsIn(": alive\n\n").events, [""]);
  assert.deepEqual(eventsIn("event: x\ndata:a\ndata:b\n\n").events, ["a\nb"]);
});

// As much of a browser as a line needs.
const sockets = [];
class Socket {
  readyState = 1;
  said = [];

  constructor() {
    sockets.push(this);
  }

  send(text) {
    this.said.push(JSON.parse(text));
  }

  close() {}

  hears(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

/** A line, with what it has told. */
function line(t, Kind, ...how) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  sockets.length = 0;
  const document = { visibilityState: "visible", addEventListener() {}, removeEventListener() {} };
  const location = { href: "http://course.example/join" };
  Object.assign(globalThis, { WebSocket: Socket, addEventListener() {}, removeEventListener() {}, document, location });
  return new Kind(...how);
}

function simple(t, wanted) {
  const told = [];
  line(t, Line, {
    path: "/x",
    hello: { secret: "s" },
    first: "welcome",
    hear() {},
    state: (open) => told.push(open),
    gone: (code, reason) => told.push([code, reason]),
    ...wanted,
  });
  sockets[0].onopen();
  sockets[0].hears({ welcome: {} });
  return told;
}

test("a line that is lost comes back, ever more slowly, up to what its page can bear", (t) => {
  for (const [slowest, most] of [
    [undefined, 15000],
    [3000, 3000],
  ]) {
    simple(t, { slowest });
    for (let tries = 1; tries < 9; tries += 1) {
      sockets.at(-1).onclose({ code: 1006, reason: "" });
      const before = sockets.length;
      t.mock.timers.tick(most);
      assert.equal(sockets.length, before + 1);
    }
    sockets.at(-1).onclose({ code: 1006, reason: "" });
    const before = sockets.length;
    t.mock.timers.tick(most / 2 - 1);
    assert.equal(sockets.length, before);
    t.mock.timers.reset();
  }
});

test("a closing for good ends the line, and its page hears why", (t) => {
  const told = simple(t, {});
  sockets[0].onclose({ code: 4404, reason: "It was deleted." });
  t.mock.timers.tick(60000);
  assert.deepEqual(told, [true, [4404, "It was deleted."]]);
  assert.equal(sockets.length, 1);
});

test("a line that is silent for long is asked for a sign of life, and begun anew without one", (t) => {
  t.mock.method(performance, "now", () => clock);
  let clock = 0;
  simple(t, {});
  clock = 31000;
  t.mock.timers.tick(5000);
  assert.ok("clock" in sockets[0].said.at(-1));
  t.mock.timers.tick(5000);
  t.mock.timers.tick(1);
  assert.equal(sockets.length, 2);
});

test("a coach opens a session once, and finds the same one on the next line", async (t) => {
  const news = [];
  const link = line(t, LiveLink, "ws://course.example/x", { new: {} }, (state) => news.push(state));
  sockets[0].onopen();
  assert.deepEqual(sockets[0].said, [{ new: {} }]);
  await assert.rejects(link.ask({ do: "end" }), /no connection/);
  sockets[0].hears({ opened: { host: "h1" } });
  const asked = link.ask({ do: "end" });
  sockets[0].onclose({ code: 1006, reason: "" });
  await assert.rejects(asked, /lost before the answer came/);
  t.mock.timers.tick(3000);
  sockets[1].onopen();
  assert.deepEqual(sockets[1].said, [{ host: "h1" }]);
  sockets[1].hears({ opened: {} });
  const done = link.ask({ do: "end" });
  sockets[1].hears({ refused: null, why: "none of ours" });
  sockets[1].hears({ done: sockets[1].said.at(-1).n });
  await done;
  assert.deepEqual(news, ["opened", "lost", "opened"]);
});

test("what a hub refuses at the door is said, and not asked again", (t) => {
  const news = [];
  line(t, LiveLink, "ws://course.example/x", { new: {} }, (state, { why }) => news.push([state, why]));
  sockets[0].hears({ refused: 0, why: "Wait a minute." });
  t.mock.timers.tick(60000);
  assert.deepEqual(news, [["refused", "Wait a minute."]]);
  assert.equal(sockets.length, 1);
});
