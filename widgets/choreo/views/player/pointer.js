const STIR = 8; // px that a hand moves without meaning to

/**
 * Presses on the ground: on somebody, on the ground itself, or a line from one person to another where ties are drawn.
 * `press(x, y)` says whether the stage made something of a press on the ground; else it plays or rests.
 */
export function pointer(field, { touch, press, toggle }) {
  let from = null;
  let drew = false;
  const where = (event) => {
    const { left, top } = field.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  field.addEventListener("pointerdown", (event) => {
    drew = false;
    from = touch.editable() && event.button === 0 ? where(event) : null;
  });
  field.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = where(event);
    drew = Math.hypot(to[0] - from[0], to[1] - from[1]) > STIR && touch.line(from, to);
    from = null;
  });
  field.addEventListener("pointercancel", () => {
    from = null;
  });
  field.addEventListener("click", (event) => {
    if (drew || event.target.closest("button")) return;
    if (!touch.at(...where(event), event.pointerType === "touch") && !press(...where(event))) toggle();
  });
  field.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 0)
      field.toggleAttribute("data-over", touch.over(...where(event)));
  });
}
