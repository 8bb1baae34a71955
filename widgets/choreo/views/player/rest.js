import { chartIn } from "../chart.js";
import { element } from "../shared/element.js";
import { whenIdle } from "../shared/idle.js";
import { t } from "../shared/words.js";
import { kept } from "./kept.js";
import { timeAt } from "./moments.js";
import { reading } from "./reading.js";
import { stills } from "./stills.js";

/**
 * What stands below the stage: its stills, its chart, what happened in words, settings worth keeping. Built when the
 * page is idle.
 */
export function rest({ model, make, id, send, task }) {
  const pictures = stills(make);
  const chart = element("div", { class: "choreo-player-panel choreo-player-chart" });
  const list = element("ol");
  const trace = element(
    "details",
    { class: "choreo-player-trace" },
    element("summary", {}, t("What happened, in words")),
    list,
  );
  const settings = kept({ send, id });
  const found = reading(model, task.asks ?? "", send);
  const el = element("div", { class: "choreo-player-rest" }, found.el, pictures.el, trace, chart, settings.el);
  let plot = null;
  let gone = false;
  const read = () => model.get("chart") ?? {};
  const showChart = () => {
    const any = Boolean(read().figure?.data?.length);
    chart.hidden = !any;
    if (!any || gone) return;
    if (plot) plot.show();
    else plot = chartIn(model, chart, read);
  };
  whenIdle(showChart);
  model.on("change:chart", showChart);
  return {
    el,
    /** A run has come, with its course in sentences. */
    take(scene) {
      list.replaceChildren(...(scene.trace ?? []).map((sentence) => element("li", {}, sentence)));
      trace.hidden = !scene.trace?.length;
    },
    stills: (scene, ground) => ground.room && pictures.show(scene, ground.room, ground.still.matches),
    follow: (scene, at) => plot?.follow(at >= scene.frames - 1 ? null : timeAt(scene.clock, at)),
    showPinned: settings.show,
    showUnsaved: settings.showUnsaved,
    close() {
      gone = true;
      model.off("change:chart", showChart);
      plot?.stop();
      found.close();
      pictures.close();
    },
  };
}
