import { element, svgElement } from "../../shared/element.js";
import { t } from "../../shared/words.js";

const DRAG = 8; // px after which a press draws a line
const NEAR = 40; // px around a player's middle where a line can end
const REACH = [39, 40]; // of the ring, in percent of the picture: to the right, and down
const MIDDLE = [50, 47];
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The players on a ring: pick two, or draw a line from one to the other, and they are tied.
 *
 * `tie(one, other)` is asked with two ids, `say` tells what is in the hand.
 */
export class Ring {
  constructor({ drawn, nameOf, tie, say }) {
    this.drawn = drawn;
    this.nameOf = nameOf;
    this.tie = tie;
    this.say = say;
    this.held = null; // the id of who is in the hand
    this.line = null; // while a line is drawn: {from, x, y}, in percent
    this.dragged = false; // the click that follows a drag is none
    /** @type {Map<number, HTMLElement>} */
    this.spots = new Map();
    this.lines = svgElement("svg", { class: "choreo-alliance-lines", "aria-hidden": "true" });
    const label = t("Who talks to whom: pick two players to tie them");
    this.el = element("div", { class: "choreo-alliance-picture", role: "group", "aria-label": label }, this.lines);
  }

  /** Somebody has come or gone. */
  draw() {
    const { players } = this.drawn;
    if (!players.some(({ id }) => id === this.held)) this.held = null;
    this.spots = new Map(players.map((player, at) => [player.id, this.spotOf(player, at)]));
    this.el.replaceChildren(this.lines, ...this.spots.values());
    this.paint();
  }

  /** Names or ties have changed; who is there has not. */
  refresh() {
    for (const { id, name } of this.drawn.players) this.spots.get(id).lastChild.textContent = name.trim();
    this.paint();
  }

  placeOf(at) {
    const turn = (2 * Math.PI * at) / this.drawn.players.length;
    return { x: MIDDLE[0] + REACH[0] * Math.sin(turn), y: MIDDLE[1] - REACH[1] * Math.cos(turn) };
  }

  spotOf(player, at) {
    const { x, y } = this.placeOf(at);
    const spot = element(
      "button",
      { type: "button", class: "choreo-alliance-spot", style: `left: ${x}%; top: ${y}%`, "data-player": player.id },
      element("span", { class: "choreo-alliance-number" }, at + 1),
      element("span", { class: "choreo-alliance-name", dir: "auto" }, player.name.trim()),
    );
    spot.addEventListener("pointerdown", (event) => this.begin(event, player.id));
    spot.addEventListener("click", () => {
      if (!this.dragged) this.pick(player.id);
      this.dragged = false;
    });
    spot.addEventListener("keydown", (event) => this.key(event, at));
    return spot;
  }

  paint() {
    const { drawn, line, held } = this;
    const at = new Map(drawn.players.map(({ id }, place) => [id, this.placeOf(place)]));
    const strokes = drawn.ties.map(([a, b]) => stroke(at.get(a), at.get(b), "choreo-alliance-tie"));
    if (line) strokes.push(stroke(at.get(line.from), line, "choreo-alliance-drawing"));
    this.lines.replaceChildren(...strokes);
    for (const player of drawn.players) {
      const spot = this.spots.get(player.id);
      const who = drawn.contactsOf(player.id).map(this.nameOf).join(", ");
      const talks = who ? t("talks to {who}", { who }) : t("talks to nobody yet");
      spot.setAttribute("aria-pressed", String(player.id === held));
      spot.setAttribute("aria-label", `${this.nameOf(player)}, ${talks}`);
    }
  }

  pick(id) {
    const from = this.held;
    this.held = from === null ? id : null;
    if (from === null) {
      const name = this.nameOf(this.drawn.players.find((one) => one.id === id));
      this.say(t("{name} is in your hand. Now pick whom they talk to.", { name }));
    } else if (from === id) this.say(t("Let go."));
    else this.tie(from, id);
    this.paint();
  }

  key(event, at) {
    const by = STEPS[event.key];
    if (event.key === "Escape" && this.held !== null) this.pick(this.held);
    else if (by) [...this.spots.values()][(at + by + this.spots.size) % this.spots.size].focus();
    else return;
    event.preventDefault();
  }

  /** A press: a line, if the pointer moves far enough. */
  begin(down, id) {
    if (down.button !== 0) return;
    this.dragged = false;
    const stop = new AbortController();
    const mine = (work) => (event) => event.pointerId === down.pointerId && work(event);
    const listen = (name, work) => addEventListener(name, mine(work), { signal: stop.signal });
    listen("pointermove", (event) => {
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (this.line || far >= DRAG) this.drag(event, id);
    });
    listen("pointerup", (event) => {
      stop.abort();
      this.drop(this.nearest(event.clientX, event.clientY));
    });
    listen("pointercancel", () => {
      stop.abort();
      this.drop(null);
    });
  }

  drag({ clientX, clientY }, from) {
    const box = this.el.getBoundingClientRect();
    const [x, y] = [(100 * (clientX - box.left)) / box.width, (100 * (clientY - box.top)) / box.height];
    this.line = { from, x, y };
    this.dragged = true;
    this.paint();
  }

  drop(to) {
    const { line } = this;
    if (!line) return;
    this.line = null;
    this.held = null;
    if (to !== null && to !== line.from) this.tie(line.from, to);
    this.paint();
  }

  nearest(x, y) {
    let best = null;
    for (const [id, spot] of this.spots) {
      const box = spot.firstElementChild.getBoundingClientRect();
      const away = Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y);
      if (away < (best?.away ?? NEAR)) best = { id, away };
    }
    return best?.id ?? null;
  }
}

function stroke(a, b, kind) {
  return svgElement("line", { class: kind, x1: `${a.x}%`, y1: `${a.y}%`, x2: `${b.x}%`, y2: `${b.y}%` });
}
