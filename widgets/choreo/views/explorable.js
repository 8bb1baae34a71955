function render({ model, el }) {
  const id = `choreo-${globalThis.crypto?.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  el.classList.add("choreo-explorable");
  el.dataset.choreoItem = model.get("item"); // where other parts of the page find it
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  let gone = false;
  const views = [];

  const goal = make("section", "choreo-explorable-goal");
  const stage = make("div", "choreo-explorable-panel choreo-explorable-stage");
  const controls = make("div", "choreo-explorable-panel choreo-explorable-controls");
  const chart = make("div", "choreo-explorable-panel choreo-explorable-chart");
  const kept = make("section", "choreo-explorable-panel choreo-explorable-kept");
  const grid = make("div", "choreo-explorable-grid");
  grid.append(goal, stage, controls, chart, kept);
  el.append(grid);

  const place = async (name, slot) => {
    const reference = model.get(name);
    if (!reference) return;
    const child = await model.widget_manager.get_model(reference.replace(/^IPY_MODEL_/, ""));
    const view = await model.widget_manager.create_view(child);
    if (gone) return view.remove();
    views.push(view);
    slot.append(view.el);
    view.trigger?.("displayed");
    if (name === "chart") slot.chart = view.el;
  };
  const ready = Promise.all([place("stage", stage), place("controls", controls), place("chart", chart)]);
  ready.catch((error) => {
    const note = make("p", "choreo-explorable-broken", `The stage could not be opened (${error.message}). Reload the page.`);
    stage.append(note);
  });
  const follow = (event) =>
    chart.chart?.dispatchEvent(new CustomEvent("choreo:cursor", { detail: { time: event.detail.time } }));
  el.addEventListener("choreo:frame", follow);

  // The goal: what to do, the means, what became of it.
  goal.setAttribute("aria-labelledby", `${id}-goal`);
  const title = make("h3", "choreo-explorable-title");
  title.id = `${id}-goal`;
  const text = make("div", "choreo-explorable-text");
  const meters = make("div", "choreo-explorable-meters");
  const verdict = make("div", "choreo-explorable-verdict");
  verdict.setAttribute("role", "status");
  const save = make("button", "choreo-explorable-button", "Save again");
  save.type = "button";
  save.addEventListener("click", () => model.send({ type: "save" }));
  const hints = make("ul", "choreo-explorable-hints");
  hints.setAttribute("aria-live", "polite");
  const hint = make("button", "choreo-explorable-button choreo-explorable-hint", "A hint");
  hint.type = "button";
  hint.addEventListener("click", () => model.send({ type: "hint" }));
  const foot = make("div", "choreo-explorable-foot");
  foot.append(verdict, save, hint);
  goal.append(title, text, meters, foot, hints);

  const meter = ({ label, words, aim, share, mark = null, tone }) => {
    const box = make("div", "choreo-explorable-meter");
    box.dataset.tone = tone;
    const line = make("p", "choreo-explorable-line");
    line.append(make("span", "", label), make("strong", "", words), make("span", "choreo-explorable-aim", aim));
    const bar = make("div", "choreo-explorable-bar");
    bar.setAttribute("aria-hidden", "true");
    const fill = make("span", "choreo-explorable-fill");
    fill.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
    bar.append(fill);
    if (mark !== null) {
      const tick = make("span", "choreo-explorable-tick");
      tick.style.left = `${100 * mark}%`;
      bar.append(tick);
    }
    box.append(line, bar);
    return box;
  };

  let said = "";
  const show = () => {
    const { title: name, text: html } = model.get("goal");
    const state = model.get("state");
    goal.hidden = !model.get("item");
    goal.toggleAttribute("data-reached", Boolean(state.reached));
    title.textContent = name ?? "";
    if (text.dataset.html !== html) {
      text.dataset.html = html ?? "";
      text.innerHTML = html ?? ""; // rendered from the author's Markdown, HTML off
    }
    meters.replaceChildren(...(state.meters ?? []).map(meter));
    meters.hidden = Boolean(state.reached);
    const unsaved = state.saved === "no";
    const words = JSON.stringify([state.headline, state.message, unsaved && state.error]);
    if (words !== said) {
      said = words;
      verdict.replaceChildren();
      if (state.headline) verdict.append(make("strong", "", state.headline), " ");
      verdict.append(state.message ?? "");
      if (unsaved) verdict.append(make("span", "choreo-explorable-unsaved", `Not kept yet. ${state.error}`));
    }
    save.hidden = !unsaved;
    const shown = state.hints ?? [];
    while (hints.children.length < shown.length) {
      const line = make("li");
      line.innerHTML = shown[hints.children.length]; // the author's Markdown, HTML off
      hints.append(line);
    }
    hints.hidden = shown.length === 0 || Boolean(state.reached);
    hint.hidden = !state.hints_left || Boolean(state.reached);
    hint.textContent = shown.length ? "Another hint" : "A hint";
    tell();
  };
  const tell = () => {
    if (!model.get("item")) return;
    const done = Boolean(model.get("state").reached) && model.get("state").saved === "yes";
    el.dispatchEvent(new CustomEvent("choreo:item", { bubbles: true, detail: { item: model.get("item"), done } }));
  };

  // Settings worth keeping.
  kept.setAttribute("aria-labelledby", `${id}-kept`);
  const keptHead = make("div", "choreo-explorable-kepthead");
  const keptTitle = make("h3", "choreo-explorable-title", "Settings worth keeping");
  keptTitle.id = `${id}-kept`;
  const pin = make("button", "choreo-explorable-button", "Keep this setting");
  pin.type = "button";
  pin.addEventListener("click", () => model.send({ type: "pin" }));
  keptHead.append(keptTitle, pin);
  const empty = make("p", "choreo-explorable-quiet", "Found something surprising? Keep it here and come back to it.");
  const list = make("ul", "choreo-explorable-list");
  kept.append(keptHead, empty, list);
  const showPinned = () => {
    const pinned = model.get("pinned");
    empty.hidden = pinned.length > 0;
    list.replaceChildren(
      ...pinned.map((one, at) => {
        const line = make("li", "choreo-explorable-pin");
        const back = make("button", "choreo-explorable-recall");
        back.type = "button";
        back.append(make("strong", "", one.result), make("span", "", one.words));
        back.setAttribute("aria-label", `Go back to: ${one.words}; ${one.result}`);
        back.addEventListener("click", () => model.send({ type: "recall", at }));
        const drop = make("button", "choreo-explorable-drop", "×");
        drop.type = "button";
        drop.setAttribute("aria-label", `Take off the list: ${one.words}`);
        drop.addEventListener("click", () => {
          model.send({ type: "unpin", at });
          pin.focus();
        });
        line.append(back, drop);
        return line;
      }),
    );
  };

  // Where this browser left off: settings survive a reload and the death of the kernel.
  const key = `choreo-draft:explorable/${model.get("item")}`;
  const write = () => {
    const { draft } = model.get("state");
    if (!model.get("opened") || !draft) return;
    try {
      localStorage.setItem(key, JSON.stringify({ ...draft, pinned: model.get("pinned") }));
    } catch {
      // a browser without storage plays all the same
    }
  };
  const opened = () => {
    if (!model.get("opened")) return;
    try {
      const draft = JSON.parse(localStorage.getItem(key));
      if (draft?.settings) model.send({ ...draft, type: "draft" });
    } catch {
      // an unreadable draft is no draft
    }
  };
  const changed = () => {
    show();
    write();
  };
  const changedPinned = () => {
    showPinned();
    write();
  };
  show();
  showPinned();
  opened();
  requestAnimationFrame(() => !gone && tell()); // once more, when the page has taken this in
  model.on("change:state change:goal change:item", changed);
  model.on("change:pinned", changedPinned);
  model.on("change:opened", opened);
  return () => {
    gone = true;
    for (const view of views) view.remove();
    el.removeEventListener("choreo:frame", follow);
    model.off("change:state change:goal change:item", changed);
    model.off("change:pinned", changedPinned);
    model.off("change:opened", opened);
  };
}

export default { render };
