// A clicker types PageDown and PageUp; the arrows do the same. Used by the coach's console and by the projector.

const ON = ["PageDown", "ArrowRight"];
const BACK = ["PageUp", "ArrowLeft"];
const TYPED_INTO = "input, textarea, select, [contenteditable], [role=slider], [data-scroll], dialog";

/**
 * Where a key leads: "on", "back", or "" where it means something else, as it does in a field or together with others.
 *
 * @param {Pick<KeyboardEvent, "key" | "repeat" | "ctrlKey" | "altKey" | "metaKey" | "shiftKey" | "defaultPrevented" | "target">} event
 * @returns {"on" | "back" | ""}
 */
export function leads({ key, repeat, ctrlKey, altKey, metaKey, shiftKey, defaultPrevented, target }) {
  if (repeat || ctrlKey || altKey || metaKey || shiftKey || defaultPrevented) return "";
  if (/** @type {Element} */ (target)?.closest?.(TYPED_INTO)) return "";
  return ON.includes(key) ? "on" : BACK.includes(key) ? "back" : "";
}
