function estimate({ face, id, changed }) {
  const words = { low: "At least", high: "At most", guess: "My best guess" };
  const said = (number) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 }).format(number);
  const unit = face.unit ? ` ${face.unit}` : "";
  const help = choreoElement("p", { class: "choreo-estimate-help", id: `${id}-help` }, `Give a range that you are ${face.level} % sure holds the true number: about ${odds(face.level)} such ranges may miss. First its two ends, then your best guess.`);
  const fields = Object.fromEntries(["low", "high", "guess"].map((name) => [name, makeField(name)]));
  const band = choreoElement("span", { class: "choreo-estimate-band", hidden: true });
  const marks = Object.fromEntries(["low", "high", "guess"].map((name) => [name, choreoElement("span", { class: "choreo-estimate-handle", "data-end": name, hidden: true })]));
  const flag = choreoElement("span", {});
  const truth = choreoElement("span", { class: "choreo-estimate-truth", hidden: true }, flag);
  const track = choreoElement("div", { class: "choreo-estimate-track", onpointerdown: grab }, band, ...Object.values(marks), truth);
  const ends = choreoElement("div", { class: "choreo-estimate-ends" }, choreoElement("span", {}, said(face.low)), choreoElement("span", {}, `${said(face.high)}${unit}`));
  const scale = choreoElement("div", { class: "choreo-estimate-scale", "aria-hidden": "true" }, track, ends);
  const element = choreoElement(
    "fieldset",
    { class: "choreo-estimate", "aria-describedby": `${id}-help` },
    choreoElement("legend", {}, face.label),
    help,
    choreoElement("div", { class: "choreo-estimate-fields" }, ...Object.values(fields).map((field) => field.element)),
    scale,
  );
  const about = choreoElement("div", { class: "choreo-estimate-about", hidden: true });
  let done = false;

  function odds(level) {
    const one = 100 / (100 - level);
    return Number.isInteger(one) ? `one in ${{ 2: "two", 4: "four", 5: "five", 10: "ten", 20: "twenty" }[one] ?? one}` : `${100 - level} in 100`;
  }

  function makeField(name) {
    const input = choreoElement("input", { type: "number", inputmode: "decimal", min: face.low, max: face.high, step: "any", autocomplete: "off", oninput: moved });
    const label = choreoElement("label", {}, choreoElement("span", {}, words[name]), choreoElement("span", { class: "choreo-estimate-input" }, input, face.unit ? choreoElement("span", { class: "choreo-estimate-unit" }, face.unit) : null));
    return { input, element: label, value: () => (input.value === "" ? null : Number(input.value)) };
  }

  function moved() {
    draw();
    changed();
  }

  function place(number) {
    return `${(100 * (Math.min(Math.max(number, face.low), face.high) - face.low)) / (face.high - face.low)}%`;
  }

  function draw() {
    const { low, high } = { low: fields.low.value(), high: fields.high.value() };
    for (const [name, mark] of Object.entries(marks)) {
      const value = fields[name].value();
      mark.hidden = value === null;
      if (value !== null) mark.style.left = place(value);
    }
    band.hidden = low === null || high === null || low > high;
    if (band.hidden) return;
    band.style.left = place(low);
    band.style.right = `calc(100% - ${place(high)})`;
  }

  function number(event) {
    const box = track.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    const steps = Math.round((share * (face.high - face.low)) / face.step);
    return Math.min(face.high, Number((face.low + steps * face.step).toPrecision(12)));
  }

  /** The first stroke draws the range; then its ends and the best guess can be moved. */
  function grab(event) {
    if (event.button !== 0 || done) return;
    event.preventDefault();
    const from = number(event);
    const [low, high, guess] = ["low", "high", "guess"].map((name) => fields[name].value());
    const fresh = low === null || high === null;
    const inside = !fresh && from > low && from < high;
    const near = (name) => Math.abs(fields[name].value() - from);
    const name = fresh ? null : guess === null && inside ? "guess" : ["low", "high", ...(guess === null ? [] : ["guess"])].sort((one, other) => near(one) - near(other))[0];
    const move = (at) => {
      const now = number(at);
      if (fresh) [fields.low.input.value, fields.high.input.value] = [Math.min(from, now), Math.max(from, now)];
      else if (name === "guess") fields.guess.input.value = Math.min(Math.max(now, low), high);
      else fields[name].input.value = name === "low" ? Math.min(now, guess ?? high) : Math.max(now, guess ?? low);
      moved();
    };
    track.setPointerCapture(event.pointerId);
    move(event);
    track.addEventListener("pointermove", move);
    track.addEventListener("lostpointercapture", () => track.removeEventListener("pointermove", move), { once: true });
  }

  function show(state, notes) {
    const told = state.solution !== null || state.answer !== null;
    done = told;
    for (const { input } of Object.values(fields)) input.readOnly = told;
    scale.toggleAttribute("data-done", told);
    const value = state.reveal.truth;
    truth.hidden = value === undefined || !told;
    about.hidden = truth.hidden || notes.length === 0;
    if (about.hidden) return about.replaceChildren();
    truth.style.left = place(value);
    truth.dataset.side = value > (face.low + face.high) / 2 ? "right" : "left";
    truth.dataset.tone = notes[0].right ? "right" : "apart";
    flag.textContent = `${said(value)}${unit}`;
    about.replaceChildren(
      ...(state.reveal.record ? [choreoElement("div", { class: "choreo-estimate-record", html: state.reveal.record })] : []),
      choreoNote(null, null, notes[0].text),
      choreoElement("div", { class: "choreo-estimate-sources" }, choreoElement("p", {}, "Where the number comes from"), ...state.reveal.sources.map((html) => choreoElement("div", { html }))),
    );
  }

  return {
    element,
    after: about,
    eyebrow: "Estimate",
    action: "Keep my estimate",
    again: "Keep my estimate",
    once: true,
    tone: (state) => (state.notes[0]?.right ? "right" : "apart"),
    read() {
      const empty = Object.values(fields).find((field) => field.value() === null);
      if (empty) {
        empty.input.focus();
        return { missing: "Give all three numbers: the two ends of your range, and your best guess." };
      }
      return { answer: draft() };
    },
    draft,
    write(answer) {
      for (const [name, field] of Object.entries(fields)) field.input.value = answer[name] ?? "";
      draw();
    },
    show,
  };

  function draft() {
    return Object.fromEntries(["low", "guess", "high"].map((name) => [name, fields[name].value()]));
  }
}

export default { render: (context) => choreoCard(context, estimate) };
