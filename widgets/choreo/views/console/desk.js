// The desk of an open session: its panels, and how they have something done.

import { leads } from "../shared/clicker.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { acted } from "./acting.js";
import { afterwards } from "./afterwards.js";
import { Asking, TWICE } from "./asking.js";
import { about, behind, spent, ticking } from "./course.js";
import { alertLine } from "./elements.js";
import { joining } from "./joining.js";
import { keeping } from "./keeping.js";
import { looking } from "./looking.js";
import { moveOn, takeBack } from "./moves.js";
import { notes } from "./notes.js";
import { order } from "./order.js";
import { Panel } from "./panel.js";
import { people } from "./people.js";
import { projector } from "./projector.js";
import { isKept, lastTime } from "./promised.js";
import { running } from "./running.js";
import { remembered } from "./sessions.js";
import { sharing } from "./sharing.js";
import { talk } from "./talk.js";
import { texts } from "./texts.js";
import { timer } from "./timer.js";

const TICK = 1000; // ms

/**
 * @typedef {object} Means what a desk does things with
 * @property {string} hub
 * @property {{ name: string, title: string, notes: string }[]} activities
 * @property {(command: object) => Promise<any>} ask
 * @property {(question: string, detail: string, yes: string) => Promise<boolean>} confirm
 * @property {(words: string) => void} announce
 * @property {() => void} leave goes back to the beginning
 * @property {() => void} forget the session is deleted
 * @property {() => void} keep the coach has kept the link
 */

