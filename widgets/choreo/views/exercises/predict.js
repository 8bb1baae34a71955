import { card } from "../shared/card.js";
import { t } from "../shared/words.js";
import { Curve } from "./predict/curve.js";
import { Figure } from "./predict/figure.js";
import { Options } from "./predict/options.js";

const FORMS = { curve: Curve, number: Figure, choice: Options };

/** A prediction, in one of three forms; it is locked once it is made, and one can go on without it. */
class Predict {
  constructor(about) {
    this.form = new FORMS[about.face.form](about);
    this.element = this.form.element;
    this.plain = true;
    this.eyebrow = t("Your prediction");
    this.action = this.again = t("Lock in my prediction");
    this.kept = t("Locked in");
    this.decline = t("Go on without predicting");
    this.why = t("We ask first because who has said what they expect sees more, and forgets less of it.");
    this.confirm = {
      question: t("Lock it in? It stays as it is, and you will see it beside what happens."),
      yes: t("Yes, lock it in"),
      no: t("Not yet"),
    };
  }

  read() {
    return this.form.read();
  }

  draft() {
    return this.form.draft();
  }

  write(answer) {
    this.form.write(answer);
  }

  show(state) {
    this.form.freeze(state.locked);
  }

  close() {
    this.form.close?.();
  }
}

export default { render: (context) => card(context, (about) => new Predict(about)) };
