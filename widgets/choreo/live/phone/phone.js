// The phone's page: from the code to the end of the session. The activities' parts and controls.js load when the first
// activity begins. What people wrote is only ever set as text.

import { at } from "../../views/shared/at.js";
import { element } from "../../views/shared/element.js";
import { local } from "../../views/shared/line.js";
import { t } from "../../views/shared/words.js";
import { asked } from "./entering.js";
import { Identity, Link, PhoneStorage } from "./link.js";

const main = document.querySelector("main");
const said = document.getElementById("said");
const banner = document.getElementById("banner");
const foot = document.getElementById("foot");
const [picture, after] = ["picture", "after"].map((id) => document.getElementById(id));
const name = document.getElementById("session");
const entry = /** @type {HTMLFormElement} */ (main.firstElementChild); // as the hub sent it
const storage = new PhoneStorage();
const TOO_FEW = t(
  "The question is closed. Fewer than five people answered, so nothing is shown: what you said is destroyed, unread.",
);
const CLOSED = t("The question is closed. Look at the screen in front.");
const CLOSED_HERE = t("The question is closed. What came of it is below.");
const NUMBERED = t(
  "You are a number in what is kept, not a name. The coach can take it home; a table of it lists nobody where fewer than five took part. It is gone when the coach deletes the session.",
);
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

let link = null;
let identity = null;
let playing = null; // the activity that is on: {run, module, part, place, pause, view, tries}
let screen = ""; // which screen is on

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 */
const text = (tag, words, cls = "") => element(tag, { class: cls || undefined, dir: "auto" }, words);
const announce = (words) => {
  said.textContent = said.textContent === words ? `${words}\u00a0` : words;
};
const button = (words, act, cls = "choreo-button") =>
  element("button", { type: "button", class: cls, onclick: act }, words);
const code = () => /** @type {HTMLInputElement} */ (entry.elements.namedItem("code"));
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

// -- getting in -------------------------------------------------------------------------------------------------------

function askCode(fault = "", typed = "") {
  stop();
  name.textContent = "";
  foot.hidden = banner.hidden = picture.hidden = after.hidden = true;
  show("entry", entry);
  document.getElementById("fault").textContent = fault;
  if (typed) code().value = typed;
  code().toggleAttribute("aria-invalid", Boolean(fault));
  if (fault) code().focus();
}

async function join(typed) {
  const wanted = letters(typed);
  if (wanted.length !== 6)
    return askCode(
      t("A code has six letters and digits; this has {count}.", { count: wanted.length || t("none") }),
      typed.trim(),
    );
  message("joining", t("One moment …"), t("Going in."));
  const { status, told } = await asked(wanted);
  if (status === 200 && told.secret) enter(Identity.begin(storage, { ...told, code: wanted }));
  else if (!status)
    askCode(t("The server does not answer. Is this phone in the right network? Then try again."), wanted);
  else askCode(told.error ?? t("The server could not let you in. Please try again in a moment."), wanted);
}

function enter(known) {
  stop();
  identity = known;
  name.textContent = known.get().title ?? "";
  foot.hidden = false;
  if (screen !== "joining") message("joining", t("One moment …"), t("Going in."));
  link = new Link(known, { view: see, state: connected, gone: () => lost() });
}

let tried = false; // the code in the address, after the session was gone

// The hub knows this phone no longer: the session was deleted. With a code in the address, the phone tries it once.
function lost() {
  identity.forget();
  const wanted = letters(main.dataset.code);
  if (wanted && !tried) {
    tried = true;
    join(wanted);
  } else askCode(t("The session that this phone was in is no longer there."));
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
    if (!banner.hidden) announce(t("The connection is back."));
    banner.hidden = true;
    realign();
  } else if (banner.hidden) {
    said.textContent = ""; // "The connection is back" is not true any more
    late = setTimeout(() => {
      banner.hidden = false;
    }, 1500);
  }
}

// -- what the session shows -------------------------------------------------------------------------------------------

const STILL = {
  waiting: () => [t("You are in."), t("The session begins soon. Keep this page open: it follows by itself.")],
  paused: () => [t("A short pause"), t("It goes on here in a moment.")],
  debrief: () =>
    picture.hidden
      ? [t("Look at the screen in front"), t("What came of it is up there. Talk about what surprises you.")]
      : [t("Look at it together"), t("What came of it is below. Talk about what surprises you.")],
  removed: () => [
    t("You are out of this session"),
    t("The coach has taken this phone out. If that was a mistake, please tell them."),
    again(),
  ],
  ended: () => [t("Thank you for being here"), t("The session is over. What you can take home is below."), again()],
};

let talked = null; // the view that says what is talked about, while that is on

// Who talks with whom, and about what: the part loads when the first talk begins.
async function talk(view) {
  talked = view;
  const part = await import("./talk.js").catch(() => null);
  if (!part || talked !== view) return; // something newer came
  const page = { show: (...parts) => show("talk", ...parts), announce, say: (data) => link.say(data) };
  part.default(view.talk, page, screen !== "talk");
  showOwn(view.phone?.own);
}

let own = ""; // the result that is on this screen, as JSON

