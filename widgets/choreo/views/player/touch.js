import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { bubblePlace, middleSpot, nextSpot, spotAt } from "./near.js";

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/**
 * @typedef {object} Hears
 * @property {() => number} moment where the run stands
 * @property {() => void} redraw shows it anew
 * @property {() => void} told somebody was touched
 * @property {(sentence: string) => void} said what a stage that is drawn on answers
 */

/**
 * People on the stage who can be touched, by mouse, finger and keys: a ring around one, and a bubble with what they
 * say.
 *
 * @param {any} ground @param {Hears} hears
 */
export function touch(ground, hears) {
  return new Touch(ground, hears);
}

class Touch {
  /** @param {any} ground @param {Hears} hears */
  constructor(ground, hears) {
    this.ground = ground;
    this.stage = ground.stage;
    this.hears = hears;
    this.ring = element("div", { class: "choreo-player-ring", "aria-hidden": "true", hidden: true });
    this.name = element("strong");
    this.words = element("span");
    const look = { class: "choreo-player-bubble", "aria-hidden": "true", hidden: true };
    this.bubble = element("div", look, this.name, this.words);
    this.read = element("p", { class: "choreo-player-read", "aria-live": "polite" });
    this.scene = null;
    this.held = null; // the spot that is touched
    this.looking = false; // by keys
    ground.field.append(this.ring, this.bubble);
  }

  get any() {
    return Boolean(this.stage.spots);
  }

  /** Whether the stage can be drawn on. */
  editable() {
    return Boolean(this.stage.edit && this.scene?.editable);
  }

  spots() {
    return this.scene && this.ground.room ? (this.stage.spots?.(this.hears.moment()) ?? []) : [];
  }

  called({ id, name }) {
    return this.scene.names?.[id] ?? name ?? t("Person {number}", { number: Number(id) + 1 });
  }

  says({ id }) {
    return this.scene.tells?.[id] ?? this.stage.tell?.(id, this.hears.moment()) ?? "";
  }

  put(spot) {
    const { ring, bubble } = this;
    const { field } = this.ground;
    ring.style.cssText = `left: ${spot.x}px; top: ${spot.y}px; width: ${2 * spot.r}px; height: ${2 * spot.r}px`;
    const place = bubblePlace(
      spot,
      { width: bubble.offsetWidth, height: bubble.offsetHeight },
      { width: field.clientWidth, height: field.clientHeight },
    );
    bubble.style.transform = `translate(${place.left}px, ${place.top}px)`;
  }

  hold(spot) {
    this.held = spot;
    this.ring.hidden = spot.wide > 0; // a row is marked by its stage
    this.bubble.hidden = false;
    this.name.textContent = this.called(spot);
    this.words.textContent = this.says(spot);
    const told = { name: this.name.textContent, words: this.words.textContent };
    this.read.textContent = t("{name}: {words}", told);
    this.put(spot);
    this.stage.touch?.(spot.id);
  }

  /** Show who is held, and tell that somebody was touched: after what is drawn there, which the learner waits for. */
  seen() {
    this.hears.redraw();
    this.hears.told();
  }

  drop() {
    this.looking = false;
    if (!this.held) return;
    this.held = null;
    this.ring.hidden = true;
    this.bubble.hidden = true;
    this.read.textContent = "";
    this.stage.touch?.(null);
    this.hears.redraw();
  }

  pick(spot) {
    if (!this.editable()) return;
    this.hears.said(this.stage.edit.pick(spot.id, this.hears.moment()));
  }

  letGo() {
    const picked = this.editable() ? this.stage.edit.picked?.() : null;
    if (picked !== null && picked !== undefined) this.pick({ id: picked });
  }

  /** Whether the key was meant for looking around. */
  key(key) {
    if (key === "Enter") return this.enter();
    if (key === "Escape") return this.escape();
    return ARROWS.includes(key) && this.goOn(key);
  }

  enter() {
    if (this.looking) {
      this.pick(this.held);
      this.hears.redraw();
      return true;
    }
    const { clientWidth, clientHeight } = this.ground.field;
    const from = this.held ?? middleSpot(this.spots(), clientWidth, clientHeight);
    if (!from) return false;
    this.looking = true;
    this.hold(from);
    this.seen();
    return true;
  }

  escape() {
    if (!this.held) return false;
    this.letGo();
    this.drop();
    return true;
  }

  goOn(way) {
    if (!this.looking) return false;
    const all = this.spots();
    const next = nextSpot(all, all.find(({ id }) => id === this.held.id) ?? this.held, way);
    if (next.id === this.held.id) return true;
    this.hold(next);
    this.seen();
    return true;
  }

  /** Whether somebody was touched there, in px of the ground; a finger need not be exact. */
  at(x, y, finger) {
    const spot = spotAt(this.spots(), x, y, finger);
    if (!spot) {
      this.drop();
      return false;
    }
    this.looking = false;
    this.hold(spot);
    this.pick(spot);
    this.seen();
    return true;
  }

  /** A line drawn from one spot to another: as if both were picked; whether both are people, and can be tied. */
  line(from, to) {
    if (!this.stage.edit?.picked) return false;
    const [a, b] = [from, to].map(([x, y]) => spotAt(this.spots(), x, y, true));
    if (!this.editable() || !a || !b || a.id === b.id) return false;
    this.letGo();
    this.pick(a);
    this.pick(b);
    this.hold(b);
    this.seen();
    return true;
  }

  over(x, y) {
    return spotAt(this.spots(), x, y) !== null;
  }

  take(next) {
    this.scene = next;
    if (this.held && !this.spots().some(({ id }) => id === this.held.id)) this.drop();
  }

  /** The moment has changed: whoever is touched may have moved, or say something else. */
  follow() {
    if (!this.held) return;
    const now = this.spots().find(({ id }) => id === this.held.id);
    if (!now) return this.drop();
    this.held = now;
    this.words.textContent = this.says(now);
    this.put(now);
  }
}
