// Keeps the outline's progress in step with what the components on the page say about themselves.
export function follow(outline, main) {
  const done = new Map(); // item -> { step, done }
  outline.querySelector("details").open = matchMedia("(min-width: 78rem)").matches; // beside the lesson, not before it
  main.addEventListener("choreo:item", ({ target, detail }) => {
    const step = target.closest("[data-step]")?.dataset.step;
    if (!step) return;
    done.set(detail.item, { step, done: detail.done });
    paint();
  });

  function paint() {
    const items = [...done.values()];
    for (const link of outline.querySelectorAll("[data-for-step]")) {
      const own = items.filter(({ step }) => step === link.dataset.forStep);
      const count = own.filter((item) => item.done).length;
      const note = link.querySelector("[data-count]");
      note.textContent = own.length ? `${count} of ${own.length} done` : "";
      link.toggleAttribute("data-done", own.length > 0 && count === own.length);
    }
    const share = items.length ? items.filter((item) => item.done).length / items.length : 0;
    const bar = outline.querySelector("progress");
    bar.value = share;
    bar.textContent = `${Math.round(share * 100)} %`;
  }

  const links = [...outline.querySelectorAll("[data-for-step]")];
  const seen = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      const link = links.find(({ dataset }) => dataset.forStep === target.dataset.step);
      if (link && isIntersecting) {
        for (const other of links) other.removeAttribute("aria-current");
        link.setAttribute("aria-current", "step");
      }
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  for (const step of main.querySelectorAll("[data-step]")) seen.observe(step);
}
