// ipywidgets' Output: what was printed and displayed in it. Its outputs come ready to be shown (serve/capture.py).
import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";

export class OutputModel extends DOMWidgetModel {
  defaults() {
    return {
      ...super.defaults(),
      _model_name: "OutputModel",
      _view_name: "OutputView",
      _model_module: "@jupyter-widgets/output",
      _view_module: "@jupyter-widgets/output",
      msg_id: "",
      outputs: [],
    };
  }
}

export class OutputView extends DOMWidgetView {
  render() {
    super.render();
    this.el.append(document.createComment("outputs")); // it is drawn also while nothing is in it (manager.js waits for that)
    this.shown = []; // what each box shows, as text
    this.listenTo(this.model, "change:outputs", this.paint);
    this.paint();
  }

  /** Show what is news; boxes whose output stays the same stay. */
  paint() {
    const outputs = this.model.get("outputs");
    const now = outputs.map((output) => JSON.stringify(output));
    const kept = now.findIndex((text, at) => text !== this.shown[at]);
    const first = kept < 0 ? now.length : kept;
    while (this.el.children.length > first) this.el.lastChild.remove();
    this.shown = now;
    for (const output of outputs.slice(first)) {
      const box = document.createElement("div");
      this.el.append(box);
      /** @type {any} */ (this.model.widget_manager).show(output, box);
    }
  }
}
