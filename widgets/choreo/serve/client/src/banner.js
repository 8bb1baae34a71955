// The page's one place for news about its connection.
const place = document.querySelector("[data-banner]");
const button = place.querySelector("button");
let timer;

button.addEventListener("click", () => location.reload());

/** Say it until something else is said; `forAWhile` (ms) takes it away again, `reload` offers the way back. */
export function say(text, { reload = false, forAWhile = 0 } = {}) {
  clearTimeout(timer);
  place.querySelector("[data-text]").textContent = text;
  button.hidden = !reload;
  place.hidden = !text;
  if (forAWhile) timer = setTimeout(() => say(""), forAWhile);
}
