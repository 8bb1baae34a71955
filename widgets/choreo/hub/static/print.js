/** Offers to print the page, where there is a script to do so. */
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll("[data-print]");
for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
