/**
 * The hand on the controls: what it moves goes out at once, and what comes back while it moves something waits for it.
 *
 * `changed()` is called when settings came from elsewhere: a kept setting, a goal that opens, what the kernel put
 * right.
 */
export function hand(model, changed) {
  let value = { ...model.get("settings") };
  let holding = false; // a control is being dragged
  let sending = false;

  const take = () => {
    if (holding || sending) return; // the learner's hand goes first
    value = { ...model.get("settings") };
    changed();
  };
  model.on("change:settings", take);
  return {
    get value() {
      return value;
    },
    /** Move controls; `settled` when the hand rests there. */
    move(settings, settled) {
      value = { ...value, ...settings };
      holding = !settled;
      sending = true;
      model.set({ settings: { ...value }, settled });
      sending = false;
      model.save_changes();
    },
    close: () => model.off("change:settings", take),
  };
}
