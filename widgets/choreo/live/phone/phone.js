// The phone's page: from the code to the end of the session. The activities' parts and controls.js load when the first
// activity begins. What people wrote is only ever set as text.

import { Identity, Link, Shelf, local } from "./link.js";

const main = document.querySelector("main");
const said = document.getElementById("said");
const banner = document.getElementById("banner");
const foot = document.getElementById("foot");
const name = document.getElementById("session");
const entry = main.firstElementChild; // the form, as the hub sent it
const shelf = new Shelf();
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

let link = null;
let identity = null;
let playing = null; // the activity that is on: {run, module, part, place, view}
let screen = ""; // which screen is on

const text = (tag, words, cls = "") => {
  const made = document.createElement(tag);
  made.textContent = words;
  if (cls) made.className = cls;
  return made;
};
const announce = (words) => {
  said.textContent = said.textContent === words ? `${words}\u00a0` : words;
};
const button = (words, act, cls = "choreo-button") => {
  const made = text("button", words, cls);
  made.type = "button";
  made.onclick = act;
  return made;
};
const code = () => entry.elements.code;
const letters = (typed) => typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

// One screen after the other; the focus goes along if it was on the one that leaves, and the title is announced.
function show(kind, ...parts) {
  const moved = main.contains(document.activeElement);
  screen = kind;
  main.dataset.screen = kind;
  main.replaceChildren(...parts);
  const head = main.querySelector("h1");
  if (head && kind !== "entry") {
    announce(head.textContent);
    head.tabIndex = -1;
    if (moved) head.focus({ preventScroll: true });
  }
  scrollTo(0, 0);
}

function message(kind, head, words, ...more) {
  show(kind, emblem(), text("h1", head), text("p", words, "choreo-lead"), ...more);
}

// -- getting in ---------------------------------------------------------------------------------------------------------

function askCode(fault = "", typed = "") {
  stop();
  name.textContent = "";
  foot.hidden = true;
  banner.hidden = true;
  show("entry", entry);
  document.getElementById("fault").textContent = fault;
  if (typed) code().value = typed;
  code().toggleAttribute("aria-invalid", Boolean(fault));
  if (fault) code().focus();
}

