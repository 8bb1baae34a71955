const asked = new Map();

/**
 * The theme's values, as an element's computed style has them. They are the same all over a page, and others in the dark.
 * To ask the browser costs a layout, as some of the page's style depends on its sizes: it is asked once for each.
 */
export const theme = {
  /** @param {string} name as in theme.css: "--choreo-ink" @returns {string} */
  getPropertyValue(name) {
    const key = `${name} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
    if (!asked.get(key)) asked.set(key, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
    return asked.get(key);
  },
};
