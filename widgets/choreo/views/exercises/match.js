import { card } from "../shared/card.js";
import { draggable } from "../shared/drag.js";
import { element } from "../shared/element.js";
import { remark } from "../shared/remark.js";
import { sign } from "../shared/sign.js";
import { t } from "../shared/words.js";

/** Rows, each with a list of what may belong to it; the same can be taken from below, dragged or tapped. */
class Match {
  constructor({ face, id, changed, mix }) {
    this.id = id;
    this.changed = changed;
    this.placed = new Map(); // left side's id: right side's id
    this.held = null; // the right side that was tapped and waits for its place
    this.lent = null; // what somebody who goes through a row's list has taken from another row in passing
    this.heard = element("p", { class: "choreo-unseen", "aria-live": "polite" });
    this.sides = new Map(mix(face.to, "to").map((side) => [side.id, this.makeSide(side)]));
    this.rows = new Map(mix(face.from, "from").map((side) => [side.id, this.makeRow(side)]));
    const pool = { class: "choreo-match-pool", role: "group", "aria-label": t("What there is to match") };
    this.element = element(
      "div",
      { class: "choreo-match" },
      element(
        "p",
        { class: "choreo-match-help" },
        t("Choose beside each one what belongs to it, or take one from below: drag it, or tap it and then its place."),
      ),
      element("div", { class: "choreo-match-rows" }, ...[...this.rows.values()].map((row) => row.element)),
      element("div", pool, ...[...this.sides.values()].map((side) => side.element)),
      this.heard,
    );
    this.eyebrow = t("Match");
    this.action = t("Check");
    this.again = t("Check again");
    this.draw();
  }

  makeSide(side) {
    const text = element("span", { class: "choreo-match-text", html: side.text });
    const used = element("span", { class: "choreo-match-used" });
    const grip = element("span", { class: "choreo-grip", "aria-hidden": "true" }, sign("grip"));
    const take = () => this.take(this.held === side.id ? null : side.id);
    const press = {
      type: "button",
      class: "choreo-match-side",
      "data-side": side.id,
      "aria-pressed": "false",
      onclick: take,
    };
    const button = element("button", press, grip, element("span", {}, text, used));
    const note = element("div", { class: "choreo-match-note" });
    draggable(button, {
      grip,
      targets: () => [...this.rows.values()].map((row) => row.slot),
      begin: () => this.take(null),
      drop: (slot) => this.put(slot.dataset.row, side.id),
    });
    return { ...side, button, note, used, plain: text.textContent, element: element("div", {}, button, note) };
  }

  makeRow(side) {
    const text = element("div", { class: "choreo-match-left", id: `${this.id}-${side.id}`, html: side.text });
    const note = element("div", { class: "choreo-match-note", id: `${this.id}-${side.id}-note` });
    const sides = [...this.sides.values()];
    const select = element(
      "select",
      {
        "aria-labelledby": text.id,
        onchange: () => this.choose(side.id, select.value),
        onblur: () => {
          this.lent = null;
        },
      },
      element("option", { value: "" }, t("Choose…")),
      ...sides.map((other) => element("option", { value: other.id }, other.plain)),
    );
    const shown = element("span", { class: "choreo-match-shown", "aria-hidden": "true" });
    const put = () => this.held && this.put(side.id, this.held);
    const about = { class: "choreo-match-slot", "data-row": side.id, onclick: put };
    const slot = element("div", about, shown, sign("open"), select);
    const row = element("div", { class: "choreo-match-row" }, text, slot, note);
    return { ...side, select, shown, slot, note, plain: text.textContent, element: row };
  }

  take(name) {
    this.held = name;
    if (name) this.heard.textContent = t("{what}: taken. Now choose its place.", { what: this.sides.get(name).plain });
    this.draw();
  }

  /** The row in which a right side stands, leaving one out. */
  rowOf(name, except) {
    return [...this.placed].find(([row, used]) => used === name && row !== except)?.[0];
  }

