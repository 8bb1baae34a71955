import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { asked } from "../../../widgets/choreo/live/phone/entering.js";
import { LiveLink } from "../../../widgets/choreo/views/console/link.js";
import { Line } from "../../../widgets/choreo/views/shared/line.js";

// As much of a browser as a line needs.
const sockets = [];
let cookies = [];
class Socket {
  static OPEN = 1;
  readyState = 1;

  constructor() {
    sockets.push(this);
  }

  send() {}

  close() {}

  // What a hub that does not hold the session says.
  sendsTo(process) {
    this.onmessage({ data: JSON.stringify({ refused: 0, why: "elsewhere", process }) });
    this.onclose({ code: 4421, reason: "" });
  }
}

beforeEach(() => {
  sockets.length = 0;
  cookies = [];
  const document = {
    documentElement: { dataset: {} },
    visibilityState: "visible",
    addEventListener() {},
    removeEventListener() {},
    set cookie(text) {
      cookies.push(text.split(";")[0]);
    },
  };
  const location = { href: "http://course.example/join" };
  Object.assign(globalThis, { WebSocket: Socket, addEventListener() {}, removeEventListener() {}, document, location });
});

const lines = {
  phone: () => new Line({ path: "/x", hello: {}, first: "welcome", hear() {}, state() {}, gone: assert.fail }),
  console: () => new LiveLink("ws://course.example/x", {}, (news) => assert.notEqual(news, "refused")),
};

for (const [whose, made] of Object.entries(lines)) {
  test(`a ${whose} goes at once where it is sent, and then waits until a hub that is gone is given up`, (t) => {
    t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
    made();
    sockets[0].sendsTo("2");
    assert.deepEqual(cookies, ["choreo_process=2"]);
    t.mock.timers.tick(300);
    assert.equal(sockets.length, 2);
    for (let tries = 2; tries < 8; tries += 1) {
      sockets[tries - 1].sendsTo("2");
      t.mock.timers.tick(1999);
      assert.equal(sockets.length, tries);
      t.mock.timers.tick(2001); // never longer, however often
      assert.equal(sockets.length, tries + 1);
    }
  });

  test(`a ${whose} whose hub does not answer lets the proxy choose another`, (t) => {
    t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
    made();
    sockets[0].sendsTo("2");
    for (let tries = 0; tries < 3; tries += 1) {
      t.mock.timers.tick(5000);
      sockets.at(-1).onclose({ code: 1006, reason: "" });
    }
    assert.equal(cookies.at(-1), "choreo_process=");
  });
}

test("whoever joins while a session moves is let in by the hub that takes it over", async () => {
  const replies = [
    [421, { error: "elsewhere" }],
    [421, { error: "elsewhere" }],
    [200, { secret: "s" }],
  ];
  globalThis.fetch = async () => {
    const [status, told] = replies.shift();
    return new Response(JSON.stringify(told), { status, headers: { "X-Choreo-Process": "1" } });
  };
  const waits = [];
  const found = await asked("ABCDEF", async (ms) => waits.push(ms));
  assert.deepEqual(found, { status: 200, told: { secret: "s" } });
  assert.ok(waits[0] <= 300 && waits[1] >= 2000);
  assert.deepEqual(cookies, ["choreo_process=1", "choreo_process=1"]);
});
