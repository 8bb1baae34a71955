// What JupyterLab loads: a container that it asks for our module, and gives what it shares with extensions.
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const containers = /** @type {any} */ (window);
  let shared;
  containers._JUPYTERLAB ??= {};
  containers._JUPYTERLAB.choreo = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const { plugin } = await import(new URL("plugin.js", script).href);
      const found = await plugin(shared, "@preview@"); // where the preview's pages are; authoring/lab.py writes it
      return () => ({ __esModule: true, default: found });
    },
  };
}
