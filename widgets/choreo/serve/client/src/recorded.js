// A lesson that was run beforehand: its widgets are shown at once from their recorded state; a forked kernel joins.
import { ComponentHost } from "./host.js";
import { Wire } from "./wire.js";

/** `say` and `showAll` are those of banner.js and outputs.js. */
export async function openRecorded({ host }, { say, showAll }) {
  const { line, states } = globalThis.choreoEarly; // static/early.js
  let manager;
  let building = Promise.resolve();

  async function build() {
    const places = [...document.querySelectorAll("[data-cell]")].filter((place) => place.checkVisibility({ contentVisibilityAuto: true }));
    for (const place of places) place.style.minBlockSize = `${place.offsetHeight}px`; // nothing jumps while it is rebuilt
    await manager?.dispose();
    const Host = host === "components" ? ComponentHost : (await import("./manager.js")).WidgetManager;
    const { state } = JSON.parse(await states);
    manager = new Host(wire);
    wire.opened = (comm, message) => manager.handle_comm_open(comm, message);
    await manager.build(state);
    await showAll(manager);
    for (const place of places) place.style.minBlockSize = "";
  }

  const wire = new Wire(line, ({ state, place, why }) => {
    if (state === "joined") say("");
    if (state === "back") {
      say("The connection is back.", { forAWhile: 4000 });
      manager?.repeat?.();
    }
    if (state === "lost") say("No connection to the course just now. What you kept is safe; this page keeps trying.");
    if (state === "waiting") say(`The course is full just now. You are number ${place}; your place is kept. Read on: this page opens by itself.`);
    if (state === "trouble") say(`This lesson cannot go on here. ${why}`, { reload: true });
    if (state === "asleep") {
      say("This lesson went to sleep after a long quiet. Touch anything to go on.");
      for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => wire.soon(0), { once: true });
    }
    if (state === "renewed") {
      say("The lesson’s engine had stopped. One moment…");
      building = building.then(build).then(() => say("The lesson’s engine had stopped. Everything is back.", { forAWhile: 8000 }));
    }
  });
  addEventListener("pagehide", () => wire.leave());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  building = building.then(build);
  await building;
}
