// What the room sees, small, and the way to the window for the projector.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { linkOut } from "./elements.js";

/**
 * The preview and the link. A clicker's keys that were pressed in the projector's window come by way of the preview:
 * that window's link can only look, but both are pages of the hub in this browser.
 *
 * @param {string} href @param {(way: "on" | "back") => void} pressed
 * @returns {{ parts: HTMLElement[], stop: () => void }}
 */
export function projector(href, pressed) {
  const frame = element("iframe", { class: "choreo-console-preview", title: t("What the room sees"), src: href });
  frame.tabIndex = -1;
  const scene = element("div", { class: "choreo-console-stage" }, frame);
  const fit = new ResizeObserver(() => scene.style.setProperty("--choreo-fit", String(scene.clientWidth / 1280)));
  fit.observe(scene);
  const hear = ({ source, data }) => {
    if (source === frame.contentWindow && ["on", "back"].includes(data?.clicker)) pressed(data.clicker);
  };
  addEventListener("message", hear);
  const open = linkOut(t("Open the projector view"), href, "choreo-console-button choreo-console-wide");
  return {
    parts: [element("h2", {}, t("What the room sees")), scene, open],
    stop: () => {
      removeEventListener("message", hear);
      fit.disconnect();
    },
  };
}
