import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** The ties as a list, for who does not see or use the picture: choose a player, tick whom they talk to; {el, draw}. */
export function talks({ drawn, nameOf, tie, id }) {
  const who = element("select", { id: `${id}-who` });
  const boxes = element("div", { class: "choreo-alliance-boxes" });
  const group = element("fieldset", {}, element("legend", {}, t("They really talk to")), boxes);
  const all = element("ul", { class: "choreo-alliance-all" });
  const label = element("label", { for: who.id }, t("A player"));
  const el = element(
    "details",
    { class: "choreo-alliance-list" },
    element("summary", {}, t("The same as a list")),
    element("div", { class: "choreo-alliance-choose" }, label, who),
    group,
    all,
  );
  const box = (one, other) => {
    const input = element("input", { type: "checkbox" });
    input.checked = drawn.tied(one.id, other.id);
    input.addEventListener("change", () => tie(one.id, other.id));
    return element(
      "label",
      { class: "choreo-pick", "data-player": other.id },
      input,
      element("span", { dir: "auto" }, nameOf(other)),
    );
  };
  const show = () => {
    const one = drawn.players.find((player) => String(player.id) === who.value) ?? drawn.players[0];
    who.value = String(one.id);
    boxes.replaceChildren(...drawn.players.filter((other) => other !== one).map((other) => box(one, other)));
  };
  who.addEventListener("change", show);
  return {
    el,
    /** Who is there, or what they are called, has changed. */
    draw() {
      const chosen = who.value;
      who.replaceChildren(...drawn.players.map((player) => element("option", { value: player.id }, nameOf(player))));
      if (chosen) who.value = chosen;
      show();
      this.refresh();
    },
    /** Ties have changed. */
    refresh() {
      const one = drawn.players.find((player) => String(player.id) === who.value);
      for (const label_ of boxes.children) {
        const other = Number(/** @type {HTMLElement} */ (label_).dataset.player);
        if (one) label_.querySelector("input").checked = drawn.tied(one.id, other);
      }
      const line = (player) => {
        const names = drawn.contactsOf(player.id).map(nameOf);
        const places = { name: nameOf(player), who: names.join(", ") };
        return names.length ? t("{name} talks to {who}.", places) : t("{name} talks to nobody here yet.", places);
      };
      all.replaceChildren(...drawn.players.map((player) => element("li", { dir: "auto" }, line(player))));
    },
  };
}
