import { day } from "./shared/day.js";
import { element } from "./shared/element.js";
import { t } from "./shared/words.js";

/**
 * The plans of all lessons; on a lesson's page of the course with links to what one takes away.
 * @param {import("./shared/model.js").Context} context
 */
function render({ model, el }) {
  const list = element("div", { class: "choreo-plans-list", role: "status" });
  const home = /** @type {HTMLAnchorElement} */ (document.querySelector(".choreo-home"))?.href;
  const ways = home
    ? element(
        "p",
        { class: "choreo-plans-ways" },
        element("a", { href: new URL("portfolio", home).href }, t("Open your portfolio")),
        element("a", { href: new URL("certificate", home).href }, t("See your certificate")),
      )
    : null;
  el.append(element("div", { class: "choreo-plans" }, list, ways));

  function paint() {
    /** @type {{lesson: string, sentence: string, whom: string, by: string, done: boolean}[]} */
    const plans = model.get("plans");
    if (!plans.length) {
      list.replaceChildren(element("p", {}, t("No plan is kept yet. Each lesson has a place for one, near its end.")));
      return;
    }
    list.replaceChildren(element("ul", {}, ...plans.map(item)));
  }

  model.on("change:plans", paint);
  paint();
  return () => model.off("change:plans", paint);
}

function item({ lesson, sentence, whom, by, done }) {
  const facts = [
    whom && t("With: {whom}", { whom }),
    by && t("By {day}", { day: day(by) }),
    t("From {lesson}", { lesson }),
    done && t("Done, as you said in your review"),
  ].filter(Boolean);
  return element(
    "li",
    done ? { "data-done": "" } : {},
    element("p", { dir: "auto" }, sentence),
    element("p", { class: "choreo-plans-facts", dir: "auto" }, facts.join(" · ")),
  );
}

export default { render };