  /** From a row's list: arrow keys pass through entries that stand elsewhere, and leave them there when they go on. */
  choose(row, name) {
    const back = this.lent?.by === row && this.lent.name !== name ? this.lent : null;
    const from = this.rowOf(name, row);
    if (back) {
      this.placed.delete(row);
      this.placed.set(back.row, back.name);
    }
    this.put(row, name);
    this.lent = from ? { by: row, row: from, name } : null;
  }

  put(row, name) {
    this.lent = null;
    const before = this.rowOf(name, row);
    if (before) this.placed.delete(before);
    if (name) this.placed.set(row, name);
    else this.placed.delete(row);
    this.held = null;
    this.heard.textContent = this.told(row, name, before);
    for (const one of [row, before]) if (one) delete this.rows.get(one).slot.dataset.verdict;
    this.draw();
    this.changed();
  }

  told(row, name, before) {
    const places = { what: this.sides.get(name)?.plain, row: this.rows.get(row).plain };
    if (!name) return t("{row}: nothing chosen.", places);
    if (!before) return t("{what}: now with {row}.", places);
    return t("{what}: now with {row}, taken from {before}.", { ...places, before: this.rows.get(before).plain });
  }

  draw() {
    this.element.toggleAttribute("data-holding", this.held !== null);
    for (const [name, row] of this.rows) {
      const chosen = this.placed.get(name) ?? "";
      row.select.value = chosen;
      if (chosen) row.shown.innerHTML = this.sides.get(chosen).text;
      else row.shown.textContent = this.held ? t("Put it here") : t("Choose…");
      row.slot.toggleAttribute("data-filled", Boolean(chosen));
    }
    for (const [name, side] of this.sides) {
      const row = this.rowOf(name);
      side.button.setAttribute("aria-pressed", String(this.held === name));
      side.button.toggleAttribute("data-used", row !== undefined);
      side.used.textContent = row ? t("with {row}", { row: this.rows.get(row).plain }) : "";
    }
  }

  read() {
    const left = [...this.rows.keys()].filter((name) => !this.placed.has(name));
    if (left.length === 0) return { answer: { matched: Object.fromEntries(this.placed) } };
    this.rows.get(left[0]).select.focus();
    if (left.length === 1) return { missing: t("One is still to match.") };
    return { missing: t("{left} are still to match.", { left: left.length }) };
  }

  draft() {
    const filled = [...this.rows.keys()].filter((name) => this.placed.has(name));
    return { matched: Object.fromEntries(filled.map((name) => [name, this.placed.get(name)])) };
  }

  write(answer) {
    const known = Object.entries(answer.matched).filter(([row, name]) => this.rows.has(row) && this.sides.has(name));
    this.placed.clear();
    for (const [row, name] of known) this.placed.set(row, name);
    this.held = null;
    this.draw();
  }

  show(state, notes) {
    const sent = (state.solution ?? state.answer)?.matched ?? {};
    const find = (name) => notes.find((note) => note.part === name);
    for (const [name, row] of this.rows) {
      const note = find(name);
      row.note.replaceChildren();
      row.select.removeAttribute("aria-describedby");
      delete row.slot.dataset.verdict;
      if (!note) continue;
      if (sent[name] === this.placed.get(name)) row.slot.dataset.verdict = note.right ? "right" : "apart";
      const word = note.right ? t("They belong together") : t("We would not put these two together");
      row.note.append(remark(word, note.right, note.text));
      row.select.setAttribute("aria-describedby", row.note.id);
    }
    for (const [name, side] of this.sides) {
      const note = find(name);
      side.note.replaceChildren();
      if (note && (!note.right || state.score === 1 || state.solution))
        side.note.append(remark(t("Belongs to none of them"), note.right ? null : false, note.text));
    }
  }
}

export default { render: (context) => card(context, (about) => new Match(about)) };