// One's own result, which only this phone shows.
async function showOwn(result) {
  const told = JSON.stringify(result ?? "");
  if (own === told && main.querySelector(".choreo-own")) return;
  own = told;
  main.querySelector(".choreo-own")?.remove();
  if (!result) return;
  const [part, on] = [await import("./result.js").catch(() => null), ["debrief", "talk"].includes(screen)];
  if (part && own === told && on && !main.querySelector(".choreo-own")) main.append(part.default(result));
}

function see(view, anew) {
  talked = null;
  const here = Boolean(view.picture);
  if (here === picture.hidden && view.state === "debrief") screen = ""; // it points somewhere else now
  picture.hidden = !here;
  picture.setAttribute("aria-label", view.state === "ended" ? t("What the room saw last") : t("What the room sees"));
  if (here) draw(view.picture);
  if (view.state === "activity" || (view.state === "paused" && view.module)) return activity(view, anew);
  endActivity();
  if (view.state === "removed" || view.state === "ended") link.close();
  foot.hidden = view.state === "removed" || view.state === "ended";
  if (view.talk) return talk(view);
  if (screen !== view.state && view.state in STILL) message(view.state, ...STILL[view.state]());
  if (view.state === "debrief") showOwn(view.phone?.own);
  if (view.state === "ended") takeHome(view.lesson);
}

let newest = null; // the scene that came last
/** @type {Promise<(scene: object) => void> | null} */
let drawing = null; // what draws scenes, once there was one

function draw(scene) {
  newest = scene;
  drawing ??= import("./picture.js").then((part) => part.default(picture));
  drawing.then(
    (show) => show(newest),
    () => {
      drawing = null; // the next scene tries again
    },
  );
}

function takeHome(lesson) {
  const mine = identity;
  const keep = (plan) => mine.change((record) => Object.assign(record, { plan }));
  import("./farewell.js").then(
    (part) => mine === identity && part.default(after, { lesson, plan: mine.get().plan, keep, announce }),
    () => {}, // what is taken home is extra
  );
}

const again = () => button(t("Join another session"), leave, "choreo-button choreo-quiet-button");

function emblem() {
  const made = /** @type {Element} */ (document.querySelector("header svg").cloneNode(true));
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
    const pause = text("p", t("A short pause. It goes on in a moment."), "choreo-pause");
    const place = text("div", "", "choreo-activity");
    const kept = [text("p", "", "choreo-kept"), text("p", NUMBERED, "choreo-kept")]; // above and below, so that nothing moves
    playing = { run: view.run, module: view.module, place, pause, kept, part: null, view: null, tries: 0 };
    show("activity", text("h1", view.title ?? "", "choreo-eyebrow"), pause, kept[0], place, kept[1]);
    load(playing);
  }
  playing.view = view;
  if (paused === playing.pause.hidden && paused) announce(playing.pause.textContent);
  playing.pause.hidden = !paused;
  playing.place.inert = paused;
  keep(playing, view.phone?.kept);
  update(playing);
}

// The hub says what is kept of a game until somebody has moved in it; once read it stays on the page.
function keep({ kept }, words) {
  kept[0].textContent ||= words ?? "";
  for (const one of kept) one.hidden = !kept[0].textContent;
}

async function load(mine) {
  const again = mine.tries ? `?again=${mine.tries}` : ""; // a browser may remember that a module did not come
  const wait = setTimeout(
    () => mine === playing && mine.place.replaceChildren(text("p", t("One moment …"), "choreo-quiet")),
    400,
  );
  try {
    const [controls, made] = await Promise.all([import(`./controls.js${again}`), import(`${at(mine.module)}${again}`)]);
    clearTimeout(wait);
    if (mine !== playing) return;
    mine.place.replaceChildren();
    mine.part = made.default(mine.place, room(mine, controls.default(announce)));
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
  const words = t("This part of the session did not come through.");
  announce(words);
  mine.place.replaceChildren(
    text("p", words),
    button(t("Try again"), () => (mine.tries > 2 ? location.reload() : load(mine))),
  );
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
    say: (data) =>
      mine === playing && link ? link.say(data) : Promise.reject(new Error(t("That part of the session is closed."))),
    now: (event) => (event ? performance.timeOrigin + event.timeStamp : local()) + offset,
    align,
    text,
    closed: (tooFew) => text("p", tooFew ? TOO_FEW : picture.hidden ? CLOSED : CLOSED_HERE),
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
  offset = await clock.default(() => (mine ?? link).clock());
  aligned = true;
  return offset;
}

// A clock may have stood still while the phone slept.
function realign() {
  if (aligned && playing) align().catch(() => {});
}

// -- leaving ----------------------------------------------------------------------------------------------------------

function leave() {
  identity?.forget();
  link?.leave();
  if (location.pathname !== at("/join")) history.replaceState(null, "", at("/join"));
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

// -- the beginning ----------------------------------------------------------------------------------------------------

const known = Identity.current(storage);
const wanted = letters(main.dataset.code);
if (known && (!wanted || wanted === known.get().code)) enter(known);
else if (wanted) join(wanted);
else {
  main.dataset.screen = screen = "entry";
}
document.documentElement.dataset.ready = "";
