import { flatten } from "../shared/canvas.js";
import { uid } from "../shared/element.js";
import { Outbox, Reminder } from "../shared/outbox.js";
import { stored } from "../shared/stored.js";
import { t } from "../shared/words.js";
import { controls } from "./controls.js";
import { crowds } from "./crowds.js";
import { drawing } from "./drawing.js";
import { goal } from "./goal.js";
import { ground } from "./ground.js";
import { guide } from "./guide.js";
import { lay } from "./layout.js";
import { lent } from "./lent.js";
import { payoff } from "./payoff.js";
import { person } from "./person.js";
import { playhead } from "./playhead.js";
import { pointer } from "./pointer.js";
import { rest } from "./rest.js";
import { sceneOf } from "./scene.js";
import { share } from "./share.js";
import { sound } from "./sound.js";
import { tapping } from "./tapping.js";
import { touch } from "./touch.js";
import { transport } from "./transport.js";

const SPOKEN = 120; // ms between two moments whose words are brought up to date while it plays

/** An open stage with all that belongs to it. */
export class Play {
  constructor(model, el, make) {
    this.model = model;
    this.el = el;
    this.task = model.get("task");
    this.item = model.get("item");
    this.id = uid();
    this.scene = null;
    this.spoken = 0; // when the words were last brought up to date
    this.heard = 0; // the moment up to which beats were heard
    this.seenEnd = false; // of this run: what became of it may be said
    this.reached = Boolean(model.get("state").reached);
    this.listeners = [];
    this.outbox = new Outbox(`explorable/${this.item}`);
    this.waiting = this.outbox.what; // what an earlier page could not have kept
    this.reminder = new Reminder(
      (work, pause) => this.later(work, pause),
      () => this.send({ type: "save" }),
    );
    this.make = make;
    this.build();
    this.parts = lay(this);
    this.listen();
    this.show();
    this.showPinned();
    this.opened();
    this.take();
  }

  send = (message) => this.model.send(message);
  state = () => this.model.get("state");

  build() {
    const { model, task } = this;
    this.head = playhead({
      draw: (gap) => this.draw(gap),
      changed: () => this.showPlaying(),
      ended: () => this.ended(),
    });
    this.controls = controls(model, this.id);
    this.drawing = drawing({ settings: () => this.controls.value, put: (some) => this.controls.move(some, true) });
    this.ground = ground(this.make, {
      act: (some) => this.drawing.act(some),
      settings: () => this.controls.value,
      laid: () => this.laid(),
      small: Boolean(task.small),
    });
    this.sound = this.ground.stage.beats ? sound() : null;
    this.transport = transport(this.head, this.sound);
    this.tapping = task.tap && this.ground.stage.live ? tapping(this) : null;
    if (this.tapping) this.listeners.push(() => this.tapping.close());
    this.touch = touch(this.ground, {
      moment: () => this.head.at,
      redraw: () => this.ground.draw(this.head.at, this.head.playing),
      told: () => this.send({ type: "deed", deed: "touched" }),
      said: (sentence) => this.drawing.say(sentence),
    });
    pointer(this.ground.field, {
      touch: this.touch,
      press: (x, y) => this.press(x, y),
      toggle: () => this.head.toggle(),
    });
    this.guide = guide({ skip: (at) => this.send({ type: "skip", at }) });
    this.goal = goal({ send: this.send, standsBy: (name) => this.controls.has(name) });
    this.crowds = crowds({ send: this.send, word: task.crowd ?? { one: "", many: "" } });
    this.person = task.person ? person(task.person) : null;
    this.lent = lent(this);
    this.share = share({ run: () => this.run(), model: task.model });
    this.rest = rest(this);
  }

  /** Whether what the stage lets people draw is among the controls that may move. */
  drawable() {
    return this.model.get("specs").some(({ kind }) => kind === "drawn");
  }

