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

  model.on("change:trouble", paint);
  paint();
  if (!model.get("opened")) ask();
  return () => model.off("change:trouble", paint);
}

export default { render };
