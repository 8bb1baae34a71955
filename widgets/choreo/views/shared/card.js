import { actions, spent } from "../card/actions.js";
import { Drafts } from "../card/drafts.js";
import { Frame } from "../card/frame.js";
import { Sending } from "../card/sending.js";
import { threadBox } from "../card/thread.js";
import { fromElsewhere, tone, verdict } from "../card/verdict.js";
import { element, uid } from "./element.js";
import { mixed } from "./mixed.js";

const OPENING = 4_000; // ms until a card that nobody opens opens by itself

/**
 * Draw an exercise: the frame here, the question itself by its kind. Returns the clean-up.
 *
 * `kind({face, id, changed, unfold, mix})` returns its `element` and
 *   eyebrow, action, again   what the frame calls it, and its button before and after an answer
 *   read()                   {answer} or {missing: what is still to do}
 *   draft(), write(answer)   what is on the page, perhaps unfinished; and the other way round
 *   show(state, notes)       notes after an answer; what is locked; what may be seen now
 *   confirm                  optional: {question, yes, no}, asked before the answer is sent
 *   decline, why             optional: the button with which one goes on without an answer, and why one is asked
 *   plain                    optional: the answer is kept, not judged
 *   tone(state)              optional: "right" or "apart" for a verdict, where its score alone does not tell
 *   once                     optional: there is nothing to try again, as the answer was told
 *   landing                  optional: where focus goes after an answer or an unfolding, instead of the verdict
 * `unfold(answer)` asks for what an unfinished answer opens; it comes as `state.unfolded`. `mix(list, name)` gives a list
 * its order for this browser, or leaves it where the order means something.
 *
 * @param {import("./model.js").Context} context
 */
export function card(context, kind) {
  const drawn = new Card(context, kind);
  drawn.start();
  return () => drawn.close();
}

class Card {
  constructor({ model, el }, kind) {
    this.model = model;
    this.el = el;
    this.kind = kind;
    this.id = uid();
    this.name = `${model.get("lesson")}/${model.get("item")}`;
    this.drafts = new Drafts(this.name);
    this.timers = new Set();
    this.stop = new AbortController();
    this.open = model.get("opened");
    this.dirty = false; // changed since the answer that the verdict is about
    this.changedAt = ""; // when that was
    this.behind = false; // another window has kept an answer, which is not here yet
    this.elsewhere = false; // it was asked for
    this.notice = ""; // what came of that
    this.shownDone = null; // what the outline was told last
    this.seenAt = ""; // which kept answer is on the page
    this.local = false; // the status says something that only this page knows
    this.round = 0;
    this.solved = false; // the answer was shown
    this.writing = false;
    this.drawn = this.state.variant; // which variant the page shows
    this.turn = this.state.turn;
    this.wanted = null; // an unfinished answer to unfold as soon as somebody can hear it
    this.sending = new Sending({
      model,
      name: this.name,
      later: (work, delay) => this.later(work, delay),
      draft: () => JSON.stringify(this.body.draft()),
      say: (text, tone) => this.say(text, tone),
      changed: () => this.press(),
    });
  }

  /** What has happened, as the kernel says; see `_fresh` in card.py. */
  get state() {
    return this.model.get("state");
  }

  start() {
    const { model, el } = this;
    this.body = this.begin();
    this.frame = new Frame(
      { id: this.id, kind: model.get("kind"), title: model.get("title"), prompt: model.get("prompt"), body: this.body },
      {
        submit: (event) => this.submit(event),
        hint: () => this.askHint(),
        solve: () => this.askSolution(),
        more: () => this.askAgain(),
        decline: () => this.goOn(),
      },
    );
    el.classList.add("choreo-card-host");
    el.dataset.choreoItem = model.get("item"); // where other parts of the page find this card
    if (this.body.decline) el.dataset.choreoGate = ""; // what answers it stays closed until it is answered or declined
    el.replaceChildren(this.frame.element);
    this.listen();
    this.recall();
    this.takeUp();
  }

  listen() {
    const { model, el } = this;
    const { signal } = this.stop;
    addEventListener("pagehide", () => this.keepDraft(), { signal });
    addEventListener("storage", (event) => this.hearOthers(event), { signal });
    addEventListener("online", () => this.sending.again(), { signal });
    addEventListener("online", () => this.sending.save(true), { signal });
    el.addEventListener("choreo:decline", () => this.goOn(true), { signal });
    this.update = this.update.bind(this);
    this.opening = this.opening.bind(this);
    this.recall = this.recall.bind(this);
    model.on("change:state", this.update);
    model.on("change:opened", this.opening);
    model.on("change:thread", this.recall);
    if (!this.open) this.later(() => this.openAlone(), OPENING);
  }

