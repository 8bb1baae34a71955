// The widget manager of a lesson's page: ipywidgets' own base classes over one kernel connection.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";

const modules = {
  "@jupyter-widgets/base": async () => base,
  "@jupyter-widgets/controls": () => import("./controls.js"),
  anywidget: async () => anywidget(base),
};
const loaded = new Map();

function load(name) {
  if (!loaded.has(name)) loaded.set(name, modules[name]());
  return loaded.get(name);
}

export class WidgetManager extends ManagerBase {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    kernel.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message));
  }

  /** Fetch every widget's state from the kernel. */
  restore() {
    return this._loadFromKernel();
  }

  /** Show the widget in `place`, which must be in the page already. */
  async display(id, place) {
    const view = await this.create_view(await this.get_model(id));
    Widget.attach(view.luminoWidget, place);
  }

  async loadClass(className, moduleName) {
    if (!modules[moduleName]) {
      throw new Error(`${className}: the widget package ${moduleName} is not part of this page; use anywidget or ipywidgets`);
    }
    return (await load(moduleName))[className];
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new base.shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }
}
