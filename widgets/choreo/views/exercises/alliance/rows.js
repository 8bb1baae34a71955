import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** The players as rows: a number, a name, and what they need; {el, draw, focus}. */
export function rows({ drawn, face, changed, removed, id }) {
  const list = element("ol", { class: "choreo-alliance-rows" });
  const add = element("button", { type: "button", class: "choreo-button" }, t("Add a player"));
  const help = element(
    "p",
    { class: "choreo-alliance-help", id: `${id}-needs` },
    t("How many of those they talk to must have moved before they do? A guess will do."),
  );
  const el = element("div", { class: "choreo-alliance-players" }, help, list, add);

  const row = (player, at) => {
    const number = at + 1;
    const name = element("input", {
      type: "text",
      maxlength: face.longest,
      autocomplete: "off",
      placeholder: t("Name"),
      "aria-label": t("Player {number}: name", { number }),
    });
    name.value = player.name;
    name.addEventListener("input", () => {
      player.name = name.value;
      changed();
    });
    const options = face.levels.map(({ needs, label }) => element("option", { value: needs }, label));
    const needs = element(
      "select",
      { "aria-label": t("Player {number}: needs first", { number }), "aria-describedby": help.id },
      element("option", { value: "" }, t("needs first…")),
      ...options,
    );
    needs.value = player.needs === null ? "" : String(player.needs);
    needs.addEventListener("change", () => {
      player.needs = needs.value === "" ? null : Number(needs.value);
      changed();
    });
    const out = element(
      "button",
      {
        type: "button",
        class: "choreo-alliance-out",
        "aria-label": t("Take out player {number}", { number }),
        hidden: drawn.players.length <= face.fewest,
      },
      "×",
    );
    out.addEventListener("click", () => {
      drawn.remove(player.id);
      removed(player);
      draw();
      focus(drawn.players[Math.min(at, drawn.players.length - 1)].id);
    });
    const badge = element("span", { class: "choreo-alliance-number", "aria-hidden": "true" }, number);
    return element("li", { "data-player": player.id }, badge, name, needs, out);
  };
  const draw = () => {
    list.replaceChildren(...drawn.players.map(row));
    add.hidden = drawn.players.length >= face.most;
  };
  const focus = (player, field = "input") => {
    /** @type {HTMLElement | null} */ (list.querySelector(`[data-player="${player}"] ${field}`))?.focus();
  };
  add.addEventListener("click", () => {
    drawn.add();
    draw();
    focus(drawn.players.at(-1).id);
    changed();
  });
  return { el, draw, focus };
}
