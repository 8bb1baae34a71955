import { atWork, isMine } from "./shared/whose.js";

// Asks for what the learner did as soon as the page is there; says so when it cannot be had, and asks again by itself.
const PAUSES = [5_000, 10_000, 20_000, 40_000, 60_000]; // ms before each new attempt; the last again and again

/** @param {import("./shared/model.js").Context} context */
function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "choreo-link";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.addEventListener("click", ask);
  box.append(text, again);
  box.hidden = true;
  el.append(box);
  let attempts = 0;
  let next;

  function ask() {
    clearTimeout(next);
    again.disabled = true;
    model.send({ type: "open" });
  }

  function paint() {
    const trouble = model.get("trouble");
    if (!trouble && !model.get("opened")) return; // nothing has come yet, or the same trouble comes anew
    again.disabled = false;
    clearTimeout(next);
    if (trouble) next = setTimeout(ask, PAUSES[Math.min(attempts, PAUSES.length - 1)]);
    attempts += 1;
    if (text.textContent === trouble) return; // it is told once
    text.textContent = trouble;
    const detail = { text: trouble, again: ask };
    const told = new CustomEvent("choreo:trouble", { bubbles: true, cancelable: true, detail });
    box.hidden = !el.dispatchEvent(told) || !trouble; // a page of ours says it where the reader is
  }

  // The kernel works for somebody else than the page was opened by: in another window the learner has changed.
  function own() {
    const whose = model.get("whose");
    if (whose && !isMine(whose) && atWork() === whose) location.reload();
  }

  function soon() {
    if (model.get("trouble")) ask();
  }

  /** What the learner did has come back: the page may go where it ends (serve/client/src/main.js). */
  function opened() {
    paint();
    if (model.get("opened")) el.dispatchEvent(new CustomEvent("choreo:opened", { bubbles: true }));
  }

  model.on("change:trouble", paint);
  model.on("change:whose", own);
  model.on("change:opened", opened);
  addEventListener("online", soon);
  paint();
  own();
  if (model.get("opened"))
    requestAnimationFrame(opened); // before it was drawn; it is drawn before it stands in the page
  else ask();
  return () => {
    clearTimeout(next);
    removeEventListener("online", soon);
    model.off("change:trouble", paint);
    model.off("change:whose", own);
    model.off("change:opened", opened);
  };
}

export default { render };
