import { element } from "../shared/element.js";
import { t } from "../shared/words.js";

/**
 * What can be read off a run, folded until somebody asks: it is found only then.
 *
 * @param {any} model @param {string} asks the question that it answers; empty where there is none
 * @param {(message: object) => void} send
 */
export function reading(model, asks, send) {
  const body = element("div", { class: "choreo-player-read-off" });
  const el = element(
    "details",
    { class: "choreo-player-trace choreo-player-reading", hidden: !asks },
    element("summary", {}, asks),
    body,
  );
  const show = () => {
    const { parts, limits } = model.get("reading") ?? {};
    if (!parts) return body.replaceChildren(element("p", {}, t("One moment…")));
    const list = (sentences) => element("ul", {}, ...sentences.map((one) => element("li", { dir: "auto" }, one)));
    body.replaceChildren(
      ...parts.flatMap(({ heading, sentences }) => [element("h4", {}, heading), list(sentences)]),
      element("h4", {}, t("What this cannot know")),
      list(limits),
    );
  };
  el.addEventListener("toggle", () => el.open && send({ type: "read" }));
  model.on("change:reading", show);
  show();
  return { el, close: () => model.off("change:reading", show) };
}
