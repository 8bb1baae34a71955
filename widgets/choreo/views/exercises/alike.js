import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { numberField, readWithin } from "../shared/number.js";
import { t } from "../shared/words.js";

/** @typedef {{chosen: string, people: number, guess: number | null}} Group those who chose one way */

/** Choose, and say how many of a hundred choose the same; then see what others did, and what a study found. */
class Alike {
  constructor({ face, id, changed, mix }) {
    const makeOption = ({ id: value, text }) => {
      const input = element("input", { type: "radio", name: id, value, onchange: changed });
      return { value, input, row: element("label", { class: "choreo-pick" }, input, element("span", { html: text })) };
    };
    this.options = mix(face.options).map(makeOption);
    const about = { id: `${id}-guess`, "aria-describedby": `${id}-of`, oninput: changed };
    this.guess = numberField(0, about);
    this.element = element(
      "div",
      { class: "choreo-alike" },
      element(
        "fieldset",
        { class: "choreo-choice" },
        element("legend", {}, t("Choose one.")),
        ...this.options.map(({ row }) => row),
      ),
      element(
        "p",
        { class: "choreo-alike-guess" },
        element("label", { for: this.guess.id }, face.ask),
        element("span", {}, this.guess, element("span", { id: `${id}-of` }, t("of 100"))),
      ),
    );
    this.after = element("div", { class: "choreo-alike-after", hidden: true });
    this.plain = true;
    this.eyebrow = t("You, and the others");
    this.action = this.again = t("Keep my answer");
    this.kept = t("Locked in");
  }

  get chosen() {
    return this.options.find(({ input }) => input.checked)?.value ?? null;
  }

  read() {
    if (!this.chosen) {
      this.options[0].input.focus();
      return { missing: t("Choose an option first.") };
    }
    const { value, fault } = readWithin(this.guess.value, { least: 0, most: 100 });
    if (fault === undefined) return { answer: { chosen: this.chosen, guess: value } };
    this.guess.focus();
    return { missing: this.guess.value.trim() ? fault : t("Now say how many of a hundred would choose the same.") };
  }

  /** As it was typed. */
  draft() {
    return { chosen: this.chosen, guess: this.guess.value };
  }

  write({ chosen, guess }) {
    for (const { value, input } of this.options) input.checked = value === chosen;
    this.guess.value = guess ?? "";
  }

  show(state) {
    const told = state.locked && state.unfolded?.study ? state.unfolded : null;
    for (const { input } of this.options) input.disabled = state.locked && !input.checked;
    this.guess.readOnly = state.locked;
    this.after.hidden = !told;
    if (!told) return this.after.replaceChildren();
    const { study, here, who } = told;
    this.after.replaceChildren(
      element("h4", {}, t("What the others say")),
      here
        ? element("p", { html: here.text })
        : element("p", {}, t("Not enough people yet. Counts are shown from five people on, without names.")),
      here ? bars(here.groups, who, t("in this course")) : "",
      element("h4", {}, study.who),
      bars(study.groups, who, study.who),
      element("div", { html: study.prose }),
    );
  }
}

/**
 * Two groups: how large each is, and how large it took itself to be.
 *
 * @param {Group[]} groups @param {Object<string, string>} who
 */
function bars(groups, who, caption) {
  const all = groups.reduce((sum, { people }) => sum + people, 0);
  const head = [t("who"), t("are"), t("thought they were")];
  return element(
    "table",
    { class: "choreo-alike-bars" },
    element("caption", { class: "choreo-unseen" }, caption),
    element("thead", {}, element("tr", {}, ...head.map((words) => element("th", { scope: "col" }, words)))),
    element(
      "tbody",
      {},
      ...groups.map(({ chosen, people, guess }) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, who[chosen]),
          cell((100 * people) / all, "are"),
          guess === null ? element("td", {}, t("too few to tell")) : cell(guess, "thought"),
        ),
      ),
    ),
  );
}

function cell(share, which) {
  const bar = element("span", { class: "choreo-alike-bar", "data-which": which, "aria-hidden": "true" });
  bar.style.setProperty("--share", String(share));
  return element("td", {}, bar, t("{share} of 100", { share: Math.round(share) }));
}

export default { render: (context) => card(context, (about) => new Alike(about)) };
