const PREDICT_MARGIN = { left: 46, right: 22, top: 30, bottom: 38 };

function predictSvg(tag, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A range input that has no value before it was touched. */
function predictRange(attributes, moved) {
  const middle = (Number(attributes.min) + Number(attributes.max)) / 2;
  const input = choreoElement("input", { type: "range", ...attributes, "aria-valuetext": "not set yet" });
  input.value = middle;
  let set = false;
  input.addEventListener("input", () => {
    set = true;
    moved();
  });
  return {
    input,
    get value() {
      return set ? Number(input.value) : null;
    },
    put(value, text) {
      set = value !== null && value !== undefined;
      input.value = set ? value : middle;
      input.toggleAttribute("data-unset", !set);
      input.style.setProperty("--choreo-share", set ? (value - input.min) / (input.max - input.min) : 0);
      input.setAttribute("aria-valuetext", set ? text : "not set yet");
    },
  };
}

function predictCurve({ face, id, changed }) {
  const { left, right, top, bottom } = PREDICT_MARGIN;
  const unit = face.y.unit ? ` ${face.y.unit}` : "";
  const places = face.x.values;
  const [first, last] = [places[0], places.at(-1)];
  let [width, height] = [640, 340];
  const across = (value) => left + ((value - first) / (last - first)) * (width - left - right);
  const along = (value) => height - bottom - (value / 100) * (height - top - bottom);
  const svg = predictSvg("svg", { class: "choreo-predict-plot", "aria-hidden": "true" });
  const frame = predictSvg("g", {});
  const invite = predictSvg("text", { "text-anchor": "middle", class: "choreo-predict-invite" }, "Draw from left to right");
  const path = predictSvg("path", { class: "choreo-predict-line" });
  svg.append(frame, invite, path);

  const points = places.map((place) => {
    const range = predictRange({ min: 0, max: 100, step: 1, "aria-label": `${face.y.label} at ${face.x.label} ${place}` }, () => {
      draw();
      changed();
    });
    const dot = predictSvg("circle", { r: 7, class: "choreo-predict-dot" });
    const label = predictSvg("text", { "text-anchor": "middle", class: "choreo-predict-value" });
    svg.append(dot, label);
    range.input.addEventListener("focus", () => (dot.dataset.focus = "yes"));
    range.input.addEventListener("blur", () => delete dot.dataset.focus);
    return { place, range, dot, label };
  });

  /** Axes for the width there is, so that figures keep their size on a phone. */
  function axes() {
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const lines = [0, 25, 50, 75, 100].flatMap((level) => [
      predictSvg("line", { x1: left, x2: width - right, y1: along(level), y2: along(level), class: level ? "choreo-predict-grid" : "choreo-predict-base" }),
      predictSvg("text", { x: left - 10, y: along(level) + 5, "text-anchor": "end" }, level),
    ]);
    const columns = places.flatMap((place) => [
      predictSvg("line", { x1: across(place), x2: across(place), y1: top, y2: height - bottom, class: "choreo-predict-column" }),
      predictSvg("text", { x: across(place), y: height - bottom + 24, "text-anchor": "middle" }, place),
    ]);
    frame.replaceChildren(...lines, ...columns);
    invite.setAttribute("x", (left + width - right) / 2);
    invite.setAttribute("y", along(50) - 8);
    draw();
  }

  function draw() {
    const set = points.filter((point) => point.range.value !== null);
    path.setAttribute("d", set.map((point, at) => `${at ? "L" : "M"}${across(point.place)} ${along(point.range.value)}`).join(" "));
    invite.style.display = set.length ? "none" : "";
    for (const { place, range, dot, label } of points) {
      const value = range.value;
      range.put(value, `${value}${unit}`);
      dot.toggleAttribute("data-unset", value === null);
      dot.setAttribute("cx", across(place));
      dot.setAttribute("cy", along(value ?? 50));
      label.setAttribute("x", across(place));
      label.textContent = value === null ? "" : Math.round(value);
      label.setAttribute("y", along(value ?? 50) - 14);
    }
    const unset = points.length - set.length;
    count.textContent = unset === points.length ? `${unset} points to set.` : unset ? `${unset} of ${points.length} points still to set.` : "All points are set. Move any of them as you like.";
  }

  let before = null;
  let frozen = false;
  function at(event) {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    const y = ((event.clientY - box.top) / box.height) * height;
    const level = ((height - bottom - y) / (height - top - bottom)) * 100;
    return { x, level: Math.round(Math.min(100, Math.max(0, level))) };
  }
  function stroke(event) {
    const now = at(event);
    const from = before ?? now;
    const reach = (across(last) - across(first)) / (places.length - 1) / 2;
    for (const { place, range } of points) {
      const x = across(place);
      const passed = (from.x - x) * (now.x - x) <= 0 && from.x !== now.x;
      const nearest = !before && Math.abs(now.x - x) <= reach;
      if (!passed && !nearest && Math.abs(now.x - x) > reach / 3) continue;
      const share = passed ? (x - from.x) / (now.x - from.x) : 1;
      range.put(Math.round(from.level + share * (now.level - from.level)), "");
    }
    before = now;
    draw();
  }
  svg.addEventListener("pointerdown", (event) => {
    if (frozen || event.button !== 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    stroke(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (before) stroke(event);
  });
  svg.addEventListener("lostpointercapture", () => {
    if (before) changed();
    before = null;
  });

  const ends = (axis) => (axis.low || axis.high ? ` (${[axis.low && `0 is ${axis.low}`, axis.high && `100 is ${axis.high}`].filter(Boolean).join(", ")})` : "");
  const count = choreoElement("p", { class: "choreo-predict-count" });
  const element = choreoElement(
    "div",
    { class: "choreo-predict-curve" },
    choreoElement("p", { class: "choreo-predict-axis" }, choreoElement("strong", {}, face.y.label), face.y.unit ? `, ${face.y.unit}` : "", ends(face.y)),
    choreoElement("div", { class: "choreo-predict-stage" }, svg, choreoElement("div", { class: "choreo-predict-ranges", role: "group", "aria-label": `${face.y.label}: one slider for each point` }, ...points.map((point) => point.range.input))),
    choreoElement("p", { class: "choreo-predict-axis choreo-predict-across" }, choreoElement("span", {}, face.x.low ?? ""), choreoElement("strong", {}, face.x.label, face.x.unit ? `, ${face.x.unit}` : ""), choreoElement("span", {}, face.x.high ?? "")),
    count,
    choreoElement("p", { class: "choreo-unseen" }, "With the keyboard: move from point to point with Tab, and up or down with the arrow keys."),
  );
  axes();
  const watch = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width < 1) return;
    width = Math.round(contentRect.width);
    height = Math.round(Math.min(340, Math.max(250, width * 0.55)));
    axes();
  });
  watch.observe(svg.parentElement);

  return {
    element,
    close: () => watch.disconnect(),
    read() {
      const curve = points.map((point) => point.range.value);
      const missing = curve.filter((value) => value === null).length;
      if (!missing) return { answer: { curve } };
      points.find((point) => point.range.value === null).range.input.focus();
      return { missing: `Draw through all ${points.length} points first: ${missing} ${missing === 1 ? "is" : "are"} left.` };
    },
    draft: () => ({ curve: points.map((point) => point.range.value) }),
    write(answer) {
      points.forEach((point, index) => point.range.put(answer.curve[index], ""));
      draw();
    },
    freeze(locked) {
      frozen = locked;
      svg.toggleAttribute("data-locked", locked);
      for (const { range } of points) range.input.disabled = locked;
      count.hidden = locked;
    },
  };
}

