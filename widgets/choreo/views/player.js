import { gate } from "./player/gate.js";
import { Play } from "./player/play.js";

/**
 * The one player of every explorable: it owns time, keys, touch, sound, reduced motion, stills, words and news; what it
 * shows is the stage's. A component's module says `export default { render: (context) => player(context, stage) }`.
 */
export function player({ model, el }, stage) {
  el.classList.add("choreo-player");
  el.dataset.choreoItem = model.get("item"); // where other parts of the page find it
  let shown = null;
  let what = ""; // which task is open, or the gate
  const look = () => {
    const shut = model.get("state").gate;
    const now = JSON.stringify(shut ?? model.get("task"));
    if (now === what) return shown.show();
    what = now;
    shown?.close();
    el.replaceChildren();
    shown = shut ? gate(el, shut) : new Play(model, el, stage);
  };
  look();
  model.on("change:state change:task", look);
  return () => {
    model.off("change:state change:task", look);
    shown.close();
  };
}
