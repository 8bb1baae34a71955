// A lesson that was run beforehand: its widgets are shown at once from their recorded state; a forked kernel joins.
import { say } from "./banner.js";
import { WidgetManager } from "./manager.js";
import { showAll } from "./outputs.js";
import { Wire } from "./wire.js";

export async function openRecorded({ lesson, version, widgets: address }) {
  const recorded = await (await fetch(address)).text();
  const name = crypto.getRandomValues(new Uint32Array(4)).join("-"); // of this page, so that it finds its kernel again
  const url = `${location.origin.replace(/^http/, "ws")}/lessons/${lesson}/kernel?page=${name}&version=${version}`;
  let manager;
  let building = Promise.resolve();

  async function build() {
    const places = [...document.querySelectorAll("[data-cell]")];
    for (const place of places) place.style.minBlockSize = `${place.offsetHeight}px`; // nothing jumps while it is rebuilt
    await manager?.dispose();
    manager = new WidgetManager(wire);
    wire.opened = (comm, message) => manager.handle_comm_open(comm, message);
    await manager.build(JSON.parse(recorded).state);
    await showAll(manager);
    for (const place of places) place.style.minBlockSize = "";
  }

  const wire = new Wire(url, ({ state, place, why }) => {
    if (state === "joined") say("");
    if (state === "back") say("The connection is back.", { forAWhile: 4000 });
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