async function join(typed) {
  const wanted = letters(typed);
  if (wanted.length !== 6)
    return askCode(`A code has six letters and digits; this has ${wanted.length || "none"}.`, typed.trim());
  message("joining", "One moment …", "Going in.");
  let reply = null;
  let told = {};
  try {
    const body = JSON.stringify({ code: wanted });
    reply = await fetch("/live/join", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    told = await reply.json();
  } catch {
    told = {};
  }
  if (reply?.ok && told.secret) enter(Identity.begin(shelf, { ...told, code: wanted }));
  else if (!reply) askCode("The server does not answer. Is this phone in the right network? Then try again.", wanted);
  else askCode(told.error ?? "The server could not let you in. Please try again in a moment.", wanted);
}

function enter(known) {
  stop();
  identity = known;
  name.textContent = known.get().title ?? "";
  foot.hidden = false;
  if (screen !== "joining") message("joining", "One moment …", "Going in.");
  link = new Link(known, { view: see, state: connected, gone: () => lost() });
}

// The hub knows this phone no longer: the session was deleted. With a code in the address, the phone tries it once.
function lost() {
  identity.forget();
  const wanted = letters(main.dataset.code);
  if (wanted && !lost.tried) {
    lost.tried = true;
    join(wanted);
  } else askCode("The session that this phone was in is no longer there.");
}

function stop() {
  endActivity();
  link?.close();
  link = identity = null;
}

let late = 0; // the banner comes only when a gap lasts

function connected(open) {
  clearTimeout(late);
  if (open) {
    if (!banner.hidden) announce("The connection is back.");
    banner.hidden = true;
    realign();
  } else if (banner.hidden)
    late = setTimeout(() => {
      banner.hidden = false;
    }, 1500);
}

// -- what the session shows ---------------------------------------------------------------------------------------------

const STILL = {
  waiting: () => ["You are in.", "The session begins soon. Keep this page open: it follows by itself."],
  paused: () => ["A short pause", "It goes on here in a moment."],
  debrief: () => ["Look at the screen in front", "What came of it is up there. Talk about what surprises you."],
  removed: () => ["You are out of this session", "The coach has taken this phone out. If that was a mistake, please tell them.", again()],
  ended: () => ["Thank you for being here", "The session is over. Nothing more is asked of this phone.", again()],
};

function see(view, anew) {
  if (view.state === "activity" || (view.state === "paused" && view.module)) return activity(view, anew);
  endActivity();
  if (view.state === "removed" || view.state === "ended") link.close();
  if (screen !== view.state && view.state in STILL) message(view.state, ...STILL[view.state]());
  foot.hidden = view.state === "removed" || view.state === "ended";
}

const again = () => button("Join another session", leave, "choreo-button choreo-quiet-button");

function emblem() {
  const made = document.querySelector("header svg").cloneNode(true);
  made.setAttribute("class", "choreo-emblem");
  return made;
}

function endActivity() {
  if (!playing) return;
  const { part } = playing;
  playing = null;
  try {
    part?.end?.();
  } catch (error) {
    console.error(error);
  }
}

function activity(view, anew) {
  const paused = view.state === "paused";
  if (anew || !playing || playing.run !== view.run || playing.module !== view.module) {
    endActivity();
    playing = { run: view.run, module: view.module, place: text("div", "", "choreo-activity"), view: null, tries: 0 };
    const pause = text("p", "A short pause. It goes on in a moment.", "choreo-pause");
    playing.pause = pause;
    show("activity", text("h1", view.title ?? "", "choreo-eyebrow"), pause, playing.place, nickname());
    load(playing);
  }
  playing.view = view;
  if (paused === playing.pause.hidden && paused) announce(playing.pause.textContent);
  playing.pause.hidden = !paused;
  playing.place.inert = paused;
  main.querySelector(".choreo-nickname").hidden = !view.nicknames;
  update(playing);
}

async function load(mine) {
  const again = mine.tries ? `?again=${mine.tries}` : ""; // a browser may remember that a module did not come
  const wait = setTimeout(() => mine === playing && mine.place.replaceChildren(text("p", "One moment …", "choreo-quiet")), 400);
  try {
    const [controls, made] = await Promise.all([import(`./controls.js${again}`), import(`${mine.module}${again}`)]);
    clearTimeout(wait);
    if (mine !== playing) return;
    mine.place.replaceChildren();
    mine.part = made.default(mine.place, room(mine, controls.makeControls(announce)));
    update(mine);
  } catch (error) {
    clearTimeout(wait);
    if (mine === playing) trouble(mine, error);
  }
}

function trouble(mine, error) {
  console.error(error);
  mine.part = null;
  mine.tries += 1;
  const words = "This part of the session did not come through.";
  announce(words);
  mine.place.replaceChildren(text("p", words), button("Try again", () => (mine.tries > 2 ? location.reload() : load(mine))));
}

function update(mine) {
  if (!mine.part || !mine.view) return;
  try {
    mine.part.show(mine.view.phone ?? {});
  } catch (error) {
    try {
      mine.part.end?.();
    } catch {
      // it is gone already
    }
    trouble(mine, error);
  }
}

// What an activity's part may use.
function room(mine, controls) {
  const kept = () => {
    const all = identity?.get().kept;
    return all?.run === mine.run ? all.values : {};
  };
  return {
    say: (data) => (mine === playing && link ? link.say(data) : Promise.reject(new Error("That part of the session is closed."))),
    now: (event) => (event ? performance.timeOrigin + event.timeStamp : local()) + offset,
    align,
    text,
    controls,
    announce,
    get reduced() {
      return reduced.matches;
    },
    keep: {
      get: (key) => kept()[key],
      set: (key, value) =>
        identity?.change((record) => {
          record.kept = { run: mine.run, values: { ...kept(), [key]: value } };
        }),
    },
  };
}

let offset = 0; // hub's clock minus this phone's, ms
let aligned = false;

async function align() {
  const clock = await import("./clock.js");
  const mine = link;
  offset = await clock.align(() => (mine ?? link).clock());
  aligned = true;
  return offset;
}

// A clock may have stood still while the phone slept.
function realign() {
  if (aligned && playing) align().catch(() => {});
}

function nickname() {
  const form = document.createElement("details");
  form.className = "choreo-nickname";
  form.hidden = true;
  const mine = identity.get().nickname ?? "";
  const head = text("summary", "");
  const label = text("label", "Your nickname, if you like");
  const field = document.createElement("input");
  field.autocomplete = "nickname";
  field.maxLength = 24;
  field.value = mine;
  field.id = "nickname";
  label.htmlFor = field.id;
  const note = text("p", "", "choreo-note");
  const titled = (now) => {
    head.textContent = now ? `You are ${now} here` : "Give yourself a name (optional)";
  };
  titled(mine);
  const row = document.createElement("form");
  const send = text("button", "Use it", "choreo-button choreo-quiet-button");
  row.append(label, field, send);
  row.onsubmit = async (event) => {
    event.preventDefault();
    const wanted = field.value.trim();
    try {
      await link.nickname(wanted);
      identity?.change((record) => {
        record.nickname = wanted;
      });
      titled(wanted);
      note.textContent = wanted ? "Saved." : "You have no name here.";
    } catch (error) {
      note.textContent = error.message;
    }
    announce(note.textContent);
  };
  form.append(head, row, note);
  return form;
}

// -- leaving ------------------------------------------------------------------------------------------------------------

function leave() {
  identity?.forget();
  if (location.pathname !== "/join") history.replaceState(null, "", "/join");
  main.dataset.code = "";
  code().value = "";
  sure(false);
  askCode();
  code().focus();
}

function sure(asking) {
  foot.classList.toggle("choreo-asking", asking);
  if (asking) document.getElementById("stay").focus();
}

document.getElementById("leave").onclick = () => sure(true);
document.getElementById("go").onclick = leave;
document.getElementById("stay").onclick = () => {
  sure(false);
  document.getElementById("leave").focus();
};
entry.onsubmit = (event) => {
  event.preventDefault();
  join(code().value);
};
addEventListener("storage", (event) => {
  if (identity && event.key === identity.key && event.newValue === null) leave(); // another tab forgot the session
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && realign());

// -- the beginning ------------------------------------------------------------------------------------------------------

const known = Identity.current(shelf);
const wanted = letters(main.dataset.code);
if (known && (!wanted || wanted === known.get().code)) enter(known);
else if (wanted) join(wanted);
else {
  main.dataset.screen = screen = "entry";
}
document.documentElement.dataset.ready = "";
