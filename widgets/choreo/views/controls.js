function render({ model, el }) {
  const id = `choreo-${globalThis.crypto?.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  el.classList.add("choreo-controls");
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  let value = { ...model.get("value") };
  let waiting = false; // for the answer to the newest message
  let next = null; // what has been moved since
  let asked = model.get("asked");
  let timer = 0;
  const parts = new Map();

  const send = (settled) => {
    if (waiting) {
      next = settled || next === true;
      return;
    }
    waiting = true;
    asked += 1;
    model.set({ value: { ...value }, settled, asked });
    model.save_changes();
    clearTimeout(timer);
    timer = setTimeout(answered, 4000); // a lost answer must not hold the next change for ever
  };
  const answered = () => {
    clearTimeout(timer);
    waiting = false;
    el.removeAttribute("data-waiting");
    if (next !== null) {
      const settled = next;
      next = null;
      send(settled);
    }
  };
  const onAnswered = () => model.get("answered") >= asked && answered();

  const words = (spec, number) => `${Number(number).toFixed(spec.digits)}${spec.unit ? ` ${spec.unit}` : ""}`;

  const slider = (spec) => {
    const box = make("div", "choreo-control");
    const head = make("div", "choreo-control-head");
    const label = make("label", "choreo-control-label", spec.label);
    const input = make("input", "choreo-control-range");
    const output = make("output", "choreo-control-value");
    const track = make("div", "choreo-control-track");
    const mark = make("span", "choreo-control-mark");
    const ends = make("div", "choreo-control-ends");
    input.type = "range";
    input.id = `${id}-${spec.name}`;
    label.htmlFor = input.id;
    output.htmlFor = input.id;
    Object.assign(input, { min: spec.low, max: spec.high, step: spec.step });
    ends.append(make("span", "", spec.ends[0]), make("span", "", spec.ends[1]));
    ends.setAttribute("aria-hidden", "true");
    head.append(label, output);
    track.append(input, mark);
    box.append(head, track, ends);
    const show = () => {
      const number = value[spec.name];
      if (document.activeElement !== input || Number(input.value) !== number) input.value = number;
      output.textContent = words(spec, number);
      input.setAttribute("aria-valuetext", words(spec, number));
      input.style.setProperty("--choreo-filled", (number - spec.low) / (spec.high - spec.low));
      const locked = model.get("locked")[spec.name];
      input.disabled = Boolean(locked);
      box.toggleAttribute("data-locked", Boolean(locked));
      track.hidden = Boolean(locked);
      ends.hidden = Boolean(locked) || (!spec.ends[0] && !spec.ends[1]);
      const marked = model.get("marks")[spec.name];
      mark.hidden = !marked;
      if (marked) {
        mark.style.setProperty("--choreo-at", Math.min(1, Math.max(0, (marked.value - spec.low) / (spec.high - spec.low))));
        mark.textContent = marked.label;
        mark.id = `${id}-${spec.name}-mark`;
        input.setAttribute("aria-describedby", mark.id);
      }
    };
    const take = (settled) => () => {
      value[spec.name] = Number(input.value);
      show();
      send(settled);
    };
    input.addEventListener("input", take(false));
    input.addEventListener("change", take(true));
    return { box, show, inner: null };
  };

  const choice = (spec) => {
    const box = make("fieldset", "choreo-control choreo-control-choice");
    box.append(make("legend", "choreo-control-label", spec.label));
    const only = make("p", "choreo-control-only");
    const list = make("div", "choreo-control-options");
    const inner = make("div", "choreo-control-inner");
    const why = make("p", "choreo-control-why");
    why.id = `${id}-${spec.name}-why`;
    box.append(only, list, why, inner);
    const radios = spec.options.map((option) => {
      const label = make("label", "choreo-control-option");
      const radio = make("input");
      Object.assign(radio, { type: "radio", name: `${id}-${spec.name}`, value: option.value });
      const text = make("span", "choreo-control-text");
      text.append(make("strong", "", option.label), make("span", "", option.hint));
      label.append(radio, text);
      list.append(label);
      radio.addEventListener("change", () => {
        value[spec.name] = option.value;
        showAll();
        send(true);
      });
      return { radio, label, option };
    });
    const show = () => {
      const reasons = new Set();
      for (const { radio, label, option } of radios) {
        radio.checked = value[spec.name] === option.value;
        const locked = model.get("locked")[spec.name] ?? model.get("locked")[`${spec.name}:${option.value}`];
        radio.disabled = Boolean(locked);
        label.toggleAttribute("data-locked", Boolean(locked));
        label.toggleAttribute("data-chosen", radio.checked);
        if (locked) reasons.add(locked);
        if (locked) radio.setAttribute("aria-describedby", why.id);
        else radio.removeAttribute("aria-describedby");
      }
      const closed = Boolean(model.get("locked")[spec.name]);
      box.toggleAttribute("data-locked", closed);
      list.hidden = closed;
      only.hidden = !closed;
      only.textContent = spec.options.find((option) => option.value === value[spec.name])?.label ?? "";
      why.textContent = [...reasons].join(" ");
      why.hidden = closed || reasons.size === 0;
    };
    return { box, show, inner };
  };

  const note = make("p", "choreo-control-why");
  const showAll = () => {
    for (const { spec, part } of parts.values()) {
      part.show();
      if (spec.inside) part.box.hidden = value[spec.inside[0]] !== spec.inside[1];
    }
    const locked = model.get("locked");
    const reasons = new Set([...parts.keys()].map((name) => locked[name]).filter(Boolean));
    note.textContent = [...reasons].join(" ");
    note.hidden = reasons.size === 0;
  };

  const title = make("h3", "choreo-controls-title", model.get("title"));
  title.hidden = !model.get("title");
  const form = make("form", "choreo-controls-form");
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const spec of model.get("specs")) {
    const part = spec.options.length ? choice(spec) : slider(spec);
    parts.set(spec.name, { spec, part });
    (spec.inside ? parts.get(spec.inside[0]).part.inner : form).append(part.box);
  }
  el.append(title, form, note);
  showAll();

  const changed = () => {
    if (waiting || next !== null) return; // the learner's hand goes first
    value = { ...model.get("value") };
    showAll();
  };
  model.on("change:value", changed);
  model.on("change:locked change:marks", showAll);
  model.on("change:answered", onAnswered);
  return () => {
    clearTimeout(timer);
    model.off("change:value", changed);
    model.off("change:locked change:marks", showAll);
    model.off("change:answered", onAnswered);
  };
}

export default { render };
