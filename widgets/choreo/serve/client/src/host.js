// A host for the course's own components: what they ask of a page, at a fiftieth of the widget library's weight
// (manager.js).
//
// A component is an anywidget front-end module, and its model speaks ipywidgets' protocol of comms. Components may use
// model.get, set, save_changes, send, on, off, and model.widget_manager.get_model and create_view for parts inside
// them.

/** Put a value where a path like ["run", "phase"] leads in a state. */
function put(state, path, value) {
  path.slice(0, -1).reduce((inner, key) => inner[key], state)[path.at(-1)] = value;
}

function bytes(text) {
  // @ts-expect-error: newer than what TypeScript knows of
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Whether two values of a trait say the same; bytes are news each time they come. */
function same(one, other) {
  if (Object.is(one, other)) return true;
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  if (Array.isArray(one) !== Array.isArray(other) || ArrayBuffer.isView(one) || ArrayBuffer.isView(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
}

/** A component's state, the same here and in the kernel. */
class Model {
  #comm;
  #state;
  #unsaved = {};
  #sent = null; // what the kernel was told and is not done with; what changes meanwhile goes together after that
  #listeners = new Map(); // event -> callbacks

  constructor(state, comm, host) {
    this.#state = state;
    this.#comm = comm;
    this.widget_manager = host;
  }

  /** Hear the kernel, also what it has said already. */
  listen() {
    this.#comm.on_msg(({ content: { data }, buffers = [] }) => {
      if (data.method === "update") {
        for (const [index, path] of (data.buffer_paths ?? []).entries()) put(data.state, path, buffers[index]);
        this.#take(data.state);
      } else if (data.method === "custom") this.#tell("msg:custom", data.content, buffers);
      // "echo_update" says again what this page said, for other pages of the same kernel: there are none
    });
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    Object.assign(this.#unsaved, this.#take(typeof name === "object" ? name : { [name]: value }));
  }

  save_changes() {
    if (this.#sent || Object.keys(this.#unsaved).length === 0) return;
    this.#sent = this.#unsaved;
    this.#unsaved = {};
    const status = ({ content }) => {
      if (content.execution_state !== "idle") return;
      this.#sent = null;
      this.save_changes();
    };
    this.#comm.send({ method: "update", state: this.#sent, buffer_paths: [] }, { iopub: { status } });
  }

  /**
   * Tell the kernel again what it may not have heard when the line broke: a state that is said twice stays what it is.
   */
  repeat() {
    this.#unsaved = { ...this.#sent, ...this.#unsaved };
    this.#sent = null;
    this.save_changes();
  }

  send(content, callbacks, buffers) {
    this.#comm.send({ method: "custom", content }, callbacks, {}, buffers);
  }

  on(events, callback) {
    for (const event of events.split(" "))
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), callback]);
  }

  off(events, callback) {
    for (const event of events.split(" ")) {
      this.#listeners.set(
        event,
        (this.#listeners.get(event) ?? []).filter((one) => one !== callback),
      );
    }
  }

  /** Take over the values that are news, then tell of each once all are in; they come back. */
  #take(given) {
    const news = Object.fromEntries(Object.entries(given).filter(([name, value]) => !same(this.#state[name], value)));
    Object.assign(this.#state, news);
    for (const [name, value] of Object.entries(news)) this.#tell(`change:${name}`, this, value);
    return news;
  }

  #tell(event, ...words) {
    for (const callback of this.#listeners.get(event) ?? []) {
      try {
        callback(...words);
      } catch (error) {
        reportError(error); // one listener's fault is not the others'
      }
    }
  }
}

/** Does for the course's own components what manager.js does for all widgets. */
export class ComponentHost {
  #wire;
  #modules = new Map(); // model -> its module, or why there is none
  #models = new Map(); // id -> model
  #views = new Set();

  /** `wire`: the connection to the kernel (wire.js). */
  constructor(wire) {
    this.#wire = wire;
  }

  /** Make all components of a recorded state, each connected to its comm. */
  async build(widgets) {
    const address = ({ state }) => new URL(state._esm, location.href).href;
    const addresses = [...new Set(Object.values(widgets).map(address))];
    const loaded = await Promise.allSettled(addresses.map((url) => import(url)));
    for (const [id, widget] of Object.entries(widgets)) {
      for (const { path, data } of widget.buffers ?? []) put(widget.state, path, new DataView(bytes(data).buffer));
      const model = new Model(widget.state, this.#wire.create("jupyter.widget", id), this);
      const found = loaded[addresses.indexOf(address(widget))];
      this.#models.set(id, model);
      const module = found.status === "fulfilled" ? found.value.default : found.reason;
      this.#modules.set(model, module ?? new Error(`${address(widget)} exports no component`));
    }
    for (const [model, module] of this.#modules) module.initialize?.({ model });
    for (const model of this.#models.values()) model.listen(); // once all are there: what one hears may concern another
  }

  /** Show the component in `place`. */
  async display(id, place) {
    const el = document.createElement("div");
    place.append(el);
    await this.create_view(await this.get_model(id), el);
  }

  /** The line is back, to the same kernel. */
  repeat() {
    for (const model of this.#models.values()) model.repeat();
  }

  async get_model(id) {
    const model = this.#models.get(id);
    if (!model) throw new Error(`the lesson has no component ${id}`);
    return model;
  }

  /** Draw a model's component into `el`; comes back with the element and the way to take it away. */
  async create_view(model, el = document.createElement("div")) {
    const module = this.#modules.get(model);
    if (module instanceof Error) throw module;
    const end = await module.render({ model, el });
    const view = {
      el,
      remove: () => {
        this.#views.delete(view);
        end?.();
        el.remove();
      },
    };
    this.#views.add(view);
    return view;
  }

  /** Take all views and models away. */
  async dispose() {
    for (const view of [...this.#views]) view.remove();
    this.#models.clear();
    this.#modules.clear();
  }

  handle_comm_open() {
    reportError(new Error("A component that is made after the lesson has opened cannot be shown: make it in a cell."));
  }
}
