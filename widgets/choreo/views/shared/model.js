// What anywidget hands to a component's browser half, as far as components use it; see serve/client/src/host.js.

/**
 * A component's synced state, the same here and in the kernel. `on` and `off` take names like "change:figure
 * change:alt" and "msg:custom".
 *
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(values: Record<string, unknown>) => void} set
 * @property {() => void} save_changes
 * @property {(message: object, callbacks?: object, buffers?: ArrayBuffer[]) => void} send
 * @property {(events: string, heard: (...news: any[]) => void) => void} on
 * @property {(events: string, heard: (...news: any[]) => void) => void} off
 * @property {Manager} widget_manager
 */

/**
 * For components with others inside them.
 *
 * @typedef {object} Manager
 * @property {(id: string) => Promise<Model>} get_model
 * @property {(model: Model) => Promise<View>} create_view
 */

/** @typedef {{ el: HTMLElement, remove: () => void, trigger?: (event: string) => void }} View */

/** @typedef {{ model: Model, el: HTMLElement }} Context what `render` gets; it returns its clean-up */
