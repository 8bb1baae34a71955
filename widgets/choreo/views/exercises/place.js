function placeSvg(tag, attributes = {}, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** How far along a scale, in words. */
function placeWords(scale, value) {
  if (value === null) return "not set yet";
  const side = value === 50 ? "in the middle" : value > 50 ? `nearer to ${scale.high}` : `nearer to ${scale.low}`;
  return `${Math.round(value)} of 100, ${side}`;
}

/** A slider for one direction; it has no value before it was touched. */
function placeSlider(scale, id, moved) {
  const words = choreoElement("span", { class: "choreo-place-value" });
  const input = choreoElement("input", { type: "range", id, min: 0, max: 100, step: 1, oninput: () => {
    value = Number(input.value);
    tell();
    moved();
  } });
  let value = null;
  function tell() {
    input.value = value ?? 50;
    input.toggleAttribute("data-unset", value === null);
    input.setAttribute("aria-valuetext", placeWords(scale, value));
    words.textContent = value === null ? "not set yet" : `${Math.round(value)} of 100`;
  }
  tell();
  const element = choreoElement(
    "div",
    { class: "choreo-place-slider" },
    choreoElement("label", { for: id }, choreoElement("span", {}, scale.label), choreoElement("span", { "aria-hidden": "true" }, words)),
    input,
    choreoElement("p", { "aria-hidden": "true" }, choreoElement("span", {}, scale.low), choreoElement("span", {}, scale.high)),
  );
  return {
    element,
    input,
    get value() {
      return value;
    },
    put(next) {
      value = typeof next === "number" ? Math.min(100, Math.max(0, next)) : null;
      tell();
    },
  };
}

function place({ face, id, changed }) {
  const plane = face.up !== null;
  const across = placeSlider(face.across, `${id}-across`, moved);
  const up = plane ? placeSlider(face.up, `${id}-up`, moved) : null;
  const sliders = plane ? [across, up] : [across];
  const svg = placeSvg("svg", { class: "choreo-place-field", "aria-hidden": "true" });
  const [side, height] = plane ? [400, 400] : [400, 116];
  const margin = 18;
  svg.setAttribute("viewBox", `0 0 ${side} ${height}`);
  const x = (value) => margin + (value / 100) * (side - 2 * margin);
  const y = (value) => (plane ? height - margin - (value / 100) * (height - 2 * margin) : height / 2);
  const frame = placeSvg("g", {});
  const others = placeSvg("g", {});
  const invite = placeSvg("text", { x: side / 2, y: plane ? height / 2 - 12 : height / 2 - 24, "text-anchor": "middle", class: "choreo-place-invite" }, plane ? "Tap or drag to put it here" : "Tap or drag along the line");
  const mine = placeSvg("g", { class: "choreo-place-mine" });
  const sign = (which) => choreoElement("span", { class: `choreo-place-key choreo-place-key-${which}`, "aria-hidden": "true" });
  const key = choreoElement("p", { class: "choreo-place-legend", "aria-hidden": "true", hidden: true });
  const dot = placeSvg("circle", { r: 12 });
  const name = placeSvg("text", { "text-anchor": "middle" }, face.what.length <= 24 ? face.what : "You");
  mine.append(dot, name);
  if (plane) {
    for (const at of [25, 50, 75]) {
      frame.append(
        placeSvg("line", { x1: x(at), x2: x(at), y1: y(0), y2: y(100), "data-middle": at === 50 }),
        placeSvg("line", { x1: x(0), x2: x(100), y1: y(at), y2: y(at), "data-middle": at === 50 }),
      );
    }
  } else {
    frame.append(placeSvg("line", { x1: x(0), x2: x(100), y1: y(0), y2: y(0), "data-middle": true }));
    for (const at of [0, 25, 50, 75, 100]) frame.append(placeSvg("line", { x1: x(at), x2: x(at), y1: y(0) - 7, y2: y(0) + 7 }));
  }
  const theirs = placeSvg("g", {});
  svg.append(frame, others, invite, mine, theirs);
  const field = plane
    ? choreoElement(
        "div",
        { class: "choreo-place-plane" },
        choreoElement("p", { class: "choreo-place-end choreo-place-top", "aria-hidden": "true" }, choreoElement("strong", {}, face.up.label), ` ↑ ${face.up.high}`),
        svg,
        choreoElement("p", { class: "choreo-place-end", "aria-hidden": "true" }, `↓ ${face.up.low}`),
        choreoElement("p", { class: "choreo-place-end choreo-place-foot", "aria-hidden": "true" }, choreoElement("span", {}, `←\u00a0${face.across.low}`), choreoElement("strong", {}, face.across.label), choreoElement("span", {}, `${face.across.high}\u00a0→`)),
      )
    : choreoElement(
        "div",
        { class: "choreo-place-plane", "data-line": true },
        svg,
        choreoElement("p", { class: "choreo-place-end choreo-place-foot", "aria-hidden": "true" }, choreoElement("span", {}, `←\u00a0${face.across.low}`), choreoElement("strong", {}, face.across.label), choreoElement("span", {}, `${face.across.high}\u00a0→`)),
      );
  field.append(key);
  const element = choreoElement("div", { class: "choreo-place" }, field, choreoElement("div", { class: "choreo-place-sliders", role: "group", "aria-label": plane ? "The same with two sliders" : "The same with a slider" }, ...sliders.map((slider) => slider.element)));
  const after = choreoElement("div", { class: "choreo-place-after", hidden: true });
  let told = null; // what was shown beside one's own point
  let held = false;

  function moved() {
    draw();
    changed();
  }

  function draw() {
    const set = sliders.some((slider) => slider.value !== null);
    invite.style.display = set ? "none" : "";
    mine.style.display = set ? "" : "none";
    const [left, top] = [x(across.value ?? 50), y(up?.value ?? 50)];
    dot.setAttribute("cx", left);
    dot.setAttribute("cy", top);
    const expert = told ? [x(told.expert.x), y(told.expert.y ?? 50)] : null;
    const above = expert && Math.abs(expert[0] - left) < 110 && expert[1] <= top && top - expert[1] < 50;
    name.setAttribute("y", top < 44 || above ? top + 30 : top - 19);
    const room = (name.textContent.length * 8.6) / 2;
    name.setAttribute("x", Math.min(side - room - 4, Math.max(room + 4, left)));
    key.hidden = !told;
  }

  function beside() {
    key.replaceChildren(
      ...[["mine", face.what], ["expert", told?.expert.who], ["other", told?.cohort ? "others" : null]]
        .filter(([, words]) => words)
        .map(([which, words]) => choreoElement("span", {}, sign(which), words)),
    );
    others.replaceChildren();
    theirs.replaceChildren();
    if (!told) return;
    const { expert, cohort } = told;
    for (const [left, top] of cohort?.points ?? []) others.append(placeSvg("circle", { cx: x(left), cy: y(top ?? 50), r: 6, class: "choreo-place-other" }));
    const [left, top] = [x(expert.x), y(expert.y ?? 50)];
    theirs.append(placeSvg("path", { d: `M${left} ${top - 11}L${left + 11} ${top}L${left} ${top + 11}L${left - 11} ${top}Z`, class: "choreo-place-expert" }));
  }

  function table() {
    const scales = plane ? [face.across, face.up] : [face.across];
    const row = (which, who, values) =>
      choreoElement("tr", {}, choreoElement("th", { scope: "row" }, sign(which), who), ...values.map((value) => choreoElement("td", {}, String(Math.round(value)))));
    const { expert, cohort } = told;
    const answer = told.answer;
    return choreoElement(
      "table",
      { class: "choreo-place-table" },
      choreoElement("caption", { class: "choreo-unseen" }, "Where each puts it, from 0 to 100"),
      choreoElement("thead", {}, choreoElement("tr", {}, choreoElement("td", {}), ...scales.map((scale) => choreoElement("th", { scope: "col" }, scale.label, choreoElement("span", {}, ` (0 ${scale.low}, 100 ${scale.high})`))))),
      choreoElement(
        "tbody",
        {},
        row("mine", face.what, plane ? [answer.x, answer.y] : [answer.x]),
        row("expert", expert.who, plane ? [expert.x, expert.y] : [expert.x]),
        cohort ? row("other", "The middle of the others", cohort.middle) : null,
      ),
    );
  }

  function show(state) {
    const shown = state.unfolded?.expert && state.answer ? { ...state.unfolded, answer: state.answer } : null;
    after.hidden = !shown;
    if (JSON.stringify(shown) === JSON.stringify(told)) return;
    told = shown;
    beside();
    draw();
    if (!told) return;
    after.replaceChildren(
      choreoElement("h4", {}, told.expert.who),
      choreoElement("div", { class: "choreo-place-why", html: told.expert.prose }),
      choreoElement("h4", {}, "What the others say"),
      told.cohort ? choreoElement("p", { html: told.cohort.text }) : choreoElement("p", {}, "Not enough people yet. Their places are shown from five people on, without names."),
      table(),
    );
  }

  function point(event) {
    const box = svg.getBoundingClientRect();
    const left = ((event.clientX - box.left) / box.width) * side;
    const top = ((event.clientY - box.top) / box.height) * height;
    across.put(Math.round(((left - margin) / (side - 2 * margin)) * 100));
    up?.put(Math.round(((height - margin - top) / (height - 2 * margin)) * 100));
    draw();
  }
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    held = true;
    point(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (held) point(event);
  });
  svg.addEventListener("lostpointercapture", () => {
    held = false;
    changed();
  });
  draw();

  const answer = () => (plane ? { x: across.value, y: up.value } : { x: across.value });
  return {
    element,
    after,
    plain: true,
    eyebrow: "Where would you put it?",
    action: "Compare",
    again: "Compare again",
    read() {
      const open = sliders.find((slider) => slider.value === null);
      if (!open) return { answer: answer() };
      open.input.focus();
      return { missing: plane ? "Put it somewhere on the plane first, or set both sliders." : "Put it somewhere on the line first." };
    },
    draft: answer,
    write(given) {
      across.put(given.x);
      up?.put(given.y);
      draw();
      beside();
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, place) };
