import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/** Settings worth keeping: a list to come back to. */
export function kept({ send, id }) {
  const title = element("h3", { class: "choreo-player-title", id: `${id}-kept` }, t("Settings worth keeping"));
  const pin = element("button", { type: "button", class: "choreo-player-button" }, t("Keep this setting"));
  pin.addEventListener("click", () => send({ type: "pin" }));
  const empty = element(
    "p",
    { class: "choreo-player-quiet" },
    t("Found something surprising? Keep it here and come back to it."),
  );
  const list = element("ul", { class: "choreo-player-keptlist" });
  const unsaved = element("p", { class: "choreo-player-unsaved", role: "status", hidden: true });
  const el = element(
    "div",
    { class: "choreo-player-panel choreo-player-kept", role: "group", "aria-labelledby": title.id },
    element("div", { class: "choreo-player-kepthead" }, title, pin),
    empty,
    unsaved,
    list,
  );
  const line = (one, at) => {
    const back = element(
      "button",
      { type: "button", class: "choreo-player-recall", "aria-label": t("Go back to: {words}; {result}", one) },
      element("strong", {}, one.result),
      element("span", {}, one.words),
    );
    back.addEventListener("click", () => send({ type: "recall", at }));
    const drop = element("button", { type: "button", class: "choreo-player-drop" }, "×");
    drop.setAttribute("aria-label", t("Take off the list: {words}", one));
    drop.addEventListener("click", () => {
      send({ type: "unpin", at });
      pin.focus();
    });
    return element("li", { class: "choreo-player-pin" }, back, drop);
  };
  return {
    el,
    show(pinned) {
      empty.hidden = pinned.length > 0;
      list.replaceChildren(...pinned.map(line));
    },
    /** @param {boolean} any whether the list is not stored yet @param {string} why */
    showUnsaved(any, why) {
      unsaved.hidden = !any;
      const said = any ? t("Not kept yet. {why}", { why: why ?? "" }) : "";
      if (unsaved.textContent !== said) unsaved.textContent = said;
    },
  };
}
