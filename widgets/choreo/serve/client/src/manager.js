// The widget manager of a lesson's page: ipywidgets' own base classes over comms that somebody else provides.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";

const modules = {
  "@jupyter-widgets/base": async () => base,
  "@jupyter-widgets/controls": () => import("./controls.js"),
  "@jupyter-widgets/output": () => import("./output_widget.js"),
  anywidget: async () => anywidget(base),
};
const loaded = new Map();
const PATIENCE = 3000; // ms for a component that shows nothing

function load(name) {
  if (!loaded.has(name)) loaded.set(name, modules[name]());
  return loaded.get(name);
}

/** Wait until a component has put something into `element`: its module may still be on its way. */
function drawn(element) {
  return new Promise((resolve) => {
    if (element.hasChildNodes()) return resolve();
    const watch = new MutationObserver(() => {
      watch.disconnect();
      resolve();
    });
    watch.observe(element, { childList: true });
    setTimeout(resolve, PATIENCE);
  });
}

/** What ipywidgets says beside its sliders, it does not say to screen readers. */
function name(element) {
  for (const handle of element.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const label = handle.closest(".widget-inline-hbox")?.querySelector(".widget-label")?.textContent;
    handle.setAttribute("aria-label", label || "Slider");
  }
}

export class WidgetManager extends ManagerBase {
  /** `comms`: {create(target, id, data, metadata, buffers), ids()}. */
  constructor(comms) {
    super();
    this.comms = comms;
    this.views = [];
  }

  /** Fetch every widget's state from the kernel. */
  restore() {
    return this._loadFromKernel();
  }

  /** Make all widgets of a recorded state, each connected to its comm. */
  async build(widgets) {
    await Promise.all(
      Object.entries(widgets).map(async ([id, widget]) => {
        for (const { path, data } of widget.buffers ?? []) {
          const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
          base.put_buffers(widget.state, [path], [new DataView(bytes.buffer)]);
        }
        if (widget.state._esm) widget.state._esm = new URL(widget.state._esm, location.href).href;
        await this.new_model(
          {
            model_id: id,
            model_name: widget.model_name,
            model_module: widget.model_module,
            model_module_version: widget.model_module_version,
            comm: await this.comms.create(this.comm_target_name, id),
          },
          widget.state,
        );
      }),
    );
  }

  /** @override @param {any[]} asked */
  async create_view(...asked) {
    // @ts-expect-error: what it is asked for is handed on
    const view = await super.create_view(...asked);
    name(view.el);
    return view;
  }

  /** Show the widget in `place`, which must be in the page already. */
  async display(id, place) {
    const view = await this.create_view(await this.get_model(id));
    this.views.push(view);
    Widget.attach(view.luminoWidget, place);
    await drawn(view.el);
  }

  /** Take all views and models away. */
  async dispose() {
    for (const view of this.views) view.remove();
    await this.clear_state();
  }

  async loadClass(className, moduleName) {
    if (!modules[moduleName]) {
      throw new Error(
        `${className}: the widget package ${moduleName} is not part of this page; use anywidget or ipywidgets`,
      );
    }
    return (await load(moduleName))[className];
  }

  async _create_comm(target, id, data, metadata, buffers) {
    return this.comms.create(target, id, data, metadata, buffers);
  }

  async _get_comm_info() {
    return this.comms.ids();
  }
}
