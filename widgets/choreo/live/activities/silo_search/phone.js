// The phone's part of silo search: one's own switches and points, and the best solutions that one hears of.
// Everything is built once and then changed in place, so that a finger or a focus never loses its button.

import { n } from "../../../views/shared/words.js";
import { points as sum } from "../../phone/plural.js";
import { Rounds } from "../../phone/rounds.js";

const GRID = { display: "grid", gridTemplateColumns: "repeat(4, minmax(44px, 1fr))", gap: "8px" };
const SWITCH = { minHeight: "52px", margin: "0", padding: "4px", lineHeight: "1.2" };
const ROW = { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px", margin: "8px 0" };

/** What the newest move came to, in words. */
export function told({ last, points }) {
  if (last.copy) return "You took that solution over.";
  if (last.flip === undefined) return "Try a switch, or take over a solution that you hear of.";
  if (last.kept) return `Switch ${last.flip + 1} made it better: ${sum(points)}.`;
  return `Switch ${last.flip + 1} would have made it ${sum(last.points)}: put back.`;
}

/** How a solution differs from one's own, and whose it is, in words. */
export function unlike(mine, { solution, people, bridge }) {
  const other = [...solution].flatMap((bit, index) => (bit === mine[index] ? [] : [index + 1]));
  const who = `${n("one person", "{count} people", people)}${bridge ? ", over a bridge" : ""}`;
  return `${who}; not like yours: ${other.join(", ")}`;
}

class SiloSearch extends Rounds {
  sending = false;

  get open() {
    return !this.view.moved && !this.sending;
  }

  button(words, act) {
    const made = this.room.text("button", words, "choreo-button choreo-quiet-button");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  async move(say, saved) {
    if (!this.open) return;
    this.sending = true;
    this.paint();
    try {
      await this.room.say({ round: this.view.round, ...say });
      this.parts.note.textContent = saved;
    } catch (/** @type {any} */ error) {
      this.parts.note.textContent = error.message;
    }
    this.sending = false;
    this.paint();
  }

  build() {
    const { text } = this.room;
    const [points, note, title] = [text("p", "", "choreo-big"), text("p", ""), text("h2", "")];
    const { head, clock } = this.watch();
    note.style.minHeight = "3em";
    title.tabIndex = -1;
    const grid = text("div", "");
    grid.setAttribute("role", "group");
    grid.setAttribute("aria-label", "Your switches: try one in each round");
    Object.assign(grid.style, GRID);
    const switches = [...this.view.mine].map((_, index) => {
      const one = this.button("", () => this.move({ flip: index }, "Sent."));
      Object.assign(one.style, SWITCH);
      return one;
    });
    grid.append(...switches);
    const near = text("div", "");
    const stay = this.button("Keep mine in this round", () => this.move({ stay: true }, "You keep it in this round."));
    this.parts = { head, clock, points, note, switches, title, near, stay };
    return [head, clock, points, note, grid, title, near, stay];
  }

  /** One's switches, and whether they can be used. */
  paint() {
    const busy = String(!this.open);
    for (const [index, one] of this.parts.switches.entries()) {
      const on = this.view.mine[index] === "1";
      one.textContent = `${index + 1} ${on ? "on" : "off"}`;
      one.setAttribute("aria-label", `Switch ${index + 1}, ${on ? "on" : "off"}`);
      one.setAttribute("aria-disabled", busy);
      one.style.background = on ? "var(--choreo-you)" : "var(--choreo-card)";
      one.style.color = on ? "var(--choreo-on-role)" : "var(--choreo-ink)";
      one.style.borderStyle = this.open ? "solid" : "dashed";
    }
    this.parts.stay.setAttribute("aria-disabled", busy);
    for (const one of this.parts.near.querySelectorAll("button")) one.setAttribute("aria-disabled", busy);
  }

  /** The solutions that one hears of. */
  hear() {
    const { hears, near } = this.view;
    const { title, near: place } = this.parts;
    const people = n("one other person", "{count} others", hears);
    title.textContent = hears ? `You hear ${people}` : "You hear nobody in this round";
    const focused = place.contains(document.activeElement);
    const rows = near.map((one) => this.heard(one));
    if (hears && !rows.length) rows.push(this.room.text("p", "All of them have the same solution as you."));
    place.replaceChildren(...rows);
    if (focused) title.focus();
  }

  heard(one) {
    const { text } = this.room;
    const row = text("div", "");
    Object.assign(row.style, ROW);
    const words = text("p", sum(one.points));
    Object.assign(words.style, { flex: "1 1 9em", margin: "0" });
    const detail = text("small", unlike(this.view.mine, one));
    detail.style.display = "block";
    words.append(detail);
    const saved = `You take over the solution with ${sum(one.points)}.`;
    const take = this.button("Take over", () => this.move({ copy: one.solution }, saved));
    take.setAttribute("aria-label", `Take over the solution with ${sum(one.points)}`);
    row.append(words, take);
    return row;
  }

  doing() {
    return this.view.moved ? "waiting for the others" : "your move";
  }

  show(now) {
    const before = this.view;
    this.view = now;
    if (now.seat && !now.over) this.search(now, before);
    else if (now.seat) {
      const began = `You began with ${sum(now.started)} and have ${now.points} now.`;
      this.still("over", began, `Your network was: ${now.network}.`, "Look at the screen in front.");
    } else if (now.step === "search") this.still("wait", "You get your place in a moment.");
    else {
      const how = `You get ${now.switches} switches. Nobody knows how they work together; find the setting with the most points.`;
      this.still("explain", how, "In each round, try one switch or take over a solution that you hear of.");
    }
  }

  search(now, before) {
    this.round(() => this.build());
    this.parts.points.textContent = sum(now.points);
    if (now.round !== before.round || now.moved !== before.moved) this.parts.note.textContent = told(now);
    this.hear();
    this.paint();
    this.count();
    this.begins(`${told(now)} You have ${sum(now.points)}.`);
  }
}

export default (place, room) => new SiloSearch(place, room);
