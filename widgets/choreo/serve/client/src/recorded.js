// A lesson that was run beforehand: its widgets are shown at once from their recorded state; a forked kernel joins.

import { t } from "../../../views/shared/words.js";
import { Around } from "./around.js";
import { AWAY, blocked, reachable } from "./blocked.js";
import { keptFocus } from "./focus.js";
import { ComponentHost } from "./host.js";
import { moveAway, single } from "./moving.js";
import { Wire } from "./wire.js";

const OFFLINE = t(
  "This device is offline just now. What you kept is safe, and what you answer stays on this page; it goes on by itself.",
);
const root = document.documentElement;
const KEPT = "your place is kept. Read on: this page opens by itself.";

/** Whether a place takes room; Safari before 17.4 cannot say whether its content waits for a look. */
function isLaidOut(place) {
  return place.checkVisibility?.({ contentVisibilityAuto: true }) ?? place.getClientRects().length > 0;
}

/** `say` and `showAll` are those of banner.js and outputs.js. */
export async function openRecorded({ host, link }, { say, showAll }) {
  const { line, states } = globalThis.choreoEarly; // static/early.js
  let manager;
  let building = Promise.resolve();

  /** `inSight`: what stood there stays until something else does; else it first keeps what is being written. */
  async function build({ inSight = false } = {}) {
    /** @type {NodeListOf<HTMLElement>} */
    const cells = document.querySelectorAll("[data-cell]");
    const places = [...cells].filter(isLaidOut);
    // nothing jumps while it is rebuilt
    for (const place of places) place.style.minBlockSize = `${place.offsetHeight}px`;
    const before = manager;
    if (!inSight) await before?.dispose();
    const Host = host === "components" ? ComponentHost : (await import("./manager.js")).WidgetManager;
    const { state } = JSON.parse(await states);
    manager = new Host(wire);
    wire.opened = (comm, message) => manager.handle_comm_open(comm, message);
    await manager.build(state);
    const focus = keptFocus();
    await showAll(manager);
    focus();
    if (inSight) await before?.dispose();
    for (const place of places) place.style.minBlockSize = "";
  }

  /** Another kernel on another server: nobody is to notice. */
  async function moved() {
    root.dataset.moved = "";
    await build({ inSight: true }); // the hand rests, so all that was written is kept
    while (!wire.rests && wire.joined) await new Promise((resolve) => setTimeout(resolve, 50)); // stages run what they ran
    delete root.dataset.moved;
  }

  const renewed = () => {
    say("The lesson’s engine had stopped. One moment…");
    building = building
      .then(() => build())
      .then(() => say("The lesson’s engine had stopped. Everything is back.", { forAWhile: 8000 }));
  };
  const moves = () => {
    building = building.then(moved);
  };
  const away = single(() => moveAway(wire, link));
  const repeat = () => manager?.repeat?.();
  const why = async () => {
    const there = await reachable();
    if (!wire.joined) say(there ? blocked() : AWAY);
  };
  const device = { offline: false };
  const wire = new Wire(line, (news) => {
    if (news.state !== "waiting") around.leave();
    hear(news, say, { device, repeat, renewed, moves, away, around, wake: () => wire.soon(0), why });
  });
  const around = new Around(wire, link);
  watchNetwork(device, wire, say);
  addEventListener("pagehide", () => {
    wire.leave();
    around.leave();
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  building = building.then(() => build());
  await building;
}

/** A browser that goes offline says so long before its connection breaks; a course on the same machine is there all the same. */
function watchNetwork(device, wire, say) {
  addEventListener("offline", async () => {
    device.offline = !(await reachable());
    if (device.offline) say(OFFLINE);
  });
  addEventListener("online", () => {
    if (device.offline && wire.joined) say(t("The connection is back."), { forAWhile: 4000 });
    device.offline = false;
  });
}

/** Say what is new about the line, and do what follows from it. */
function hear({ state, place, why, deaf }, say, { device, repeat, renewed, moves, away, around, wake, why: findOut }) {
  const news = {
    joined: () => say(""),
    back() {
      say("The connection is back.", { forAWhile: 4000 });
      repeat();
    },
    lost: () => device.offline || (deaf ? findOut() : say(AWAY)), // why is said already, and nothing here could help
    waiting() {
      say(`The course is full just now. You are number ${place}; ${KEPT}`);
      around.more();
    },
    trouble: () => say(`This lesson cannot go on here. ${why}`, { reload: true }),
    asleep() {
      say("This lesson went to sleep after a long quiet. Touch anything to go on.");
      for (const event of ["pointerdown", "keydown"]) addEventListener(event, wake, { once: true });
    },
    renewed,
    moved: moves,
    leaves: away,
  };
  news[state]?.();
}
