import { card } from "../shared/card.js";
import { draggable } from "../shared/drag.js";
import { element } from "../shared/element.js";
import { remark } from "../shared/remark.js";
import { sign } from "../shared/sign.js";
import { t } from "../shared/words.js";

/** Cases, each with a chip for every bucket; a case can be dragged as well, onto a chip or the dock. */
class Classify {
  constructor({ face, id, changed, mix }) {
    this.id = id;
    this.buckets = face.buckets;
    this.changed = changed;
    this.heard = element("p", { class: "choreo-unseen", "aria-live": "polite" });
    // Where a case that is being dragged can be let go, wherever on a long page it is.
    this.dock = element(
      "div",
      { class: "choreo-classify-dock", "aria-hidden": "true" },
      ...face.buckets.map((bucket, at) => element("div", { "data-bucket": at, "data-hue": at, html: bucket.text })),
    );
    this.cases = mix(face.cases).map((one) => this.makeCase(one));
    this.count = element("p", { class: "choreo-classify-count" });
    const rows = this.cases.map((one) => one.element);
    this.element = element(
      "div",
      { class: "choreo-classify", onchange: () => this.tally() },
      ...rows,
      this.count,
      this.heard,
    );
    this.eyebrow = t("Sort");
    this.action = t("Check");
    this.again = t("Check again");
    this.tally();
  }

  makeCase(one) {
    const name = `${this.id}-${one.id}`;
    const moved = () => {
      delete made.element.dataset.verdict;
      this.changed();
    };
    const inputs = this.buckets.map((bucket) =>
      element("input", { type: "radio", name, value: bucket.id, onchange: moved }),
    );
    const chips = this.buckets.map((bucket, index) => {
      const words = element("span", { html: bucket.text });
      return element("label", { class: "choreo-classify-chip", "data-hue": index }, inputs[index], words);
    });
    const grip = element("span", { class: "choreo-grip", "aria-hidden": "true" }, sign("grip"));
    const legend = element("legend", {}, grip, element("span", { html: one.text }));
    const note = element("div", { class: "choreo-classify-note", id: `${name}-note` });
    const row = element("div", { class: "choreo-classify-chips" }, ...chips);
    const made = {
      ...one,
      inputs,
      note,
      element: element("fieldset", { class: "choreo-classify-case" }, legend, row, note),
      bucket: () => inputs.find((input) => input.checked)?.value,
    };
    this.letDrag({ legend, grip, chips, inputs, moved });
    return made;
  }

  letDrag({ legend, grip, chips, inputs, moved }) {
    draggable(legend, {
      grip,
      targets: () => [...this.dock.querySelectorAll("[data-bucket]"), ...chips],
      begin: () => document.body.append(this.dock),
      end: () => this.dock.remove(),
      drop: (target) => {
        const at = target.dataset.bucket ?? chips.indexOf(target);
        inputs[at].checked = true;
        this.heard.textContent = `${legend.textContent}: ${chips[at].textContent}`;
        this.tally();
        moved();
      },
    });
  }

  tally() {
    const left = this.cases.filter((one) => !one.bucket()).length;
    this.count.textContent =
      left === 0 ? t("All placed.") : t("{left} of {all} still to place.", { left, all: this.cases.length });
  }

  read() {
    const left = this.cases.filter((one) => !one.bucket());
    if (left.length === 0) return { answer: this.draft() };
    left[0].inputs[0].focus();
    if (left.length === 1) return { missing: t("One is still to place.") };
    return { missing: t("{left} are still to place.", { left: left.length }) };
  }

  draft() {
    const placed = this.cases.filter((one) => one.bucket());
    return { placed: Object.fromEntries(placed.map((one) => [one.id, one.bucket()])) };
  }

  write(answer) {
    for (const one of this.cases) {
      for (const input of one.inputs) input.checked = answer.placed[one.id] === input.value;
    }
    this.tally();
  }

  show(state, notes) {
    const sent = (state.solution ?? state.answer)?.placed ?? {};
    for (const one of this.cases) {
      const note = notes.find((found) => found.part === one.id);
      one.note.replaceChildren();
      delete one.element.dataset.verdict;
      if (!note) continue;
      if (sent[one.id] === one.bucket()) one.element.dataset.verdict = note.right ? "right" : "apart";
      one.note.append(
        remark(note.right ? t("Here it belongs") : t("We would put it elsewhere"), note.right, note.text),
      );
    }
  }

  close() {
    this.dock.remove();
  }
}

export default { render: (context) => card(context, (about) => new Classify(about)) };
