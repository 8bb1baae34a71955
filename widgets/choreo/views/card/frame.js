import { element } from "../shared/element.js";
import { sign } from "../shared/sign.js";
import { t } from "../shared/words.js";
import { keptMark } from "./verdict.js";

/** The card around a question: its head, the form with its buttons, hints, the verdict, and what comes after it. */
export class Frame {
  /**
   * @param {{id: string, kind: string, title: string, prompt: string, body: object}} about
   * @param {{submit, hint, solve, more, decline}} acts what the buttons do
   */
  constructor({ id, kind, title, prompt, body }, acts) {
    const button = (act, ...parts) =>
      element("button", { type: "button", class: "choreo-button", onclick: act }, ...parts);
    this.mark = element("p", { class: "choreo-card-kept" });
    this.title = element("h3", { id: `${id}-title`, class: "choreo-card-title" }, title);
    this.eyebrow = element("p", { class: "choreo-card-eyebrow" }, body.eyebrow);
    this.prompt = element("div", { class: "choreo-card-prompt", tabindex: "-1", html: prompt });
    this.main = element("button", { type: "submit", class: "choreo-button choreo-button-main" });
    this.hint = button(acts.hint, sign("idea"), element("span"));
    this.solve = button(acts.solve);
    this.more = button(acts.more);
    this.decline = button(acts.decline);
    this.tries = element("p", { class: "choreo-card-tries" });
    this.sure = element("div", { class: "choreo-card-sure", role: "group", hidden: true });
    this.buttons = [this.main, this.more, this.hint, this.solve, this.decline];
    this.actions = element("div", { class: "choreo-card-actions" }, ...this.buttons, this.tries);
    this.hints = element("ol", { class: "choreo-card-hints", "aria-label": t("Hints"), hidden: true });
    this.status = element("div", { class: "choreo-card-status", role: "status", tabindex: "-1" });
    this.after = element("div", { class: "choreo-card-after" }, body.after);
    this.why = element("p", { class: "choreo-card-why", hidden: !body.why }, body.why ?? "");
    this.element = element(
      "section",
      { class: `choreo-card choreo-card-${kind}`, "aria-labelledby": this.title.id },
      element("header", { class: "choreo-card-head" }, this.eyebrow, this.mark),
      this.title,
      this.prompt,
      element("form", { novalidate: true, onsubmit: acts.submit }, body.element, this.actions, this.sure, this.why),
      this.hints,
      this.status,
      this.after,
    );
  }

  /** The collaboration that the question asks about. */
  recall(box) {
    this.own?.remove();
    this.own = box;
    this.prompt.after(box);
  }

  /** Another variant of the question. */
  turn(title, prompt, before, body) {
    this.title.textContent = title;
    this.prompt.innerHTML = prompt;
    before.element.replaceWith(body.element);
    this.after.replaceChildren(...(body.after ? [body.after] : []));
    this.eyebrow.textContent = body.eyebrow;
    this.unsure();
  }

  /** The buttons that there are; see `actions`. */
  press(shown, { open, busy, dirty }) {
    const put = (button, words, label = button) => {
      button.hidden = words === null;
      if (words !== null) label.textContent = words;
    };
    put(this.main, shown.main);
    put(this.more, shown.more);
    put(this.hint, shown.hint, this.hint.lastChild);
    put(this.solve, shown.solve);
    put(this.decline, shown.decline);
    this.more.classList.toggle("choreo-button-main", shown.moreFirst);
    this.tries.textContent = shown.tries;
    for (const button of this.buttons) {
      if (open && !busy) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
    this.actions.classList.toggle(
      "choreo-card-empty",
      this.buttons.every((button) => button.hidden),
    );
    this.why.hidden = !this.why.textContent || shown.decline === null;
    this.element.setAttribute("aria-busy", String(!open || busy));
    this.element.toggleAttribute("data-changed", dirty);
  }

  /** Ask once more before something that stays: the question, and what yes and no do. */
  ask({ question, yes, no }, agreed) {
    const answer = (words, main, then) =>
      element(
        "button",
        {
          type: "button",
          class: main ? "choreo-button choreo-button-main" : "choreo-button",
          onclick: () => {
            this.unsure();
            then();
          },
        },
        words,
      );
    const first = answer(yes, true, agreed);
    this.sure.setAttribute("aria-label", question);
    this.sure.replaceChildren(
      element("p", {}, question),
      first,
      answer(no, false, () => this.main.focus()),
    );
    this.sure.hidden = false;
    this.actions.hidden = true;
    this.status.replaceChildren();
    first.focus();
  }

  unsure() {
    this.sure.hidden = true;
    this.actions.hidden = false;
  }

  say(tone, ...parts) {
    this.status.dataset.tone = tone;
    this.status.replaceChildren(...parts);
  }

  listHints(shown) {
    while (this.hints.children.length > shown.length) this.hints.lastChild.remove();
    for (const html of shown.slice(this.hints.children.length)) {
      this.hints.append(element("li", { tabindex: "-1", html }));
    }
    this.hints.hidden = shown.length === 0;
  }

  keep(state, body, open) {
    const { saved, words, sign: drawn, title } = keptMark(state, body, open);
    this.mark.dataset.saved = saved;
    this.mark.replaceChildren(...(drawn ? [sign(drawn), words] : [words]));
    if (title) this.mark.title = title;
  }
}
