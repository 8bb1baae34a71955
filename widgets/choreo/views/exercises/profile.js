function profileSvg(tag, attributes = {}, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A name in short rows, so that it fits beside the circle. */
function profileRows(name) {
  const rows = [];
  for (const word of name.split(/\s+/)) {
    if (rows.length && rows.at(-1).length + word.length < 13) rows[rows.length - 1] += ` ${word}`;
    else rows.push(word);
  }
  return rows;
}

/** Dimensions round a circle; the first time is dashed, the newest filled. */
function profileRadar({ points, dimensions, again }) {
  const [width, reach] = [460, 128];
  const [left, top] = [width / 2, reach + 62];
  const lowest = Math.max(...dimensions.map((_, at) => -Math.cos((2 * Math.PI * at) / dimensions.length)));
  const height = Math.round(top + lowest * reach + 62);
  const spot = (at, value) => {
    const angle = (2 * Math.PI * at) / dimensions.length - Math.PI / 2;
    const far = (reach * (value - 0.5)) / (points - 0.5); // the least mark is not nothing
    return [left + far * Math.cos(angle), top + far * Math.sin(angle)];
  };
  const outline = (values) => `M${values.map((value, at) => spot(at, value).map((part) => part.toFixed(1)).join(" ")).join("L")}Z`;
  const svg = profileSvg("svg", { class: "choreo-profile-radar", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  for (let level = 1; level <= points; level += 1) {
    svg.append(profileSvg("path", { d: outline(dimensions.map(() => level)), class: level === points ? "choreo-profile-rim" : "choreo-profile-ring" }));
  }
  dimensions.forEach((dimension, at) => {
    const [x, y] = spot(at, points);
    svg.append(profileSvg("line", { x1: left, y1: top, x2: x, y2: y, class: "choreo-profile-ring" }));
    const [far, high] = [left + ((x - left) * (reach + 20)) / reach, top + ((y - top) * (reach + 20)) / reach];
    const anchor = Math.abs(far - left) < 12 ? "middle" : far > left ? "start" : "end";
    const rows = profileRows(choreoElement("span", { html: dimension.text }).textContent);
    const label = profileSvg("text", { "text-anchor": anchor });
    const rise = high < top - 60 ? rows.length - 1 : high > top + 60 ? 0 : (rows.length - 1) / 2;
    rows.forEach((row, number) => label.append(profileSvg("tspan", { x: far.toFixed(1), y: (high + 5 + (number - rise) * 18).toFixed(1) }, row)));
    svg.append(label);
  });
  for (const [which, values] of [["first", dimensions.map((one) => one.first ?? 1)], ["now", dimensions.map((one) => one.now)]]) {
    if (which === "first" && !again) continue;
    svg.append(profileSvg("path", { d: outline(values), class: `choreo-profile-${which}` }));
    values.forEach((value, at) => {
      const [cx, cy] = spot(at, value);
      svg.append(profileSvg("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: which === "now" ? 5 : 3.5, class: `choreo-profile-dot-${which}` }));
    });
  }
  return svg;
}

/** The same in figures, and what each dimension means. */
function profileTable({ points, dimensions, again }) {
  const figure = (value) => (value === null ? "–" : (Math.round(value * 10) / 10).toFixed(1));
  const change = ({ now, first }) => {
    if (first === null) return "–";
    const step = Math.round((now - first) * 10) / 10;
    return step === 0 ? "the same" : `${step > 0 ? "+" : "−"}${Math.abs(step).toFixed(1)}`;
  };
  const head = ["", ...(again ? ["First time", "Now", "Change"] : [`Of ${points}`])];
  return choreoElement(
    "table",
    { class: "choreo-profile-table" },
    choreoElement("caption", { class: "choreo-unseen" }, `Your profile in figures, from 1 to ${points}`),
    choreoElement("thead", {}, choreoElement("tr", {}, ...head.map((words) => choreoElement(words ? "th" : "td", words ? { scope: "col" } : {}, words)))),
    choreoElement(
      "tbody",
      {},
      ...dimensions.map((one) =>
        choreoElement(
          "tr",
          {},
          choreoElement("th", { scope: "row" }, choreoElement("span", { class: "choreo-profile-name", html: one.text }), choreoElement("span", { class: "choreo-profile-about", html: one.about.text })),
          ...(again ? [figure(one.first), figure(one.now), change(one)] : [figure(one.now)]).map((words) => choreoElement("td", {}, words)),
        ),
      ),
    ),
  );
}

function profile({ face, id, changed }) {
  const { points, low, high } = face.scale;
  const levels = Array.from({ length: points }, (_, at) => at + 1);
  const spoken = (level) => `${level}${level === 1 ? `, ${low}` : level === points ? `, ${high}` : ""}`;
  const statements = face.statements.map((one) => {
    const inputs = levels.map((level) => choreoElement("input", { type: "radio", name: `${id}-${one.id}`, value: level, "aria-label": spoken(level), onchange: moved }));
    const marks = levels.map((level, at) => choreoElement("label", { class: "choreo-profile-mark" }, inputs[at], choreoElement("span", { "aria-hidden": "true" }, String(level))));
    const element = choreoElement(
      "fieldset",
      { class: "choreo-profile-statement" },
      choreoElement("legend", { html: one.text }),
      choreoElement("div", { class: "choreo-profile-scale" }, choreoElement("span", { "aria-hidden": "true" }, low), choreoElement("div", { class: "choreo-profile-marks" }, ...marks), choreoElement("span", { "aria-hidden": "true" }, high)),
    );
    const mark = () => Number(inputs.find((input) => input.checked)?.value ?? 0);
    return { ...one, element, inputs, mark };
  });
  const count = choreoElement("p", { class: "choreo-profile-count" });
  const element = choreoElement("div", { class: "choreo-profile" }, ...statements.map((one) => one.element), count);
  const after = choreoElement("div", { class: "choreo-profile-after", hidden: true });
  const marks = () => Object.fromEntries(statements.filter((one) => one.mark()).map((one) => [one.id, one.mark()]));
  let drawn = "";
  tally();

  function moved() {
    tally();
    changed();
  }

  function tally() {
    const left = statements.filter((one) => !one.mark()).length;
    count.textContent = left === 0 ? "All marked." : `${left} of ${statements.length} still to mark.`;
  }

  function show(state) {
    const found = state.unfolded?.dimensions ? state.unfolded : null;
    after.hidden = !found;
    const mark = JSON.stringify(found);
    if (!found || mark === drawn) return;
    drawn = mark;
    const key = found.again
      ? choreoElement("p", { class: "choreo-profile-key", "aria-hidden": "true" }, choreoElement("span", { class: "choreo-profile-key-first" }, "the first time"), choreoElement("span", { class: "choreo-profile-key-now" }, "now"))
      : null;
    after.replaceChildren(choreoElement("h4", {}, found.again ? "Then and now" : "Your picture today"), ...[key].filter(Boolean), profileRadar(found), profileTable(found));
  }

  return {
    element,
    after,
    plain: true,
    eyebrow: "A picture of yourself",
    action: "Draw my picture",
    again: "Draw it anew",
    read() {
      const open = statements.filter((one) => !one.mark());
      if (open.length === 0) return { answer: { marks: marks() } };
      open[0].inputs[0].focus();
      return { missing: `Mark every statement first: ${open.length} ${open.length === 1 ? "is" : "are"} left.` };
    },
    draft: () => ({ marks: marks() }),
    write(answer) {
      for (const one of statements) {
        for (const input of one.inputs) input.checked = answer.marks[one.id] === Number(input.value);
      }
      tally();
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, profile) };
