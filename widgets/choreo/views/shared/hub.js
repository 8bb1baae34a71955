/** Where the course's server has its pages on models; null where there is none, as in JupyterLab. */
export function modelPages() {
  /** @type {HTMLMetaElement | null} */
  const said = document.querySelector("meta[name=choreo-models]");
  return said?.content ?? null;
}
