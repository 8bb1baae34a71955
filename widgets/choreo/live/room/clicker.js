// A clicker in the projector's window. The window's link can only look, so its keys go to the coach's console: over a
// channel of this browser to the preview there, which is a page of the hub as well, and from the preview to the console.
// Where no console is open in this browser nothing happens, and the window says so.

import { leads } from "../../views/shared/clicker.js";
import { t } from "../../views/shared/words.js";

const PATIENCE = 700; // ms until the console must have heard
const SHOWN = 5000; // ms

/** @param {() => string} token of this projector @param {(words: string) => void} say */
export function clicker(token, say) {
  if (!globalThis.BroadcastChannel) return;
  const channel = new BroadcastChannel("choreo-clicker");
  if (parent === window) outside(channel, token, say);
  else preview(channel, token);
}

function outside(channel, token, say) {
  let missed = 0;
  channel.onmessage = ({ data }) => {
    if (data.heard === token()) clearTimeout(missed);
  };
  addEventListener("keydown", (event) => {
    const way = leads(event);
    if (!way) return;
    event.preventDefault();
    channel.postMessage({ pressed: token(), way });
    clearTimeout(missed);
    missed = setTimeout(() => {
      say(t("The console is not open in this browser: please move on there."));
      setTimeout(() => say(""), SHOWN);
    }, PATIENCE);
  });
}

function preview(channel, token) {
  channel.onmessage = ({ data }) => {
    if (data.pressed !== token()) return;
    parent.postMessage({ clicker: data.way }, "*"); // who may frame this page is the hub's rule
    channel.postMessage({ heard: token() });
  };
}