  listen() {
    const { model } = this;
    const on = (events, work) => {
      model.on(events, work);
      this.listeners.push(() => model.off(events, work));
    };
    on("change:scene", () => this.take());
    on("change:pinned", () => this.showPinned());
    on("change:opened", () => this.opened());
    this.parts.theatre.addEventListener("keydown", (event) => this.key(event));
    const watch = new IntersectionObserver((entries) => this.see(entries.at(-1).isIntersecting));
    watch.observe(this.ground.field);
    const { still } = this.ground;
    const onStill = () => {
      if (still.matches) this.head.seek(this.head.frames - 1);
      this.laid();
    };
    still.addEventListener("change", onStill);
    const onPrint = () => {
      this.head.seek(this.head.frames - 1); // on paper a run stands at its end
      for (const canvas of this.el.querySelectorAll("canvas")) flatten(canvas);
    };
    addEventListener("beforeprint", onPrint);
    this.listeners.push(
      () => watch.disconnect(),
      () => still.removeEventListener("change", onStill),
      () => removeEventListener("beforeprint", onPrint),
    );
  }

  /** The ground was pressed: a stage may set what its controls set, as far as these can be moved. */
  press(x, y) {
    const wanted = this.ground.stage.press?.(x, y);
    if (!wanted || !Object.keys(wanted).every((name) => this.controls.has(name))) return false;
    this.controls.put(wanted);
    return true;
  }

  see(now) {
    this.seen = now;
    this.head.see(now);
    this.watched();
  }

