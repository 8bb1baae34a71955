function render({ model, el }) {
  const id = `choreo-${globalThis.crypto?.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  el.classList.add("choreo-chart");
  const title = document.createElement("h3");
  title.className = "choreo-chart-title";
  title.id = id;
  const key = document.createElement("ul");
  key.className = "choreo-chart-key";
  key.setAttribute("aria-hidden", "true");
  const frame = document.createElement("div");
  frame.className = "choreo-chart-frame";
  const box = document.createElement("div");
  box.className = "choreo-plot-box";
  box.setAttribute("role", "img");
  const veil = document.createElement("div");
  veil.className = "choreo-chart-veil";
  veil.hidden = true;
  frame.append(box, veil);
  const numbers = choreoNumbers("The same in numbers");
  el.append(title, key, frame, numbers.el);

  let cursor = null;
  const place = () => {
    const layout = box._fullLayout;
    const x = layout?.xaxis;
    const end = x && x._offset + x._length;
    const at = x && cursor !== null ? Math.min(end, Math.max(x._offset, x._offset + x.d2p(cursor))) : null;
    veil.hidden = at === null || !Number.isFinite(at);
    if (veil.hidden) return;
    if (veil.dataset.size === `${layout.yaxis._offset} ${layout.yaxis._length} ${x._length}`) {
      veil.style.transform = `translateX(${at}px)`;
      return;
    }
    veil.dataset.size = `${layout.yaxis._offset} ${layout.yaxis._length} ${x._length}`;
    veil.style.width = `${x._length}px`;
    veil.style.top = `${layout.yaxis._offset}px`;
    veil.style.height = `${layout.yaxis._length}px`;
    veil.style.transform = `translateX(${at}px)`;
  };
  const plot = choreoPlot(model, box, () => model.get("figure"), place);

  const describe = () => {
    title.textContent = model.get("title");
    title.hidden = !model.get("title");
    box.setAttribute("aria-label", model.get("alt") || model.get("title") || "Chart");
    frame.style.minHeight = `${model.get("height")}px`;
  };
  const showKey = () => {
    const named = (model.get("figure").data ?? []).filter((trace) => trace.name && trace.showlegend !== false);
    const now = JSON.stringify(named.map(({ name, line, marker }) => [name, line, marker?.color]));
    if (now === key.dataset.shown) return;
    key.dataset.shown = now;
    key.replaceChildren(
      ...named.map((trace) => {
        const line = document.createElement("li");
        const mark = document.createElement("span");
        mark.className = "choreo-chart-mark";
        mark.style.borderTopColor = trace.line?.color ?? trace.marker?.color ?? "";
        mark.style.borderTopStyle = { dash: "dashed", dot: "dotted" }[trace.line?.dash] ?? "solid";
        mark.style.borderTopWidth = `${Math.max(2, trace.line?.width ?? 3)}px`;
        line.append(mark, trace.name);
        return line;
      }),
    );
  };
  const showNumbers = () => numbers.fill(model.get("numbers"));
  const change = () => {
    showKey();
    plot.draw();
  };
  const follow = (event) => {
    cursor = event.detail.time;
    place();
  };
  describe();
  showKey();
  showNumbers();
  el.addEventListener("choreo:cursor", follow);
  model.on("change:figure", change);
  model.on("change:numbers", showNumbers);
  model.on("change:alt change:title change:height", describe);
  return () => {
    plot.stop();
    el.removeEventListener("choreo:cursor", follow);
    model.off("change:figure", change);
    model.off("change:numbers", showNumbers);
    model.off("change:alt change:title change:height", describe);
  };
}

export default { render };
