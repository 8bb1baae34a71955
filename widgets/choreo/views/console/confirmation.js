import { element, uid } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, row } from "./elements.js";

/** Ask before something that cannot be undone; resolves to true or false. */
export function confirmed(place, question, detail, yes) {
  return new Promise((resolve) => {
    const id = uid();
    const keep = button(t("Cancel"), () => box.close(""));
    /** @type {HTMLDialogElement} */
    const box = element(
      "dialog",
      { class: "choreo-console-dialog", "aria-labelledby": id },
      element("h2", { id, class: "choreo-console-dialog-title" }, question),
      element("p", {}, detail),
      row(
        keep,
        button(yes, () => box.close("yes"), "choreo-console-grave"),
      ),
    );
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
    place.append(box);
    box.showModal();
    keep.focus();
  });
}
