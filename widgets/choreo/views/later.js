// Says when the review questions come back; on a lesson's page of the course it links to where they are answered.
function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "choreo-later";
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  box.append(text);
  const home = document.querySelector(".choreo-home")?.href;
  const link = document.createElement("a");
  link.textContent = "Go to your review";
  if (home) {
    link.href = new URL("review", home).href;
    box.append(link);
  }
  el.append(box);

  function paint() {
    const questions = model.get("questions");
    const first = model.get("first");
    const many = (count) => `${count} ${count === 1 ? "question" : "questions"}`;
    link.hidden = !first || new Date(first) > new Date();
    if (!first && model.get("waiting")) {
      text.textContent = `${many(questions)} will wait for you. The clock starts with your first answer in this lesson.`;
    } else if (!first) {
      text.textContent = `You have remembered all ${questions} often enough. Nothing more comes back from this lesson.`;
    } else if (!link.hidden) {
      text.textContent = `${many(model.get("waiting"))} of this lesson are in your review, and it is time for the first.`;
    } else {
      const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
      text.textContent = `${many(model.get("waiting"))} will come back, the first on ${day.format(new Date(first))}. `
        + "The home page will say so.";
    }
  }

  model.on("change:first change:waiting", paint);
  paint();
  return () => model.off("change:first change:waiting", paint);
}

export default { render };
