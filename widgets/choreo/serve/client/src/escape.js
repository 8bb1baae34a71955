// Stands in for sanitize-html, which ipywidgets uses for the descriptions of controls: here they are plain text.
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export default function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
