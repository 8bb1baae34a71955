function choice({ face, id, changed }) {
  const type = face.several ? "checkbox" : "radio";
  const options = face.options.map((option) => {
    const input = choreoElement("input", { type, name: id, value: option.id, onchange: moved });
    const note = choreoElement("div", { class: "choreo-choice-note", id: `${id}-${option.id}` });
    const label = choreoElement("label", { class: "choreo-pick" }, input, choreoElement("span", { html: option.text }));
    return { ...option, input, note, row: choreoElement("div", { class: "choreo-choice-option" }, label, note) };
  });
  const element = choreoElement(
    "fieldset",
    { class: "choreo-choice" },
    choreoElement("legend", {}, face.several ? "Choose all that apply." : "Choose one."),
    ...options.map((option) => option.row),
  );
  const chosen = () => options.filter((option) => option.input.checked).map((option) => option.id);

  function moved() {
    changed();
  }

  function show(state, notes) {
    const taken = (state.solution ?? state.answer)?.chosen ?? [];
    const open = state.score === 1 || state.solution !== null;
    for (const option of options) {
      const note = notes.find((one) => one.part === option.id);
      option.note.replaceChildren();
      option.input.removeAttribute("aria-describedby");
      if (!note) continue;
      const took = taken.includes(option.id);
      if (took || open) {
        const word = took ? (note.right ? "Yes" : "Not this one") : note.right ? "This one too" : "Rightly left out";
        option.note.append(choreoNote(word, took === note.right, note.text));
      } else {
        option.note.append(
          choreoElement("details", {}, choreoElement("summary", {}, "What about this one?", choreoElement("span", { class: "choreo-unseen", html: ` ${option.text}` })),
            choreoNote(note.right ? "This belongs to the answer" : "Rightly left out", !note.right, note.text)),
        );
      }
      if (took) option.input.setAttribute("aria-describedby", option.note.id);
    }
  }

  return {
    element,
    eyebrow: face.several ? "Choose all that apply" : "Choose one",
    action: "Check",
    again: "Check again",
    read: () => (chosen().length ? { answer: { chosen: chosen() } } : { missing: "Choose an option first." }),
    draft: () => ({ chosen: chosen() }),
    write: (answer) => options.forEach((option) => (option.input.checked = answer.chosen.includes(option.id))),
    show,
  };
}

export default { render: (context) => choreoCard(context, choice) };
