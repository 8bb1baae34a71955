import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { atlas, choosing, ending, past, patience } from "./scenario/parts.js";
import { Ways } from "./scenario/ways.js";

const key = (path) => path.join(" ");

/** A story with choices; each way is handed in by itself when it comes to its end. */
class Scenario {
  constructor({ face, changed, unfold, mix }) {
    this.endings = face.endings;
    this.changed = changed;
    this.unfold = unfold;
    this.mix = mix;
    this.ways = new Ways(face.opening);
    this.path = [];
    this.drawn = "";
    this.moved = false; // by hand, since the answer that is kept
    this.sent = ""; // the finished path that was handed in last
    this.keptPath = "";
    this.story = element("ol", { class: "choreo-scenario-story" });
    this.end = element("div", { class: "choreo-scenario-end" });
    this.element = element("div", { class: "choreo-scenario" }, this.story, this.end);
    /** @type {HTMLElement} */
    this.landing = this.story;
    this.plain = true;
    this.eyebrow = t("A case");
    this.action = this.again = t("Keep this ending");
    this.draw();
  }

  /** Walk on, or back to an earlier moment. */
  go(next) {
    this.path = next;
    this.moved = true;
    this.sent = "";
    this.changed();
    this.draw();
    this.landing.focus();
    this.settle();
  }

  draw() {
    const found = this.ways.at(this.path);
    if (!found) this.unfold({ path: this.path });
    const shown = found ?? this.ways.waiting(this.path);
    const mark = JSON.stringify(shown);
    if (mark === this.drawn) return;
    this.drawn = mark;
    this.story.replaceChildren(...shown.steps.map((step, at) => this.moment(step, at)));
    this.end.replaceChildren(
      ...(shown.waiting ? [patience(() => this.unfold({ path: this.path }))] : []),
      ...(shown.ending ? [ending(shown.ending)] : []),
      ...(shown.map ? [atlas(shown.map, this.endings)] : []),
    );
    const stops = this.story.querySelectorAll(".choreo-scenario-consequence, .choreo-scenario-chosen > p");
    const last = stops[stops.length - 1] ?? this.story.querySelector(".choreo-scenario-text");
    this.landing = /** @type {HTMLElement} */ (last) ?? this.story;
  }

  moment(step, at) {
    if (step.choices.some((choice) => choice.id === step.chosen))
      return past(step, at + 1, () => this.go(this.path.slice(0, at)));
    return choosing(step, this.mix(step.choices, step.prose), (id) => this.go([...this.path, id]));
  }

  /** A story that came to its end is handed in by itself. */
  settle() {
    const here = key(this.path);
    if (!this.ways.at(this.path)?.ending || this.sent === here || (!this.moved && this.keptPath === here)) return;
    this.sent = here;
    this.element.closest("form")?.requestSubmit();
  }

  read() {
    if (this.ways.at(this.path)?.ending) return { answer: this.draft() };
    return { missing: t("Go on until the story ends; then it is kept.") };
  }

  draft() {
    return { path: this.path };
  }

  write(answer) {
    this.path = answer.path.map(String);
    this.moved = false;
    queueMicrotask(() => this.draw()); // after an answer that comes with what it opened
  }

  show(state) {
    this.ways.learn(state.unfolded);
    if (state.error && !this.ways.at(this.path)) this.path = this.path.slice(0, -1); // of an older version of the story
    const before = this.keptPath;
    this.keptPath = key(state.answer?.path ?? []);
    const here = key(this.path);
    if (this.keptPath === here && (this.keptPath !== before || this.sent === this.keptPath)) this.moved = false;
    this.draw();
    this.settle();
  }
}

export default { render: (context) => card(context, (about) => new Scenario(about)) };
