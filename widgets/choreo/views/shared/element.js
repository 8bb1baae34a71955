// How components make elements and ids; every component may use it.

const WORDS = [undefined, "text", "search"]; // types of a field for words
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | false | null | undefined} Child what is no node and no text is left out */

/**
 * A new element: attributes, listeners (`onclick`), `html` for what Python rendered, and children (texts stay texts).
 * A field for words goes the way of the script that somebody writes in; where their words are shown, say `dir: "auto"`.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const written = tag === "textarea" || (tag === "input" && WORDS.includes(attributes.type));
  return dressed(document.createElement(tag), written ? { dir: "auto", ...attributes } : attributes, children);
}

/**
 * The same, in a drawing.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svgElement(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * An id that no other element of the page has, and no other page; without `crypto.randomUUID`, which plain http lacks.
 */
export function uid() {
  return `choreo-${Array.from(crypto.getRandomValues(new Uint32Array(3)), (number) => number.toString(36)).join("")}`;
}

/** @type {(made: any, attributes: Record<string, any>, children: Child[]) => any} */
function dressed(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "html") made.innerHTML = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}
