// Whether phones show what the room sees, too.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { quiet } from "./elements.js";

export function sharing(desk, { shared, ended }) {
  desk.panels.sharing.el.hidden = ended;
  if (ended) return [];
  const box = element("input", { type: "checkbox", "data-key": "shared" });
  box.checked = shared;
  box.addEventListener("change", () =>
    box.checked
      ? desk.act({ do: "share" }, t("Phones show what the room sees."))
      : desk.act({ do: "unshare" }, t("Only the projector shows what the room sees.")),
  );
  const label = element("label", { class: "choreo-console-check" }, box, t("Phones show what the room sees, too"));
  return [
    label,
    quiet(t("For people in a video call, or far from the screen. What is hidden from the room is hidden there, too.")),
  ];
}
