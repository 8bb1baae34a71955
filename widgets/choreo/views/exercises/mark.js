import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { passage } from "../shared/passage.js";
import { remark, whatWasLeft } from "../shared/remark.js";
import { t } from "../shared/words.js";

/** A text with phrases that can be marked. */
class Mark {
  constructor({ face, id, changed }) {
    this.id = id;
    this.changed = changed;
    this.count = element("p", { class: "choreo-mark-count" });
    this.spans = new Map(face.spans.map((span) => [span.id, this.makeSpan(span)]));
    this.notes = element("div", { class: "choreo-mark-notes", hidden: true });
    const text = passage(face.prose, (name) => this.spans.get(name)?.element ?? `{{${name}}}`);
    this.element = element(
      "div",
      { class: "choreo-mark" },
      element("div", { role: "group", "aria-label": t("Text with phrases to mark") }, text),
      this.count,
      this.notes,
    );
    this.eyebrow = t("Mark in the text");
    this.action = t("Check");
    this.again = t("Check again");
    this.tally();
  }

  makeSpan(span) {
    // A span and no button element: a button cannot break over lines as a phrase in a text does.
    const made = element("span", {
      class: "choreo-mark-span",
      role: "button",
      tabindex: "0",
      "aria-pressed": "false",
      html: span.text,
      onclick: () => this.toggle(made),
      onkeydown: (event) => {
        if (event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        this.toggle(made);
      },
    });
    return { ...span, element: made, marked: () => made.getAttribute("aria-pressed") === "true" };
  }

  toggle(made) {
    made.setAttribute("aria-pressed", String(made.getAttribute("aria-pressed") !== "true"));
    delete made.dataset.verdict;
    made.removeAttribute("aria-describedby");
    this.tally();
    this.changed();
  }

  get marked() {
    return [...this.spans.values()].filter((span) => span.marked()).map((span) => span.id);
  }

  tally() {
    const places = { all: this.spans.size, marked: this.marked.length };
    this.count.textContent =
      places.marked === 0
        ? t("{all} phrases can be marked. None is yet.", places)
        : places.marked === 1
          ? t("{all} phrases can be marked. One is.", places)
          : t("{all} phrases can be marked. {marked} are.", places);
  }

  read() {
    return this.marked.length ? { answer: this.draft() } : { missing: t("Mark something in the text first.") };
  }

  draft() {
    return { marked: this.marked };
  }

  write(answer) {
    for (const [name, span] of this.spans)
      span.element.setAttribute("aria-pressed", String(answer.marked.includes(name)));
    this.tally();
  }

  show(state, found) {
    const sent = (state.solution ?? state.answer)?.marked ?? [];
    const well = state.score === 1 || state.solution !== null;
    const rest = [];
    this.notes.replaceChildren();
    this.notes.hidden = found.length === 0;
    for (const [name, span] of this.spans) {
      const note = found.find((one) => one.part === name);
      delete span.element.dataset.verdict;
      span.element.removeAttribute("aria-describedby");
      if (!note) continue;
      const took = sent.includes(name);
      const text = this.note(name, span, note, took);
      if (took && span.marked()) span.element.dataset.verdict = note.right ? "right" : "apart";
      if (took) this.notes.append(text);
      else rest.push(text);
      if (took || well) span.element.setAttribute("aria-describedby", text.id);
    }
    if (rest.length)
      this.notes.append(
        element(
          "details",
          { class: "choreo-others" },
          element("summary", {}, whatWasLeft(rest.length, !well)),
          ...rest,
        ),
      );
  }

  note(name, span, note, took) {
    const word = took ? (note.right ? t("Yes") : t("We would leave it")) : note.right ? t("This one too") : null;
    return element(
      "div",
      { class: "choreo-mark-note", id: `${this.id}-${name}-note` },
      element("p", { class: "choreo-mark-quote", html: span.text }),
      remark(word, took ? note.right : null, note.text),
    );
  }
}

export default { render: (context) => card(context, (about) => new Mark(about)) };
