// Number keys choose while the question has the focus; without scripts everything works with Tab, arrows and Enter.
/** @type {HTMLFormElement} */
const form = document.querySelector(".choreo-exercise-form");
/** @type {NodeListOf<HTMLElement>} */
const groups = document.querySelectorAll("[data-digits]");
// Going to an address with a fragment takes the focus away once more, after the page has loaded.
const whenSettled = (act) => addEventListener("load", () => setTimeout(act));
const typing = (target) => target.matches?.("select, textarea, input:not([type=radio], [type=checkbox])");

form.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(target)) return;
  const group = target.closest("[data-digits]");
  if (event.key === "Enter" && target === group) {
    event.preventDefault();
    if (!event.repeat) form.requestSubmit();
    return;
  }
  const control = /^[1-9]$/.test(event.key) && group?.querySelectorAll("input")[Number(event.key) - 1];
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.click();
});

if (groups.length && matchMedia("(hover: hover)").matches) {
  form.classList.add("choreo-digits");
  /** @type {HTMLElement} */ (form.querySelector(".choreo-digits-help")).hidden = false;
  if (!document.querySelector("[role=alert]")) whenSettled(() => groups[0].focus({ preventScroll: true }));
}
