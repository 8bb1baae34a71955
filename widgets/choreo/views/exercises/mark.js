function mark({ face, id, changed }) {
  const count = choreoElement("p", { class: "choreo-mark-count" });
  const spans = new Map(face.spans.map((span) => [span.id, makeSpan(span)]));
  const passage = choreoPassage(face.prose, (name) => spans.get(name)?.element ?? `{{${name}}}`);
  const notes = choreoElement("div", { class: "choreo-mark-notes", hidden: true });
  const element = choreoElement("div", { class: "choreo-mark" }, choreoElement("div", { role: "group", "aria-label": "Text with phrases to mark" }, passage), count, notes);
  tally();

  function makeSpan(span) {
    // A span and no button element: a button cannot break over lines as a phrase in a text does.
    const made = choreoElement("span", {
      class: "choreo-mark-span",
      role: "button",
      tabindex: "0",
      "aria-pressed": "false",
      html: span.text,
      onclick: toggle,
      onkeydown: (event) => {
        if (event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        toggle();
      },
    });
    function toggle() {
      made.setAttribute("aria-pressed", String(made.getAttribute("aria-pressed") !== "true"));
      delete made.dataset.verdict;
      made.removeAttribute("aria-describedby");
      tally();
      changed();
    }
    return { ...span, element: made, marked: () => made.getAttribute("aria-pressed") === "true", plain: made.textContent };
  }

  function marked() {
    return [...spans.values()].filter((span) => span.marked()).map((span) => span.id);
  }

  function tally() {
    const many = marked().length;
    count.textContent = `${spans.size} phrases can be marked. ${many === 0 ? "None is yet." : `${many} ${many === 1 ? "is" : "are"}.`}`;
  }

  function show(state, found) {
    const sent = (state.solution ?? state.answer)?.marked ?? [];
    const rest = [];
    notes.replaceChildren();
    notes.hidden = found.length === 0;
    for (const [name, span] of spans) {
      const note = found.find((one) => one.part === name);
      delete span.element.dataset.verdict;
      span.element.removeAttribute("aria-describedby");
      if (!note) continue;
      const took = sent.includes(name);
      const told = took || state.score === 1 || state.solution !== null;
      if (took && span.marked()) span.element.dataset.verdict = note.right ? "right" : "apart";
      const word = took ? (note.right ? "Yes" : "Not this one") : note.right ? "This one too" : "Rightly left";
      const text = choreoElement("div", { class: "choreo-mark-note", id: `${id}-${name}-note` }, choreoElement("p", { class: "choreo-mark-quote", html: span.text }), choreoNote(word, took === note.right, note.text));
      if (took) notes.append(text);
      else rest.push(text);
      if (told) span.element.setAttribute("aria-describedby", text.id);
    }
    if (rest.length) notes.append(choreoElement("details", {}, choreoElement("summary", {}, `What about the ${rest.length === 1 ? "other one" : "others"}?`), ...rest));
  }

  return {
    element,
    eyebrow: "Mark in the text",
    action: "Check",
    again: "Check again",
    read: () => (marked().length ? { answer: { marked: marked() } } : { missing: "Mark something in the text first." }),
    draft: () => ({ marked: marked() }),
    write(answer) {
      for (const [name, span] of spans) span.element.setAttribute("aria-pressed", String(answer.marked.includes(name)));
      tally();
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, mark) };
