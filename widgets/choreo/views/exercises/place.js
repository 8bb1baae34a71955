import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { Field } from "./place/field.js";
import { Slider } from "./place/slider.js";
import { keySign, table } from "./place/table.js";

/** Put oneself or a case on a line or a plane, then compare. */
class Place {
  constructor({ face, id, changed }) {
    this.face = face;
    this.told = null; // what was shown beside one's own point
    const moved = () => {
      this.draw();
      changed();
    };
    this.across = new Slider(face.across, `${id}-across`, moved);
    this.up = face.up ? new Slider(face.up, `${id}-up`, moved) : null;
    this.sliders = this.up ? [this.across, this.up] : [this.across];
    this.field = new Field(face, { put: (x, y) => this.put(x, y), done: changed });
    this.key = element("p", { class: "choreo-place-legend", "aria-hidden": "true", hidden: true });
    this.field.element.append(this.key);
    const about = this.up ? t("The same with two sliders") : t("The same with a slider");
    this.element = element(
      "div",
      { class: "choreo-place" },
      this.field.element,
      element(
        "div",
        { class: "choreo-place-sliders", role: "group", "aria-label": about },
        ...this.sliders.map((slider) => slider.element),
      ),
    );
    this.after = element("div", { class: "choreo-place-after", hidden: true });
    this.plain = true;
    this.eyebrow = t("Where would you put it?");
    this.action = t("Compare");
    this.again = t("Compare again");
    this.draw();
  }

  put(x, y) {
    this.across.put(x);
    this.up?.put(y);
    this.draw();
  }

  draw() {
    this.field.draw(this.across.value, this.up?.value ?? null, this.told?.expert);
    this.key.hidden = !this.told;
  }

  read() {
    const open = this.sliders.find((slider) => slider.value === null);
    if (!open) return { answer: this.draft() };
    open.input.focus();
    if (this.up) return { missing: t("Put it somewhere on the plane first, or set both sliders.") };
    return { missing: t("Put it somewhere on the line first.") };
  }

  draft() {
    return this.up ? { x: this.across.value, y: this.up.value } : { x: this.across.value };
  }

  write(given) {
    this.put(given.x, given.y);
    this.field.beside(this.told);
  }

  show(state) {
    const shown = state.unfolded?.expert && state.answer ? { ...state.unfolded, answer: state.answer } : null;
    this.after.hidden = !shown;
    if (JSON.stringify(shown) === JSON.stringify(this.told)) return;
    this.told = shown;
    this.field.beside(shown);
    this.draw();
    if (!shown) return;
    const keys = [
      ["mine", this.face.what],
      ["expert", shown.expert.who],
      ["other", shown.cohort ? t("others") : null],
    ].filter(([, words]) => words);
    this.key.replaceChildren(...keys.map(([which, words]) => element("span", {}, keySign(which), words)));
    this.after.replaceChildren(...this.compared(shown));
  }

  compared({ expert, cohort, answer }) {
    return [
      element("h4", {}, expert.who),
      element("div", { class: "choreo-place-why", html: expert.prose }),
      element("h4", {}, t("What the others say")),
      cohort
        ? element("p", { html: cohort.text })
        : element("p", {}, t("Not enough people yet. Their places are shown from five people on, without names.")),
      table(this.face, { answer, expert, cohort }),
    ];
  }
}

export default { render: (context) => card(context, (about) => new Place(about)) };
