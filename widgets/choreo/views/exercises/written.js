function written({ face, id, changed }) {
  const fields = face.fields.map((field) => {
    const help = field.help ? choreoElement("p", { class: "choreo-written-help", id: `${id}-${field.id}-help`, html: field.help }) : null;
    const box = choreoElement("textarea", {
      id: `${id}-${field.id}`,
      rows: field.rows,
      maxlength: 5000,
      required: !field.optional,
      "aria-describedby": help?.id,
      oninput: changed,
    });
    const label = choreoElement("label", { for: box.id }, field.label, field.optional ? choreoElement("span", {}, " (if you like)") : null);
    return { ...field, box, element: choreoElement("div", { class: "choreo-written-field" }, label, help, box) };
  });
  const checks = face.criteria.map((one) => {
    const input = choreoElement("input", { type: "checkbox", value: one.id, onchange: changed });
    return { ...one, input, element: choreoElement("label", { class: "choreo-pick" }, input, choreoElement("span", { html: one.text })) };
  });
  const element = choreoElement(
    "div",
    { class: "choreo-written" },
    ...fields.map((field) => field.element),
    checks.length ? choreoElement("fieldset", { class: "choreo-written-checks" }, choreoElement("legend", {}, "Read it once more. Tick what is true of it."), ...checks.map((one) => one.element)) : null,
  );
  const example = choreoElement("div", { class: "choreo-written-example", hidden: true });
  const texts = () => Object.fromEntries(fields.map((field) => [field.id, field.box.value]));
  const met = () => checks.filter((one) => one.input.checked).map((one) => one.id);
  const draft = () => ({ fields: texts(), met: met() });

  function show(state) {
    const shown = state.reveal?.example;
    example.hidden = !shown;
    if (!shown || example.children.length) return;
    example.append(
      choreoElement("h4", {}, "For comparison: a worked example"),
      ...(state.reveal.about ? [choreoElement("div", { class: "choreo-written-about", html: state.reveal.about })] : []),
      choreoElement("dl", {}, ...fields.filter((field) => shown[field.id]).flatMap((field) => [choreoElement("dt", {}, field.label), choreoElement("dd", { html: shown[field.id] })])),
    );
  }

  return {
    element,
    after: example,
    plain: true,
    eyebrow: "In your own words",
    action: "Keep",
    again: "Keep the change",
    read() {
      const empty = fields.find((field) => !field.optional && !field.box.value.trim());
      if (!empty) return { answer: draft() };
      empty.box.focus();
      return { missing: `“${empty.label}” is still empty. A few words are enough to begin with.` };
    },
    draft,
    write(answer) {
      for (const field of fields) field.box.value = answer.fields[field.id] ?? "";
      for (const one of checks) one.input.checked = answer.met.includes(one.id);
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, written) };
