import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/**
 * @typedef {{lesson: string, said: string}} Offer what the learner wrote in an earlier lesson
 * @typedef {{id: string, label: string, box: HTMLTextAreaElement, said: HTMLElement, offers: HTMLElement, element: HTMLElement}} Field
 */

/** Nine fields on one page. What earlier lessons kept is offered below each, and taken over by a click. */
class Canvas {
  constructor({ face, id, changed }) {
    this.id = id;
    this.changed = changed;
    /** @type {Record<string, Offer[]>} */
    this.earlier = {};
    this.fields = face.fields.map((field) => this.makeField(field));
    this.all = element(
      "button",
      { type: "button", class: "choreo-button choreo-canvas-all", onclick: () => this.takeAll() },
      t("Take over all that I wrote earlier"),
    );
    this.news = element("p", { class: "choreo-canvas-news", role: "status" });
    this.offered = element("div", { class: "choreo-canvas-offered", hidden: true }, this.all, this.news);
    const page = element("div", { class: "choreo-canvas-page" }, ...this.fields.map((field) => field.element));
    this.element = element("div", { class: "choreo-canvas" }, this.offered, page);
    this.plain = true;
    this.eyebrow = t("One page of yours");
    this.action = t("Keep my page");
    this.again = t("Keep the change");
  }

  /** @returns {Field} */
  makeField({ id, label, help, rows }) {
    const question = element("p", { class: "choreo-canvas-help", id: `${this.id}-${id}-help`, html: help });
    const box = element("textarea", {
      id: `${this.id}-${id}`,
      rows,
      maxlength: 2000,
      "aria-describedby": question.id,
      oninput: () => {
        this.changed();
        this.offer();
      },
    });
    const said = element("p", { class: "choreo-canvas-said", dir: "auto", "aria-hidden": "true" }); // on paper
    const offers = element("div", { class: "choreo-canvas-offers" });
    const name = element("label", { for: box.id }, label);
    return {
      id,
      label,
      box,
      said,
      offers,
      element: element("div", { class: "choreo-canvas-field" }, name, question, box, said, offers),
    };
  }

  /** What is not on the page yet, field by field. */
  left(field) {
    return (this.earlier[field.id] ?? []).filter(({ said }) => !field.box.value.includes(said));
  }

  offer() {
    let left = 0;
    for (const field of this.fields) {
      field.said.textContent = field.box.value;
      const offers = this.left(field);
      left += offers.length;
      const mark = JSON.stringify(offers);
      if (field.offers.dataset.mark === mark) continue;
      field.offers.dataset.mark = mark;
      field.offers.replaceChildren(...offers.map((one) => this.makeOffer(field, one)));
    }
    this.all.hidden = left < 2;
    this.offered.hidden = Object.keys(this.earlier).length === 0;
  }

  /** @param {Field} field @param {Offer} offer */
  makeOffer(field, { lesson, said }) {
    const from = element("p", { class: "choreo-canvas-from" }, t("You wrote in {lesson}:", { lesson }));
    const take = element(
      "button",
      {
        type: "button",
        class: "choreo-button choreo-canvas-take",
        "aria-label": t("Take this over into “{field}”", { field: field.label }),
        onclick: () => this.take(field, said),
      },
      t("Take this over"),
    );
    return element("div", { class: "choreo-canvas-offer" }, from, element("blockquote", { dir: "auto" }, said), take);
  }

  /** Put a text into a field, after what stands there. */
  put(field, said) {
    const before = field.box.value.trimEnd();
    field.box.value = before ? `${before}\n${said}` : said;
  }

  take(field, said) {
    this.put(field, said);
    this.changed();
    this.offer();
    field.box.focus();
  }

  takeAll() {
    let taken = 0;
    for (const field of this.fields)
      for (const { said } of this.left(field)) {
        if (field.box.value.includes(said)) continue; // the same words from two lessons
        this.put(field, said);
        taken += 1;
      }
    this.changed();
    this.offer();
    this.news.textContent = t("Taken over: {taken}. Change whatever no longer fits.", { taken });
    this.fields[0].box.focus();
  }

  read() {
    if (this.fields.some(({ box }) => box.value.trim())) return { answer: this.draft() };
    this.fields[0].box.focus();
    return { missing: t("The page is still empty. A few words in one field are enough to begin with.") };
  }

  draft() {
    return { fields: Object.fromEntries(this.fields.map(({ id, box }) => [id, box.value])) };
  }

  write(answer) {
    for (const { id, box } of this.fields) box.value = answer.fields[id] ?? "";
    this.offer();
  }

  show(state) {
    this.earlier = state.earlier ?? {};
    this.offer();
  }
}

export default { render: (context) => card(context, (about) => new Canvas(about)) };
