function cloze({ face, id, changed }) {
  const gaps = new Map(face.gaps.map((gap, at) => [gap.id, makeGap(gap, at)]));
  const passage = choreoPassage(face.prose, (name) => gaps.get(name)?.element ?? `{{${name}}}`);
  const notes = choreoElement("ol", { class: "choreo-cloze-notes", hidden: true });
  const element = choreoElement("div", { class: "choreo-cloze", role: "group", "aria-label": "Text with gaps" }, passage, notes);

  function makeGap(gap, at) {
    const sign = choreoElement("span", { class: "choreo-cloze-sign", "aria-hidden": "true" });
    const moved = () => {
      delete made.element.dataset.verdict;
      sign.replaceChildren();
      changed();
    };
    const shared = { class: "choreo-cloze-field", "aria-label": gap.label };
    const field = gap.options
      ? choreoElement("select", { ...shared, onchange: moved }, choreoElement("option", { value: "" }, "choose…"), ...gap.options.map((text) => choreoElement("option", { value: text }, text)))
      : choreoElement("input", { ...shared, type: "text", maxlength: 200, autocomplete: "off", autocapitalize: "none", spellcheck: "false", oninput: moved });
    const number = face.gaps.length > 1 ? choreoElement("span", { class: "choreo-cloze-number", "aria-hidden": "true" }, String(at + 1)) : null;
    const made = { ...gap, at, field, sign, element: choreoElement("span", { class: "choreo-cloze-gap" }, number, field, sign) };
    return made;
  }

  function show(state, found) {
    const sent = (state.solution ?? state.answer)?.filled ?? {};
    notes.replaceChildren();
    notes.hidden = found.length === 0;
    for (const [name, gap] of gaps) {
      const note = found.find((one) => one.part === name);
      delete gap.element.dataset.verdict;
      gap.sign.replaceChildren();
      gap.field.removeAttribute("aria-describedby");
      if (!note) continue;
      if ((sent[name] ?? "").trim() === gap.field.value.trim()) {
        gap.element.dataset.verdict = note.right ? "right" : "apart";
        gap.sign.append(choreoSign(note.right ? "right" : "apart"));
      }
      const text = choreoNote(`“${(sent[name] ?? "").trim()}” ${note.right ? "fits" : "does not fit yet"}`, note.right, note.text);
      text.id = `${id}-${name}-note`;
      gap.field.setAttribute("aria-describedby", text.id);
      notes.append(choreoElement("li", { value: gap.at + 1 }, text));
    }
  }

  return {
    element,
    eyebrow: "Fill the gaps",
    action: "Check",
    again: "Check again",
    read() {
      const empty = [...gaps.values()].filter((gap) => !gap.field.value.trim());
      if (empty.length === 0) return { answer: { filled: filled() } };
      empty[0].field.focus();
      return { missing: `Fill every gap first: ${empty.length} ${empty.length === 1 ? "is" : "are"} empty.` };
    },
    draft: () => ({ filled: filled() }),
    write(answer) {
      for (const [name, gap] of gaps) gap.field.value = answer.filled[name] ?? "";
    },
    show,
  };

  function filled() {
    return Object.fromEntries([...gaps].map(([name, gap]) => [name, gap.field.value]));
  }
}

export default { render: (context) => choreoCard(context, cloze) };