function predictNumber({ face, id, changed }) {
  const bounds = { min: face.low, max: face.high, step: face.step };
  const box = choreoElement("input", { type: "number", id: `${id}-number`, inputmode: "decimal", ...bounds, "aria-describedby": `${id}-bounds`, oninput: typed });
  const range = predictRange({ ...bounds, "aria-label": face.label }, () => {
    box.value = range.value;
    sync();
    changed();
  });
  const element = choreoElement(
    "div",
    { class: "choreo-predict-number" },
    choreoElement("label", { for: box.id }, face.label),
    choreoElement("div", { class: "choreo-predict-box" }, box, face.unit ? choreoElement("span", {}, face.unit) : null),
    choreoElement("div", { class: "choreo-predict-scale" }, range.input, choreoElement("p", { id: `${id}-bounds` }, choreoElement("span", {}, String(face.low)), choreoElement("span", { class: "choreo-unseen" }, " to "), choreoElement("span", {}, String(face.high)))),
  );
  const number = () => (box.value.trim() === "" || Number.isNaN(box.valueAsNumber) ? null : box.valueAsNumber);
  const fits = (value) => value !== null && value >= face.low && value <= face.high;
  sync();

  function typed() {
    sync();
    changed();
  }
  function sync() {
    const value = number();
    range.put(fits(value) ? value : null, `${value} ${face.unit}`);
  }

  return {
    element,
    read() {
      if (fits(number())) return { answer: { number: number() } };
      box.focus();
      return { missing: `Give a number from ${face.low} to ${face.high} first.` };
    },
    draft: () => ({ number: number() }),
    write(answer) {
      box.value = answer.number ?? "";
      sync();
    },
    freeze(locked) {
      box.readOnly = locked;
      range.input.disabled = locked;
    },
  };
}

function predictChoice({ face, id, changed }) {
  const inputs = face.options.map((option) => choreoElement("input", { type: "radio", name: id, value: option.id, onchange: changed }));
  const element = choreoElement(
    "fieldset",
    { class: "choreo-predict-choice" },
    choreoElement("legend", { class: "choreo-unseen" }, "Choose one."),
    ...face.options.map((option, at) => choreoElement("label", { class: "choreo-pick" }, inputs[at], choreoElement("span", { html: option.text }))),
  );
  const chosen = () => inputs.find((input) => input.checked)?.value ?? null;
  return {
    element,
    read: () => (chosen() ? { answer: { chosen: chosen() } } : { missing: "Choose an option first." }),
    draft: () => ({ chosen: chosen() }),
    write: (answer) => inputs.forEach((input) => (input.checked = input.value === answer.chosen)),
    freeze: (locked) => inputs.forEach((input) => (input.disabled = locked)),
  };
}

function predict(context) {
  const form = { curve: predictCurve, number: predictNumber, choice: predictChoice }[context.face.form](context);
  return {
    ...form,
    plain: true,
    eyebrow: "Your prediction",
    action: "Lock in my prediction",
    again: "Lock in my prediction",
    kept: "Locked in",
    confirm: { question: "Lock it in? It stays as it is, and you will see it beside what happens.", yes: "Yes, lock it in", no: "Not yet" },
    show(state) {
      form.freeze(state.locked);
    },
  };
}

export default { render: (context) => choreoCard(context, predict) };
