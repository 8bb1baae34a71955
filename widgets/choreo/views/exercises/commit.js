function commit({ face, id, changed }) {
  const today = new Date();
  const least = new Date(today.getTime() - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const field = (name, box) => {
    const help = face[name].help ? choreoElement("p", { class: "choreo-commit-help", id: `${id}-${name}-help`, html: face[name].help }) : null;
    box.id = `${id}-${name}`;
    if (help) box.setAttribute("aria-describedby", help.id);
    box.required = true;
    box.addEventListener("input", changed);
    return { box, element: choreoElement("div", { class: `choreo-commit-field choreo-commit-${name}` }, choreoElement("label", { for: box.id }, face[name].label), help, box) };
  };
  const fields = {
    what: field("what", choreoElement("textarea", { rows: 2, maxlength: 1000 })),
    whom: field("whom", choreoElement("input", { type: "text", maxlength: 1000, autocomplete: "off" })),
    by: field("by", choreoElement("input", { min: least, max: "2099-12-31" })),
  };
  // To make a date's field takes a quarter of what all cards of a lesson take: it comes when the page has nothing else to do.
  (globalThis.requestIdleCallback ?? setTimeout)(() => {
    const [plain, dated] = [fields.by.box, fields.by.box.cloneNode()];
    dated.type = "date";
    dated.value = plain.value;
    dated.addEventListener("input", changed);
    const held = document.activeElement === plain;
    plain.replaceWith(dated);
    fields.by.box = dated;
    if (held) dated.focus();
  }, { timeout: 1000 });
  const names = Object.keys(fields);
  const inputs = choreoElement("div", { class: "choreo-commit-fields" }, ...names.map((name) => fields[name].element));
  const promise = choreoElement("div", { class: "choreo-commit-promise", hidden: true });
  const change = choreoElement("button", { type: "button", class: "choreo-button", onclick: edit }, "Change it");
  const element = choreoElement("div", { class: "choreo-commit" }, promise, inputs);
  const draft = () => Object.fromEntries(names.map((name) => [name, fields[name].box.value]));
  let seen = "";

  function edit() {
    promise.hidden = true;
    inputs.hidden = false;
    fields.what.box.focus();
  }

  function fold(answer) {
    const line = (name, text) => [choreoElement("dt", {}, face[name].label), choreoElement("dd", {}, text)];
    promise.replaceChildren(
      choreoElement("dl", {}, ...line("what", answer.what), ...line("whom", answer.whom), ...line("by", choreoDay(answer.by))),
      change,
    );
    promise.hidden = false;
    inputs.hidden = true;
  }

  function show(state) {
    const now = `${state.at} ${state.tries}`;
    if (!state.answer || now === seen || JSON.stringify(state.answer) !== JSON.stringify(draft())) return;
    seen = now;
    fold(state.answer);
  }

  return {
    element,
    plain: true,
    eyebrow: "Commitment",
    action: "I commit to this",
    again: "Keep the change",
    read() {
      const empty = names.find((name) => !fields[name].box.value.trim());
      if (empty) {
        fields[empty].box.focus();
        return { missing: empty === "by" ? `“${face.by.label}”: choose a day.` : `“${face[empty].label}” is still empty. A few words are enough.` };
      }
      if (fields.by.box.value < least) {
        fields.by.box.focus();
        return { missing: `“${face.by.label}”: this day is over; choose today or a later one.` };
      }
      return { answer: draft() };
    },
    draft,
    write(answer) {
      for (const name of names) fields[name].box.value = answer[name] ?? "";
      promise.hidden = true;
      inputs.hidden = false;
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, commit) };
