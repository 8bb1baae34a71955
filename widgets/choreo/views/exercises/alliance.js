import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { Drawn } from "./alliance/drawn.js";
import { Ring } from "./alliance/ring.js";
import { rows } from "./alliance/rows.js";
import { talks } from "./alliance/talks.js";

/** One’s own players: their names, what each needs, and who talks to whom, drawn or ticked. */
class Alliance {
  constructor({ face, id, changed }) {
    this.face = face;
    this.changed = changed;
    this.drawn = new Drawn(face.fewest);
    const nameOf = (player) => player.name.trim() || t("Player {number}", { number: this.numberOf(player) });
    this.nameOf = nameOf;
    const tie = (one, other) => this.tie(one, other);
    const { drawn } = this;
    this.rows = rows({
      drawn,
      face,
      id,
      changed: () => this.named(),
      removed: (player) => this.took(player),
    });
    this.ring = new Ring({ drawn, nameOf, tie, say: (words) => this.say(words) });
    this.talks = talks({ drawn, nameOf, tie, id });
    this.told = element("p", { class: "choreo-alliance-told", role: "status" });
    this.undo = element(
      "button",
      { type: "button", class: "choreo-button", onclick: () => this.takeBack() },
      t("Undo"),
    );
    this.element = element(
      "div",
      { class: "choreo-alliance" },
      element("h4", {}, t("Who is in it")),
      this.rows.el,
      element("h4", {}, t("Who really talks to whom")),
      element(
        "p",
        { class: "choreo-alliance-help" },
        t("Draw a line from one to the other, or pick two. The same two again, and the tie is gone."),
      ),
      this.ring.el,
      element("div", { class: "choreo-alliance-foot" }, this.told, this.undo),
      this.talks.el,
    );
    this.plain = true;
    this.eyebrow = t("Your alliance");
    this.action = t("Keep my alliance");
    this.again = t("Keep the change");
    this.draw();
  }

  numberOf(player) {
    return this.drawn.players.findIndex(({ id }) => id === player.id) + 1;
  }

  draw() {
    this.rows.draw();
    this.show();
  }

  /** The picture and the list, from what is drawn. */
  show() {
    this.ring.draw();
    this.talks.draw();
    this.count();
  }

  count() {
    const ties = this.drawn.ties.length;
    this.undo.disabled = this.drawn.back.length === 0;
    if (ties === 0) this.say(t("No ties yet."));
  }

  say(words) {
    this.told.textContent = words;
  }

  /** A name or a need has changed, or somebody came. */
  named() {
    if (this.ring.el.querySelectorAll("button").length === this.drawn.players.length) {
      this.ring.refresh();
      this.talks.draw();
    } else this.show();
    this.changed();
  }

  took(player) {
    this.show();
    this.say(t("{name} is out, with all their ties.", { name: player.name.trim() || t("The player") }));
    this.changed();
  }

  tie(one, other) {
    const added = this.drawn.turn(one, other);
    const [a, b] = [one, other].map((id) => this.nameOf(this.drawn.players.find((player) => player.id === id)));
    this.tied();
    const places = { a, b, ties: this.drawn.ties.length };
    const words = added
      ? t("{a} and {b} talk to each other. Ties: {ties}.", places)
      : t("{a} and {b} no more. Ties: {ties}.", places);
    this.say(words);
  }

  tied() {
    this.ring.refresh();
    this.talks.refresh();
    this.count();
    this.changed();
  }

  takeBack() {
    const step = this.drawn.undo();
    if (step?.player) this.draw();
    this.tied();
    if (step) this.say(t("Taken back. Ties: {ties}.", { ties: this.drawn.ties.length }));
  }

  read() {
    const open = this.drawn.missing();
    if (!open) return { answer: this.drawn.answer() };
    const { what, id, name } = open;
    if (what === "ties") {
      /** @type {HTMLElement | null} */ (this.ring.el.querySelector("button")).focus();
      return { missing: t("Nobody talks to anybody yet. Tie at least two players.") };
    }
    this.rows.focus(id, what === "needs" ? "select" : "input");
    const places = { number: this.numberOf({ id }), name: name?.trim() };
    if (what === "name") return { missing: t("Player {number} has no name yet.", places) };
    if (what === "twice")
      return { missing: t("“{name}” is there twice; add something that tells them apart.", places) };
    return { missing: t("Choose how much {name} needs to hear.", places) };
  }

  draft() {
    return this.drawn.answer();
  }

  write(answer) {
    this.drawn.put(answer);
    this.draw();
    this.say(this.drawn.ties.length ? t("Ties: {ties}.", { ties: this.drawn.ties.length }) : t("No ties yet."));
  }
}

export default { render: (context) => card(context, (about) => new Alliance(about)) };
