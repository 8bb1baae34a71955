import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { sign } from "./transport.js";

const TEN = 10;

/** @typedef {{seed: number, words: string, holds: boolean|null}} Result what one crowd came to with this setting */

/** Ten small results that fill in as they come; each is a button that shows its crowd on the stage. */
export function crowds({ send, word }) {
  const list = element("ol", { class: "choreo-player-ten" });
  const words = element("p", { class: "choreo-player-tenwords", role: "status" });
  const title = element(
    "p",
    { class: "choreo-player-tentitle" },
    t("Ten {crowds}, the same setting", { crowds: word.many }),
  );
  const el = element("div", { class: "choreo-player-crowds" }, title, words, list);
  const buttons = Array.from({ length: TEN }, (_, k) => {
    const button = element(
      "button",
      { type: "button", class: "choreo-player-result", disabled: true },
      element("span"),
    );
    button.addEventListener("click", () => send({ type: "crowd", seed: given[k].seed }));
    list.append(element("li", {}, button));
    return button;
  });
  let given = [];
  const fill = (button, k, result, shown) => {
    const holds = result?.holds;
    const state = !result ? "waiting" : holds === false ? "fails" : holds === true ? "holds" : "there";
    const label = named(word, k, result);
    if (button.dataset.state !== state) button.firstChild.replaceChildren(...(state === "holds" ? [sign("tick")] : []));
    button.dataset.state = state;
    button.disabled = !result;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.toggleAttribute("data-shown", shown);
    button.setAttribute("aria-pressed", String(shown));
  };
  return {
    el,
    /** @param {Result[]} results as far as they are there @param {number} seed of the crowd on the stage */
    show(results, said, seed) {
      given = results ?? [];
      el.hidden = given.length === 0 && !said;
      for (const [k, button] of buttons.entries()) fill(button, k, given[k], given[k]?.seed === seed);
      title.hidden = Boolean(said);
      if (words.textContent !== (said ?? "")) words.textContent = said ?? "";
    },
  };
}

function named(word, k, result) {
  const places = { crowd: word.one, number: k + 1, words: result?.words };
  if (!result) return t("{crowd} {number}: not tried yet", places);
  if (result.holds === true) return t("{crowd} {number}: {words}, holds. Show it", places);
  if (result.holds === false) return t("{crowd} {number}: {words}, does not hold. Show it", places);
  return t("{crowd} {number}: {words}. Show it", places);
}
