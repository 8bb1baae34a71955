import { element } from "./shared/element.js";
import { t } from "./shared/words.js";

/**
 * Says when the review questions come back; on a lesson's page of the course it links to where they are answered, and to
 * what was found in the lesson.
 * @param {import("./shared/model.js").Context} context
 */
function render({ model, el }) {
  const text = element("p", { role: "status" });
  const home = /** @type {HTMLAnchorElement} */ (document.querySelector(".choreo-home"))?.href;
  const link = home ? element("a", { href: new URL("review", home).href }, t("Go to your review")) : null;
  const found = home
    ? element("a", { href: new URL(`found/${model.get("lesson")}`, home).href }, t("What you have found"))
    : null;
  el.append(element("div", { class: "choreo-later" }, text, link, found));

  function paint() {
    const plan = { questions: model.get("questions"), met: model.get("met"), waiting: model.get("waiting") };
    const first = model.get("first") ? new Date(model.get("first")) : null;
    const due = first !== null && first <= new Date();
    if (link) link.hidden = !due;
    text.textContent = words(plan, first, due);
  }

  model.on("change:first change:waiting change:met", paint);
  paint();
  return () => model.off("change:first change:waiting change:met", paint);
}

/** When what comes back. */
function words({ questions, met, waiting }, first, due) {
  if (!waiting) return t("You have remembered all of them often enough. Nothing more comes back from this lesson.");
  if (first === null) {
    if (questions === 1) return t("One question will wait for you, once you have come to what it asks about.");
    return t("{questions} questions will wait for you, each once you have come to what it asks about.", { questions });
  }
  if (due) return t("Questions of this lesson are in your review, and it is time for the first.");
  const form = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
  const day = form.format(first);
  const begin =
    waiting === 1
      ? t("One question will come back, on {day}.", { day })
      : t("{waiting} questions will come back, the first on {day}.", { waiting, day });
  const rest = met < questions ? t("Some of them wait until you have come to what they ask about.") : "";
  return [begin, rest, t("The home page will say so.")].filter(Boolean).join(" ");
}

export default { render };
