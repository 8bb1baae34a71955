import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { remark } from "../shared/remark.js";
import { sign } from "../shared/sign.js";
import { t } from "../shared/words.js";

/** Steps to put in order: by arrow keys, by buttons, or by their grips. */
class Order {
  constructor({ face, id, changed }) {
    this.id = id;
    this.changed = changed;
    this.touched = false;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.list = element("ol", { class: "choreo-order-list" });
    this.heard = element("p", { class: "choreo-unseen", role: "status" });
    this.steps = new Map(face.steps.map((step) => [step.id, this.makeStep(step)]));
    this.list.append(...[...this.steps.values()].map((step) => step.element));
    this.element = element(
      "div",
      { class: "choreo-order", role: "group", "aria-label": t("Steps to put in order") },
      element("p", { class: "choreo-order-end" }, face.first),
      this.list,
      element("p", { class: "choreo-order-end" }, face.last),
      this.heard,
    );
    this.eyebrow = t("Put in order");
    this.action = t("Check this order");
    this.again = t("Check again");
    this.number();
  }

  get given() {
    return Array.from(this.list.children, (item) => /** @type {HTMLElement} */ (item).dataset.step);
  }

  makeStep(step) {
    const text = element("span", { class: "choreo-order-text", id: `${this.id}-${step.id}`, html: step.text });
    const mover = (drawn, by, word) => {
      const spoken = { "aria-label": word, "aria-describedby": text.id };
      const act = { type: "button", class: "choreo-order-move", onclick: () => this.shift(step.id, by) };
      return element("button", { ...act, ...spoken }, sign(drawn));
    };
    const [up, down] = [mover("up", -1, t("Move up")), mover("down", 1, t("Move down"))];
    const grab = (event) => this.grab(event);
    const grip = element(
      "span",
      { class: "choreo-order-grip", "aria-hidden": "true", onpointerdown: grab },
      sign("grip"),
    );
    const place = element("span", { class: "choreo-order-place", "aria-hidden": "true" });
    const note = element("div", { class: "choreo-order-note" });
    const row = element("div", { class: "choreo-order-row" }, grip, place, text, up, down);
    const about = { class: "choreo-order-step", "data-step": step.id, onkeydown: (event) => this.key(event) };
    return { element: element("li", about, row, note), up, down, place, note, text };
  }

  number() {
    const items = this.given;
    items.forEach((name, at) => {
      const step = this.steps.get(name);
      step.place.textContent = at + 1;
      step.up.setAttribute("aria-disabled", String(at === 0));
      step.down.setAttribute("aria-disabled", String(at === items.length - 1));
    });
  }

  place(name, at) {
    const before = new Map([...this.list.children].map((item) => [item, item.getBoundingClientRect().top]));
    const item = this.steps.get(name).element;
    const rest = [...this.list.children].filter((other) => other !== item);
    const isAfter = (other) => item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    // The others move around the item: one that leaves the page for a moment loses focus and pointer.
    for (const other of rest.slice(0, at).filter(isAfter)) this.list.insertBefore(other, item);
    const below = rest.slice(at).filter((one) => !isAfter(one));
    for (const other of below.reverse()) item.after(other);
    delete item.dataset.verdict;
    this.number();
    if (!this.calm.matches) this.glide(before);
  }

  /** The items move to where they are from where they were. */
  glide(before) {
    for (const [item, top] of before) {
      const gone = top - item.getBoundingClientRect().top;
      if (!gone || item.dataset.held) continue;
      const way = [{ transform: `translateY(${gone}px)` }, { transform: "none" }];
      item.animate(way, { duration: 180, easing: "ease-out" });
    }
  }

  shift(name, by) {
    const at = this.given.indexOf(name) + by;
    if (at < 0 || at >= this.steps.size) return;
    this.place(name, at);
    this.touched = true;
    const step = this.steps.get(name).text.textContent;
    this.heard.textContent = t("{step}: now place {place} of {all}", { step, place: at + 1, all: this.steps.size });
    this.changed();
  }

  key(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.shift(event.currentTarget.dataset.step, by);
  }

  grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    const item = grip.closest("li");
    const start = this.given.join();
    item.dataset.held = "yes";
    grip.setPointerCapture(event.pointerId);
    const move = (moved) => this.follow(item, moved.clientY);
    const drop = () => {
      delete item.dataset.held;
      grip.removeEventListener("pointermove", move);
      if (this.given.join() === start) return;
      this.touched = true;
      this.changed();
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", drop, { once: true });
  }

  follow(item, y) {
    const rest = [...this.list.children].filter((other) => other !== item);
    const above = rest.filter((other) => {
      const box = other.getBoundingClientRect();
      return box.top + box.height / 2 < y;
    });
    if (above.length !== this.given.indexOf(item.dataset.step)) this.place(item.dataset.step, above.length);
  }

  read() {
    if (this.touched) return { answer: this.draft() };
    return { missing: t("These are shuffled. Move at least one step first.") };
  }

  draft() {
    return { order: this.given };
  }

  write(answer) {
    this.touched = true;
    for (const name of answer.order) this.list.append(this.steps.get(name).element);
    this.number();
  }

  show(state, notes) {
    const sent = (state.solution ?? state.answer)?.order ?? [];
    const given = this.given;
    for (const [name, step] of this.steps) {
      const note = notes.find((one) => one.part === name);
      step.note.replaceChildren();
      delete step.element.dataset.verdict;
      if (!note) continue;
      if (sent.indexOf(name) === given.indexOf(name)) step.element.dataset.verdict = note.right ? "right" : "apart";
      step.note.append(remark(note.right ? t("In its place") : t("Not its place yet"), note.right, note.text));
    }
  }
}

export default { render: (context) => card(context, (about) => new Order(about)) };
