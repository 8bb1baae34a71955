// The projector's page: how to get in, then what the room sees. The token is in the address's fragment.

import { Line } from "../phone/link.js";
import { drawScene } from "./room.js";

const by = (id) => document.getElementById(id);
const reply = {}; // the newest of what the hub sent
let line = null;
let enlarged = false; // whether the way in is shown over a scene
let library = null;

// plotly.js, once, when the first figure comes or the page has nothing else to do.
function plotly() {
  library ??= new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = document.body.dataset.plotly;
    tag.onload = () => (globalThis.Plotly ? resolve(globalThis.Plotly) : reject(new Error("no Plotly")));
    tag.onerror = () => {
      tag.remove();
      library = null;
      reject(new Error("Plotly did not come"));
    };
    document.head.append(tag);
  });
  return library;
}

const set = (id, words) => {
  if (by(id).textContent !== words) by(id).textContent = words;
};

function picture(id, code) {
  const src = code ? `/live/qr/${encodeURIComponent(code)}.svg` : "";
  by(id).hidden = !src;
  if (src && by(id).getAttribute("src") !== src) by(id).src = src;
}

const counted = (people) => (people === 1 ? "1 person is here" : `${people || "Nobody"} ${people ? "people are" : "is"} here${people ? "" : " yet"}`);

function draw() {
  const { title = "", code = "", join = "", people = 0, state = "waiting", shown = true, scene = null } = reply;
  const ended = state === "ended";
  const waiting = state === "waiting" && !ended;
  const lobby = waiting || (enlarged && !ended);
  const spaced = code.replace(/(.{3})(?=.)/g, "$1 ");
  const address = join.replace(/^https?:\/\//, "").replace(/\/join\/.*$/, "/join");
  document.title = `${title || "Live session"} · Choreo`;
  set("session", lobby && waiting ? "Live session" : title);
  set("title", title);
  set("address", address);
  set("code", spaced);
  by("code").setAttribute("aria-label", [...code].join(" "));
  picture("qr", lobby ? code : "");
  set("small-address", lobby ? "Back to the results" : address);
  set("small-code", lobby ? "" : spaced);
  picture("small-qr", lobby || ended ? "" : code);
  set("people", ended ? "" : counted(people));
  set("state", state === "paused" ? "Paused" : "");
  by("show-code").hidden = ended || !code || waiting;
  by("show-code").toggleAttribute("data-back", enlarged);
  by("show-code").setAttribute("aria-label", enlarged ? "Back to the results" : `Show the way in large: ${address} ${spaced}`);
  const covered = !lobby && !ended && (!shown || !scene);
  by("lobby").hidden = !lobby;
  by("hidden").hidden = !covered;
  by("hidden").firstElementChild.textContent = scene?.title || title;
  by("scene").hidden = lobby || covered;
  if (!by("scene").hidden) drawScene(by("scene"), scene ?? { title: "Thank you. This session is over." }, scene?.figures?.length ? plotly() : null, { heading: "h1" });
  document.body.dataset.state = lobby ? "waiting" : covered ? "covered" : state;
}

function trouble(words) {
  set("trouble", words);
}

function open() {
  line?.close();
  const token = location.hash.slice(1);
  if (!token) return trouble("This link is not complete. Please open the projector view from the console again.");
  let late = 0;
  line = new Line({
    path: "/live/screen/socket",
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
      else late = setTimeout(() => trouble("Connection lost: this is the last that came."), 2000);
    },
    gone: () => trouble("This link leads to no session any more. Please open the projector view from the console again."),
  });
}

by("show-code").onclick = () => {
  enlarged = !enlarged;
  draw();
};
by("full").hidden = !document.fullscreenEnabled;
by("full").onclick = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {});
addEventListener("fullscreenchange", () => set("full", document.fullscreenElement ? "Leave full screen" : "Full screen"));
addEventListener("hashchange", open);
setTimeout(() => plotly().catch(() => {}), 3000);
open();
