import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { clockWords } from "./moments.js";

const PARTS = [0, 0.25, 0.5, 0.75, 1];

/** For who asked for less motion: five moments of a run side by side, each drawn by a stage of its own. */
export function stills(make) {
  const el = element("div", { class: "choreo-player-stills" });
  let made = [];
  const build = () => {
    made = PARTS.map(() => {
      const picture = element("div", { class: "choreo-player-stillpicture", "aria-hidden": "true" });
      const words = element("figcaption");
      el.append(element("figure", { class: "choreo-player-still" }, picture, words));
      return { picture, words, stage: make({ ground: picture, side: element("div"), act: () => {} }) };
    });
  };
  return {
    el,
    /** Show them of a scene in this room; `shown` false: none. */
    show(scene, room, shown) {
      el.hidden = !shown;
      if (!shown || !scene.settled) return; // a run's course comes when the control rests
      if (!made.length) build();
      made.forEach(({ picture, words, stage }, k) => {
        const at = PARTS[k] * (scene.frames - 1);
        stage.layOut(scene, {
          ...room,
          width: picture.clientWidth || 180,
          height: picture.clientHeight || 108,
          beside: 0,
          still: true,
        });
        stage.draw(at, true);
        const says = stage.says(at);
        words.textContent = t("{now}: {figure} {label}", { now: clockWords(scene.clock, at), ...says });
      });
    },
    close() {
      for (const { stage } of made) stage.close?.();
    },
  };
}