export class Desk {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.kinds = new Map(means.activities.map((one) => [one.name, one]));
    this.desk = null; // what the hub said last
    this.session = null; // {code, join, screen, host, ends, kept}
    this.skew = 0; // s by which the hub's clock is ahead
    this.filter = ""; // what is looked for among the people
    this.invited = ""; // the token of a second coach, as long as this page knows it
    this.editing = false; // the running order
    this.chosen = { run: 0, numbers: new Set(), name: "" }; // of open answers: those that shall count as one
    this.ready = 0; // from when on the large button takes a press, by this page's clock
    this.asking = new Asking(this);
    this.time = null; // where the running activity's time is shown: {words, bar, late}
    this.left = null; // where the time that the room has is shown
    this.projector = null;
    this.tickets = 0; // the timer that makes links to exports anew
    this.panels = {
      keep: new Panel("keep", (values) => keeping(this, values)),
      join: new Panel("join", (values) => joining(this, values)),
      now: new Panel("now", (values) => running(this, values)),
      last: new Panel("last", (values) => lastTime(this, values)),
      look: new Panel("look", (values) => looking(this, values)),
      sharing: new Panel("sharing", (values) => sharing(this, values)),
      texts: new Panel("texts", (values) => texts(this, values)),
      notes: new Panel("notes", (values) => notes(this, values)),
      order: new Panel("order", (values) => order(this, values)),
      timer: new Panel("timer", (values) => timer(this, values)),
      talk: new Panel("talk", (values) => talk(this, values)),
      people: new Panel("people", (values) => people(this, values)),
      home: new Panel("home", (values) => afterwards(this, values)),
    };
    this.screen = element("section", { class: "choreo-console-panel choreo-console-screen" });
    this.trouble = alertLine("choreo-console-trouble");
    const { panels } = this;
    this.el = element(
      "div",
      { class: "choreo-console-desk", "aria-busy": "true" },
      this.trouble,
      element(
        "div",
        { class: "choreo-console-main" },
        panels.now.el,
        panels.last.el,
        panels.look.el,
        panels.talk.el,
        panels.keep.el,
        panels.texts.el,
        panels.notes.el,
        panels.order.el,
      ),
      element(
        "div",
        { class: "choreo-console-side" },
        panels.join.el,
        this.screen,
        panels.sharing.el,
        panels.timer.el,
        panels.people.el,
        panels.home.el,
      ),
    );
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
    this.watch = setInterval(() => this.clock(), TICK);
  }

  stop() {
    clearInterval(this.watch);
    clearInterval(this.tickets);
    document.removeEventListener("keydown", this.keys);
    this.projector?.stop();
  }

  /** Have something done, and say what went wrong. */
  act(command, said = "") {
    return acted(this, command, said);
  }

  /** What the large button does: once, however fast it is pressed again, as something else stands there by then. */
  once(does) {
    if (performance.now() < this.ready) return;
    this.ready = performance.now() + TWICE;
    does();
  }

  /** A clicker's key, unless something else is meant by it. */
  key(event) {
    if (!this.desk || this.desk.ended || !this.el.isConnected || document.querySelector("dialog[open]")) return;
    const way = leads(event);
    if (!way) return;
    event.preventDefault();
    this.pressedOn(way);
  }

  /** A clicker was pressed, here or in the projector's window: it goes on, or back where that is possible. */
  pressedOn(way) {
    if (!this.desk || this.desk.ended) return;
    if (this.asking.question) this.asking.pressedOn(way);
    else if (way === "on") this.once(() => moveOn(this));
    else if (this.desk.finished && this.desk.look && !this.desk.talk.guide) this.lookAt(this.desk.look - 1);
    else takeBack(this);
  }

  /** Show what a press has led to: it was heard. */
  showAtOnce() {
    this.panels.now.held = false;
    this.show(this.desk);
  }

  /** Show a screen of the debrief. @param {number} screen */
  lookAt(screen) {
    this.act({ do: "look", screen }, t("The room sees: {title}", { title: this.desk.screens[screen]?.title ?? "" }));
  }

  async end() {
    const sure = await this.means.confirm(
      t("End the session?"),
      t("Phones say goodbye, and nobody can answer any more. The report and the log stay until you delete them."),
      t("End it"),
    );
    if (sure) await this.act({ do: "end" }, t("The session is over."));
  }

  /** Let a room's phones in: from now on the hub can be reached from its network. */
  async letIn() {
    const answer = await this.act({ do: "let_in" }, t("Phones in this room’s network can join now."));
    if (!answer) return;
    this.session.join = answer.join;
    this.show(this.desk);
  }

  /** The coach has the link: it need not be offered any more. */
  keep() {
    this.means.keep();
    this.session.kept = true;
    this.show(this.desk);
    this.means.announce(t("The link stays below, under “Coach from another device”."));
  }

  /** Change how the desk looks, not what the hub knows. */
  look(change) {
    Object.assign(this, change);
    this.show(this.desk);
  }

  opened(session) {
    const before = this.session?.screen;
    this.session = session;
    if (before !== session.screen) this.drawScreen();
    if (this.desk) this.show(this.desk);
  }

  show(desk) {
    if (!this.desk || this.desk.run !== desk.run) this.skew = desk.now ? desk.now - Date.now() / 1000 : 0;
    this.desk = desk;
    if (!this.session) return;
    this.el.removeAttribute("aria-busy");
    this.asking.again();
    const { at, run, paused, shown, ended, plan, undo, countdown, look = 0, screens = [] } = desk;
    const { panels } = this;
    const { ends, kept } = this.session;
    if (at >= 0 && panels.keep.el.nextElementSibling) panels.keep.el.parentElement.append(panels.keep.el); // what runs comes first
    panels.keep.show({ kept, ended, title: desk.title, ends });
    const { door = false } = this.session;
    panels.join.show({ code: desk.code, join: this.session.join, door, title: desk.title, ended });
    panels.now.show({ ...this.course(), run, paused, shown, undo, asking: this.asking.question });
    panels.look.show({ screens, look, finished: desk.finished && !desk.talk?.guide, ended });
    panels.texts.show({ texts: desk.texts, run });
    panels.sharing.show({ shared: desk.shared, ended });
    panels.last.show({ last: plan.last_time ?? null, recalled: desk.recalled, ready: at < 0 && !ended });
    const { late, told } = plan;
    panels.notes.show({
      activity: plan.items[Math.max(at, 0)]?.activity,
      running: at >= 0 && !ended,
      ended,
      late,
      told,
    });
    panels.order.show({ plan, at, finished: desk.finished, ended, editing: this.editing });
    panels.talk.show({ talk: desk.talk });
    panels.timer.show({ countdown: countdown && { ends: countdown.ends, seconds: countdown.seconds }, ended });
    panels.people.show({ people: desk.people, persons: desk.persons, ended, filter: this.filter });
    panels.home.show({
      ended,
      at,
      title: desk.title,
      ends,
      second: desk.second,
      invited: this.invited,
      taps: plan.items.some(({ tapped }) => tapped),
      promise: this.promise(),
    });
    this.screen.hidden = ended;
    this.clock();
  }

  /** What the room has promised, and whether a plan remembers it already. */
  promise() {
    const { promised, plan } = this.desk;
    const { title } = plan;
    return promised && { promised, title, kept: isKept(remembered().plans, title, promised) };
  }

  /** What runs, and what comes next. @returns {import("./course.js").Course} */
  course() {
    const { at, step, steps, finished, ended, fewest, round = null, people, talk, look, screens } = this.desk;
    const items = this.desk.plan.items.map((one) => ({ title: one.title, minutes: one.minutes, about: about(one) }));
    const sealed = steps?.find((one) => one.name === step)?.ballots ? this.desk.ballots : null;
    const here = people.here - people.virtual;
    return { items, at, step, steps, finished, ended, sealed, fewest, round, here, talk, look, screens };
  }

  drawScreen() {
    const href = new URL(`live/screen#${this.session.screen}`, this.means.hub).href;
    this.projector?.stop();
    this.projector = projector(href, (way) => this.pressedOn(way));
    this.screen.replaceChildren(...this.projector.parts);
  }

  /** The time by the hub's clock, in s. */
  hubNow() {
    return Date.now() / 1000 + this.skew;
  }

  secondsLeft() {
    return (this.desk.countdown?.ends ?? 0) - this.hubNow();
  }

  clock() {
    const { desk, time, left } = this;
    if (!desk) return;
    if (left)
      left.textContent =
        this.secondsLeft() > 0 ? t("{time} left", { time: ticking(this.secondsLeft()) }) : t("Time is up");
    if (!time || !desk.began_at || desk.at < 0) return;
    const { items } = desk.plan;
    const now = this.hubNow();
    const { words, over, share } = spent(Math.max(0, now - desk.began_at), items[desk.at]?.minutes ?? 0);
    time.words.textContent = words;
    time.bar.style.inlineSize = `${100 * share}%`;
    time.bar.toggleAttribute("data-over", over);
    const late = behind(items, desk.at, desk.began_at - desk.started_at, now - desk.started_at);
    time.late.textContent = late
      ? t("{late} min behind the plan. {cut} Never cut the last ten minutes.", { late, cut: desk.plan.late })
      : "";
  }
}
