import { element, uid } from "../shared/element.js";
import { modelPages } from "../shared/hub.js";
import { addressOf } from "../shared/run_link.js";
import { t } from "../shared/words.js";

const OWN = /^(localhost|127\..*|\[::1\])$/; // addresses that lead to this computer only

/**
 * What one can take from a stage: a link to the run as it stands, and the page that says how its model works. Nothing where
 * no server of the course could open them.
 *
 * @param {{run: () => import("../shared/run_link.js").Run, model: string}} about
 */
export function share({ run, model }) {
  const pages = modelPages();
  const el = element("div", { class: "choreo-player-share", hidden: pages === null });
  if (pages === null) return el;
  const field = element("input", {
    type: "text",
    readonly: true,
    dir: "ltr",
    id: uid(),
    class: "choreo-player-address",
  });
  const label = element("label", { for: field.id }, t("The address of this run"));
  const byHand = element("div", { class: "choreo-player-byhand", hidden: true }, label, field);
  const said = element("p", { role: "status" });
  const copy = element("button", { type: "button", class: "choreo-player-quietbutton" }, t("Copy a link to this run"));
  copy.addEventListener("click", async () => {
    const address = addressOf(run());
    said.textContent = "";
    const copied = await put(address);
    byHand.hidden = copied;
    field.value = copied ? "" : address;
    if (!copied) field.select();
    said.textContent = [copied ? t("Copied: whoever opens the link sees this run.") : BY_HAND(), where()]
      .join(" ")
      .trim();
  });
  field.addEventListener("focus", () => field.select());
  const href = `${pages}${encodeURIComponent(model)}`;
  const more = element("a", { href, target: "_blank", rel: "noopener", class: "choreo-player-quietbutton" });
  more.append(t("How this model works"), element("span", { class: "choreo-player-read" }, ` ${t("(in a new tab)")}`));
  el.append(copy, model ? more : "", said, byHand);
  return el;
}

const BY_HAND = () => t("This browser does not let the page copy. Copy the address from the field.");
const where = () =>
  OWN.test(location.hostname) ? t("The course runs on this computer, so the link opens only here.") : "";

/** Whether a text has been put into the clipboard: browsers allow it on safe pages only. */
async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
