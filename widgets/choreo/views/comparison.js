function render({ model, el }) {
  const id = `choreo-${globalThis.crypto?.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  el.classList.add("choreo-comparison");
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const panel = make("div", "choreo-comparison-panel");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-labelledby", id);
  const title = make("h3", "choreo-comparison-title");
  title.id = id;
  const invite = make("div", "choreo-comparison-invite");
  const words = make("p", "", "Here your prediction will stand beside what really happens. Make it first: nothing is lost by being wrong, and you will see more.");
  const go = make("button", "choreo-comparison-button", "Go to the prediction");
  go.type = "button";
  go.addEventListener("click", () => {
    el.dispatchEvent(new CustomEvent("choreo:go", { bubbles: true, detail: { item: model.get("item") } }));
    const card = document.querySelector(`[data-choreo-item="${CSS.escape(model.get("item"))}"]`);
    if (!card) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    const target = card.querySelector("h2, h3, button, input") ?? card;
    if (!target.matches("button, input")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });
  invite.append(words, go);
  const sentence = make("p", "choreo-comparison-sentence");
  sentence.setAttribute("role", "status");
  const working = make("p", "choreo-comparison-working");
  working.setAttribute("role", "status");
  const key = make("ul", "choreo-comparison-key");
  key.setAttribute("aria-hidden", "true");
  const box = make("div", "choreo-plot-box choreo-comparison-box");
  box.setAttribute("role", "img");
  const note = make("p", "choreo-comparison-note");
  const numbers = choreoNumbers("The same in numbers");
  const above = make("p", "choreo-comparison-above", "What you predicted, and what happened");
  panel.append(above, title, invite, sentence, key, box, working, note, numbers.el);
  el.append(panel);

  let plot = null;
  const show = () => {
    const state = model.get("state");
    const has = Boolean(state.figure?.data?.length);
    title.textContent = model.get("title");
    invite.hidden = state.stage !== "invite";
    sentence.hidden = !state.sentence;
    if (sentence.textContent !== (state.sentence ?? "")) sentence.textContent = state.sentence ?? "";
    working.textContent = state.stage === "working" || state.stage === "ready" ? state.working || "Trying it out…" : "";
    working.hidden = !working.textContent;
    note.textContent = state.note ?? "";
    note.hidden = !state.note;
    box.hidden = state.stage === "invite";
    box.setAttribute("aria-label", state.alt || `Chart: ${title.textContent}`);
    key.hidden = !has;
    numbers.fill(state.numbers);
    if (!has) return;
    key.replaceChildren(
      ...state.figure.data.filter((trace) => trace.showlegend !== false).map((trace) => {
        const line = make("li");
        const mark = make("span", "choreo-comparison-mark");
        mark.dataset.type = trace.type === "bar" || trace.mode === "markers" ? "block" : "line";
        mark.style.color = trace.line?.color ?? [trace.marker?.color].flat()[0] ?? "";
        if (trace.line?.dash) mark.dataset.dash = trace.line.dash;
        line.append(mark, trace.name);
        return line;
      }),
    );
    if (plot) plot.draw();
    else plot = choreoPlot(model, box, () => model.get("state").figure ?? {});
  };
  const look = () => {
    if (model.get("state").stage === "ready" && seen) model.send({ type: "look" });
  };
  let seen = false;
  const watch = new IntersectionObserver(
    (entries) => {
      seen = entries.at(-1).isIntersecting;
      look();
    },
    { rootMargin: "200px" },
  );
  watch.observe(panel);
  const changed = () => {
    show();
    look();
  };
  show();
  model.on("change:state", changed);
  return () => {
    watch.disconnect();
    plot?.stop();
    model.off("change:state", changed);
  };
}

export default { render };