  /** Show what is known already, and what was being typed. */
  takeUp() {
    const draft = this.drafts.waiting(this.state) ?? this.sending.waiting(this.state);
    this.update();
    if (draft) {
      this.resume(draft);
      this.press();
    }
    if (!this.open) return;
    this.seeAgain();
    this.sending.sendUnheard(this.state); // what the learner did came before this card was drawn
  }

  close() {
    this.keepDraft();
    this.stop.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.model.off("change:state", this.update);
    this.model.off("change:opened", this.opening);
    this.model.off("change:thread", this.recall);
    this.body.close?.();
    this.el.replaceChildren();
  }

  later(work, delay) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, delay);
    this.timers.add(timer);
    return timer;
  }

  /** The question, as its kind draws it. */
  begin() {
    const { model, id } = this;
    const list = `${model.get("item")}/${this.drawn}`;
    return this.kind({
      face: model.get("face"),
      id,
      changed: () => this.changed(),
      unfold: (answer) => this.unfold(answer),
      mix: (parts, name = "") => (model.get("ordered") ? parts : mixed(parts, `${list}/${name}`)),
    });
  }

  changed() {
    if (this.writing) return;
    this.dirty = true;
    this.changedAt = new Date().toISOString();
    this.sending.forget();
    clearTimeout(this.keeping);
    this.timers.delete(this.keeping);
    this.keeping = this.later(() => this.keepDraft(), 250);
    if (this.local) this.judge();
    this.press();
  }

  keepDraft() {
    if (this.dirty) this.drafts.keep(this.body.draft(), this.drawn, this.changedAt);
  }

  /** Another variant: its words and its question, and what was typed into it. */
  redraw() {
    this.drawn = this.state.variant;
    const before = this.body;
    before.close?.();
    this.body = this.begin();
    this.frame.turn(this.model.get("title"), this.model.get("prompt"), before, this.body);
    const draft = this.drafts.waiting(this.state);
    this.dirty = Boolean(draft);
    if (draft) this.resume(draft);
  }

  resume(draft) {
    this.put(draft.value);
    this.dirty = true;
    this.changedAt = draft.at;
  }

  put(answer) {
    this.writing = true;
    try {
      this.body.write(answer);
    } catch {
      // A draft of an older version of the exercise: better none than half of it.
    } finally {
      this.writing = false;
    }
  }

  submit(event) {
    event.preventDefault();
    if (!this.free || this.state.locked || spent(this.state, this.body)) return;
    const { answer, missing } = this.body.read();
    if (!answer) return this.say(missing, "plain");
    const { variant } = this.state;
    this.round += 1;
    const key = `${this.id}/${this.round}`; // the same answer sent twice is one answer
    const send = (final) => this.sending.send({ type: "answer", answer: final, variant, key }, "answer");
    if (this.body.confirm) this.frame.ask(this.body.confirm, () => send(this.body.read().answer));
    else send(answer);
  }

  /** Whether something can be sent. */
  get free() {
    return this.open && !this.sending.busy;
  }

  unfold(answer = this.wanted) {
    this.wanted = answer;
    if (!this.wanted || !this.free) return;
    this.wanted = null;
    this.sending.send({ type: "unfold", answer }, "unfold");
  }

  askHint() {
    if (!this.free) return;
    const count = this.state.hints.length + 1;
    this.drafts.seen = { ...this.drafts.seen, hints: count };
    this.sending.send({ type: "hint", count }, "hint");
  }

  askSolution() {
    if (!this.free) return;
    this.drafts.seen = { ...this.drafts.seen, shown: true };
    this.sending.send({ type: "show" }, "show");
  }

  askAgain() {
    if (!this.free) return;
    this.drafts.seen = { again: this.state.tries };
    this.sending.send({ type: "again" }, "again");
  }

  /** Go on without an answer; `quiet`: not by this card's button, so focus stays where it is. */
  goOn(quiet = false) {
    if (this.free && this.body.decline && !this.state.done) this.sending.send({ type: "decline" }, "decline", quiet);
  }

  say(text, tone) {
    this.local = true;
    this.frame.say(tone, element("p", {}, text));
  }

  press() {
    const { dirty, open, sending } = this;
    const shown = actions(this.state, this.body, { dirty, sending: sending.sent?.what });
    this.frame.press(shown, { open, busy: sending.busy, dirty });
  }

  keep() {
    this.frame.keep(this.state, this.body, this.open);
  }

  judge() {
    const { state, body, notice } = this;
    this.local = false;
    if (state.error) return this.say(state.error, "plain");
    this.frame.say(tone(state, body), ...verdict(state, body, { notice, saveAgain: () => this.sending.save() }));
  }

  /** The state has changed: take in what came, then show all of it. */
  update() {
    const { state } = this;
    const heard = this.sending.heard(state);
    if (state.turn !== this.turn) this.sending.forget();
    this.turn = state.turn;
    if (state.variant !== this.drawn) this.redraw();
    this.takeAnswer(state, heard);
    this.takeSolution(state);
    if (state.saved === "yes") this.drafts.tell(state.at);
    if (state.saved === "yes" && !state.declined && !this.dirty) this.drafts.drop(this.drawn);
    this.body.show(state, state.solution ? state.solution_notes : state.notes);
    this.frame.listHints(state.hints);
    if (!(heard?.what === "save" && heard.quiet && state.saved === "no")) this.judge(); // what was said is said once
    this.keep();
    this.press();
    this.tell();
    this.sending.persist(state);
    this.land(heard);
    this.unfold();
    if (this.behind) this.catchUp();
  }

  takeAnswer(state, heard) {
    if (heard?.what === "answer" && !state.error) {
      this.dirty = JSON.stringify(this.body.draft()) !== heard.draft;
      this.seenAt = state.at;
    } else if (state.at && state.at !== this.seenAt && !heard) {
      this.seenAt = state.at;
      if (state.answer && !this.drafts.waiting(state) && !(this.elsewhere && this.dirty && !state.locked)) {
        this.put(state.answer);
        this.dirty = false;
      }
      if (this.elsewhere && state.answer) this.notice = fromElsewhere(state, this.dirty);
      this.elsewhere = false;
    }
    if (heard?.what === "answer") this.notice = "";
  }

  takeSolution({ solution }) {
    if (solution === null) this.solved = false;
    else if (!this.solved) {
      this.solved = true;
      this.dirty = false;
      this.put(solution);
    }
  }

  /** Focus goes to what came. */
  land(heard) {
    if (heard?.what === "again") this.frame.prompt.focus();
    else if (heard?.what === "hint") /** @type {HTMLElement} */ (this.frame.hints.lastChild)?.focus();
    else if (heard && !heard.quiet && !this.state.error) (this.body.landing ?? this.frame.status).focus();
  }

  /** Ask for what another window has kept. */
  catchUp() {
    if (!this.free) return;
    this.behind = false;
    this.elsewhere = true;
    this.model.send({ type: "refresh" });
  }

  hearOthers({ key }) {
    if (!this.drafts.isNews(key) || this.drafts.kept <= this.state.at) return;
    this.behind = true;
    this.catchUp();
  }

  /** The learner's work is there. */
  opening() {
    const opened = this.model.get("opened");
    const fresh = !this.open && opened;
    this.open = this.open || opened;
    if (opened) this.seeAgain(); // also where it has opened by itself meanwhile
    this.unfold();
    this.keep();
    this.press();
    if (fresh) this.sending.sendUnheard(this.state);
    if (this.behind) this.catchUp();
  }

  /** The collaboration that the question asks about, once it is known. */
  recall() {
    const thread = this.model.get("thread");
    if (thread?.said) this.frame.recall(threadBox(thread, this.name));
  }

  /** Nobody opens it: the card opens by itself. */
  openAlone() {
    this.open = true;
    this.seeAgain();
    this.unfold();
    this.keep();
    this.press();
    this.sending.sendUnheard(this.state);
  }

  /** Hints and the answer that were seen before a reload are shown again. */
  seeAgain() {
    const before = this.drafts.seen;
    if (!before) return;
    const { model, state } = this;
    const again = state.variants > 0 && state.tries > 0 && before.again === state.tries && state.feedback !== "";
    if (again) model.send({ type: "again" });
    const most = again ? (before.hints ?? 0) : state.hints.length + state.hints_left;
    const count = Math.min(before.hints ?? 0, most);
    if (count > (again ? 0 : state.hints.length)) model.send({ type: "hint", count });
    if (before.shown && state.can_show && !state.solution) model.send({ type: "show" });
  }

  /** Tell the page's outline, and what waits behind this card; a view is drawn before it stands in the page. */
  tell() {
    const { state, el } = this;
    const done = state.done || state.declined;
    const told = `${done}${state.declined}`;
    if (this.shownDone === told) return;
    if (!el.isConnected) return void requestAnimationFrame(() => this.stop.signal.aborted || this.tell());
    this.shownDone = told;
    const detail = { item: this.model.get("item"), done, ...(state.declined ? { declined: true } : {}) };
    el.dispatchEvent(new CustomEvent("choreo:item", { bubbles: true, detail }));
  }
}
