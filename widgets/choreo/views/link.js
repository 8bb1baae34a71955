// Asks for what the learner did as soon as the page is there; says so when it cannot be had.
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
  el.append(box);

  function ask() {
    again.disabled = true;
    model.send({ type: "open" });
  }

  function paint() {
    again.disabled = false;
    box.hidden = !model.get("trouble");
    text.textContent = model.get("trouble");
  }

  // Drafts that another learner left in this browser are nobody else's business.
  function own() {
    const whose = model.get("whose");
    if (!whose) return;
    try {
      const before = localStorage.getItem("choreo-whose");
      localStorage.setItem("choreo-whose", whose);
      if (!before || before === whose) return;
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("choreo-") && key !== "choreo-whose") localStorage.removeItem(key);
      }
      location.reload();
    } catch {
      // A browser that keeps nothing keeps no drafts either.
    }
  }

  model.on("change:trouble", paint);
  model.on("change:whose", own);
  paint();
  if (!model.get("opened")) ask();
  return () => {
    model.off("change:trouble", paint);
    model.off("change:whose", own);
  };
}

export default { render };