  key(event) {
    if (event.target !== this.parts.theatre || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      " ": () => this.head.toggle(),
      ArrowLeft: this.transport.step(-1),
      ArrowRight: this.transport.step(1),
      Home: () => this.head.seek(0),
      End: () => this.head.seek(this.head.frames - 1),
    }[event.key];
    if (!this.touch.key(event.key)) {
      if (!act) return;
      act();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** A run has come; or was made here, by somebody who tapped. */
  take(given = this.model.get("scene")) {
    if (!given?.frames) return;
    this.tapping?.drop();
    const first = this.scene === null;
    this.scene = { ...sceneOf(given), editable: Boolean(given.editable && this.drawable()) };
    const { frames, settled, clock } = this.scene;
    const moved = document.documentElement.hasAttribute("data-moved"); // the page has shown this run before
    const calm = this.ground.still.matches || moved;
    const waits = Boolean(this.state().waits || (this.tapping && first)) && !calm;
    const sent = settled ? this.lent.at(this.state().lent, frames) : null; // where a run that came with a link stands
    const whole = !settled || calm || given.from >= frames - 1 || sent === frames - 1; // what is new is the end
    this.transport.take(clock, frames);
    this.head.load(
      frames,
      sent ?? (whole ? frames - 1 : (given.from ?? 0)),
      sent === null && settled && !whole && !waits,
    );
    this.heard = 0;
    this.seenEnd = whole;
    this.parts.start.hidden = !waits || !settled || Boolean(this.tapping) || Boolean(sent);
    this.ground.take(this.scene);
    this.touch.take(this.scene);
    this.drawing.offer(this.touch.editable(), this.ground.stage.edit?.ask?.(this.scene));
    this.parts.legend.textContent = this.scene.legend ?? this.ground.stage.legend ?? "";
    this.parts.theatre.setAttribute("aria-label", this.spokenLabel());
    this.rest.take(this.scene);
    this.laid();
    this.show();
    if (settled && whole) this.tellNews();
    this.watched();
    this.head.go();
  }

  /** A run that is made from now on, by somebody who taps. */
  begin(scene) {
    this.scene = scene;
    this.seenEnd = false;
    this.heard = 0;
    this.head.pause();
    this.transport.take(scene.clock, scene.frames);
    this.head.load(scene.frames, 0, false);
    this.el.toggleAttribute("data-tapping", true);
    this.ground.take(scene);
    this.touch.take(scene);
  }

  spokenLabel() {
    const keys = t("Space plays and pauses, arrow keys step.");
    const around = this.touch.any
      ? t("Enter looks around among the people, arrow keys then go from one to the next, Escape ends.")
      : "";
    return [this.scene.alt || t("The stage."), keys, around].filter(Boolean).join(" ");
  }

  /** The stage has taken another room, or another run. */
  laid() {
    if (!this.scene) return;
    this.draw(0);
    this.rest.stills(this.scene, this.ground);
  }

  draw(gap) {
    if (!this.scene) return;
    const { at, playing } = this.head;
    if (gap) this.ground.judge(gap);
    this.ground.draw(at, playing);
    if (playing && this.sound?.on && at > this.heard) this.sound.play(this.ground.stage.beats(this.heard, at));
    this.heard = at;
    const now = performance.now();
    this.rest.follow(this.scene, at);
    if (playing && now - this.spoken < SPOKEN) return;
    this.spoken = now;
    this.speak(at);
  }

  /** The moment in words and numbers. */
  speak(at) {
    const says = this.ground.room ? this.ground.stage.says(at) : { figure: "", label: "" };
    this.parts.figure.textContent = says.figure;
    this.parts.label.textContent = says.label;
    this.transport.show(at, says);
    this.goal.follow(at, this.head.frames, this.scene.series);
    this.touch.follow();
  }

  ended() {
    this.parts.start.hidden = true;
    if (!this.seenEnd) {
      this.seenEnd = true;
      this.tellNews();
      this.send({ type: "deed", deed: "played" });
    }
    this.show();
  }

  /** Who asked for less motion has watched a run when its stills were in view. */
  watched() {
    if (this.ground.still.matches && this.seen && this.scene?.settled) this.send({ type: "deed", deed: "played" });
  }

  tellNews() {
    this.parts.news.textContent = this.scene.news ?? "";
  }

  showPlaying() {
    this.transport.showPlaying(this.head.playing);
    this.el.toggleAttribute("data-playing", this.head.playing);
    if (this.head.playing) this.parts.start.hidden = true;
  }

  show() {
    const state = this.state();
    this.guide.show(state.guide);
    this.controls.limit(state.meters ?? []);
    this.goal.show(state);
    if (this.scene) this.goal.follow(this.head.at, this.head.frames, this.scene.series);
    if (this.seenEnd || state.reached) this.goal.say(state);
    else this.goal.say({}, this.task.kind === "goal" && !state.waits);
    this.crowds.show(state.crowds, state.crowds_words, this.scene?.seed);
    this.lent.show(state.lent);
    this.letSpeak(state.said);
    if (state.reached && !this.reached && this.model.get("opened"))
      payoff(this.ground.field, this.ground.still.matches);
    this.reached = Boolean(state.reached);
    this.write();
    this.hold(state);
    this.tell(state);
  }

  /**
   * What the kernel could not have kept waits in this browser, and is asked for again.
   *
   * @param {{unsent?: {settings?: object, pinned?: object[], whole?: boolean}, saved?: string, error?: string}} state
   */
  hold({ unsent = {}, saved, error }) {
    if (!this.item) return;
    if (Object.keys(unsent).length) this.outbox.what = unsent;
    else if (!this.waiting && this.model.get("opened")) this.outbox.what = null;
    this.rest.showUnsaved(Boolean(unsent.pinned), error);
    this.reminder.look(saved === "no" || Boolean(unsent.pinned));
  }

  later(work, pause) {
    const timer = setTimeout(work, pause);
    this.listeners.push(() => clearTimeout(timer));
  }

  /** Who stands by speaks of a run when it has ended; before that, of what there is to see. */
  letSpeak(said) {
    if (!this.person) return;
    if (this.seenEnd && this.scene?.settled) this.person.say(said);
    else if (!this.person.spoke) this.person.say(this.task.person.first ?? "");
  }

  /** The page hears whether this is done. */
  tell(state) {
    const { item } = this;
    if (!item) return;
    const done = Boolean(state.reached) && state.saved === "yes";
    this.el.dispatchEvent(
      new CustomEvent("choreo:item", { bubbles: true, detail: { item, done, free: this.task.kind === "play" } }),
    );
  }

  showPinned() {
    this.rest.showPinned(this.model.get("pinned") ?? []);
  }

  /** What a link to this run says. @returns {import("../shared/run_link.js").Run} */
  run() {
    const { settings, seed } = this.state().link;
    return { play: this.item, settings, seed, at: Math.round(100 * this.head.at) / 100 };
  }

  get draftKey() {
    return `choreo-draft:explorable/${this.item}`;
  }

  write() {
    const { draft } = this.state();
    if (!this.item || !this.model.get("opened") || !draft || !this.scene?.settled) return;
    stored.write(this.draftKey, draft);
  }

  opened() {
    if (!this.item || !this.model.get("opened")) return;
    const draft = stored.read(this.draftKey);
    if (draft?.settings) this.send({ ...draft, type: "draft" });
    const { waiting } = this;
    this.waiting = null;
    if (waiting) this.send({ ...waiting, type: "unsent" });
    this.lent.offer();
  }

  close() {
    for (const stop of this.listeners) stop();
    for (const part of [this.head, this.controls, this.ground, this.guide, this.person, this.sound, this.rest])
      part?.close();
  }
}
