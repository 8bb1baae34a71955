import { card } from "../shared/card.js";
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/** One's own collaboration in three lines, and who can read them. Every line may stay empty. */
class Collaboration {
  constructor({ face, id, changed }) {
    this.lines = face.lines.map((line) => makeLine(line, `${id}-${line.id}`, changed));
    this.element = element(
      "div",
      { class: "choreo-collaboration" },
      ...this.lines.map((line) => line.element),
      element("div", { class: "choreo-collaboration-private", html: face.private.prose }),
    );
    this.plain = true;
    this.eyebrow = t("Your collaboration");
    this.action = t("Keep");
    this.again = t("Keep the change");
  }

  read() {
    return { answer: this.draft() };
  }

  draft() {
    return Object.fromEntries(this.lines.map(({ name, box }) => [name, box.value]));
  }

  write(answer) {
    for (const { name, box } of this.lines) box.value = answer[name] ?? "";
  }

  show() {}
}

function makeLine(line, id, changed) {
  const help = element("p", { class: "choreo-collaboration-help", id: `${id}-help`, html: line.help });
  const box = element("textarea", { id, rows: 2, maxlength: 1000, "aria-describedby": help.id, oninput: changed });
  const label = element("label", { for: id }, line.label);
  return { name: line.id, box, element: element("div", { class: "choreo-collaboration-line" }, label, help, box) };
}

export default { render: (context) => card(context, (about) => new Collaboration(about)) };
