// The projector's page: how to get in, then what the room sees. The token is in the address's fragment.

import { at } from "../../views/shared/at.js";
import { Line } from "../../views/shared/line.js";
import { plotlyFrom } from "../../views/shared/plotly.js";
import { t } from "../../views/shared/words.js";
import { clicker } from "./clicker.js";
import { Countdown } from "./countdown.js";
import { drawScene } from "./room.js";
import { RoomTalk } from "./talk.js";

/** @type {(id: string) => any} */
const by = (id) => document.getElementById(id);
const reply = {}; // the newest of what the hub sent
let line = null;
let enlarged = false; // whether the way in is shown over a scene
let library = null;
const talk = new RoomTalk(by("talk"), () => draw());
const countdown = new Countdown(by("countdown"), by("told"));

// plotly.js, once, when the first figure comes or the page has nothing else to do.
function plotly() {
  library ??= plotlyFrom(document.body.dataset.plotly).catch((error) => {
    library = null; // the next figure tries again
    throw error;
  });
  return library;
}

const set = (id, words) => {
  if (by(id).textContent !== words) by(id).textContent = words;
};

function picture(id, code) {
  // the picture holds where phones go, which changes when they are let in
  const src = code ? at(`/live/qr/${encodeURIComponent(code)}.svg?to=${encodeURIComponent(reply.join ?? "")}`) : "";
  by(id).hidden = !src;
  if (src && by(id).getAttribute("src") !== src) by(id).src = src;
}

/** How many are here, in words: people, and beside them those who are virtual. */
function counted(people, virtual) {
  const here =
    people === 1 ? t("1 person is here") : people ? t("{people} people are here", { people }) : t("Nobody is here yet");
  return virtual ? t("{here}, and {virtual} virtual", { here, virtual }) : here;
}

function draw() {
  const { title = "", code = "", join = "", people = 0, virtual = 0, shown = true, recalled = false } = reply;
  const state = recalled ? "debrief" : (reply.state ?? "waiting");
  const said = reply.talk && !enlarged && state !== "ended" ? reply.talk : null;
  const scene = talk.show(said, reply.scene ?? null);
  const alone = Boolean(said?.guide) && (!scene || !shown); // the question, without a picture
  const ended = state === "ended";
  const waiting = state === "waiting" && !ended;
  const lobby = waiting || (enlarged && !ended);
  const spaced = code.replace(/(.{3})(?=.)/g, "$1 ");
  const address = join.replace(/^https?:\/\//, "").replace(/(\/join)\/.*$/, "$1");
  document.title = `${title || t("Live session")} · Choreo`;
  set("session", lobby && waiting ? t("Live session") : title);
  set("title", title);
  set("address", address);
  set("code", spaced);
  by("code").setAttribute("aria-label", [...code].join(" "));
  picture("qr", lobby ? code : "");
  set("small-address", lobby ? t("Back to the results") : address);
  set("small-code", lobby ? "" : spaced);
  picture("small-qr", lobby || ended ? "" : code);
  set("people", ended ? "" : counted(people, virtual));
  set("state", state === "paused" ? t("Paused") : "");
  by("show-code").hidden = ended || !code || waiting;
  by("show-code").toggleAttribute("data-back", enlarged);
  by("show-code").setAttribute(
    "aria-label",
    enlarged ? t("Back to the results") : t("Show the way in large: {address} {code}", { address, code: spaced }),
  );
  const covered = !lobby && !ended && !alone && (!shown || !scene);
  by("lobby").hidden = !lobby;
  by("hidden").hidden = !covered;
  by("hidden").firstElementChild.textContent = scene?.title || title;
  by("scene").hidden = lobby || covered || alone;
  if (!by("scene").hidden)
    drawScene(
      by("scene"),
      scene ?? { title: t("Thank you. This session is over.") },
      scene?.figures?.length ? plotly() : null,
      { heading: "h1" },
    );
  countdown.show(ended ? null : (reply.countdown ?? null));
  document.body.dataset.state = lobby ? "waiting" : covered ? "covered" : state;
}

function trouble(words) {
  set("trouble", words);
}

function open() {
  line?.close();
  const token = location.hash.slice(1);
  if (!token) return trouble(t("This link is not complete. Please open the projector view from the console again."));
  let late = 0;
  line = new Line({
    path: at("/live/screen/socket"),
    hello: { screen: token },
    first: "screen",
    hear(message) {
      if (!message.screen) return;
      Object.assign(reply, message.screen);
      draw();
    },
    state(connected) {
      clearTimeout(late);
      if (connected) trouble("");
      else late = setTimeout(() => trouble(t("Connection lost: this is the last that came.")), 2000);
    },
    gone: () =>
      trouble(t("This link leads to no session any more. Please open the projector view from the console again.")),
  });
}

by("show-code").onclick = () => {
  enlarged = !enlarged;
  draw();
};
by("full").hidden = !document.fullscreenEnabled;
by("full").onclick = () =>
  (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
    () => {},
  );
addEventListener("fullscreenchange", () =>
  set("full", document.fullscreenElement ? t("Leave full screen") : t("Full screen")),
);
addEventListener("hashchange", open);
clicker(() => location.hash.slice(1), trouble);
setTimeout(() => plotly().catch(() => {}), 3000);
open();
