function classify({ face, id, changed }) {
  const heard = choreoElement("p", { class: "choreo-unseen", "aria-live": "polite" });
  // Where a case that is being dragged can be let go, wherever on a long page it is.
  const dock = choreoElement(
    "div",
    { class: "choreo-classify-dock", "aria-hidden": "true" },
    ...face.buckets.map((bucket, at) => choreoElement("div", { "data-bucket": at, "data-hue": at, html: bucket.text })),
  );
  const cases = face.cases.map((one, at) => {
    const name = `${id}-${one.id}`;
    const note = choreoElement("div", { class: "choreo-classify-note", id: `${name}-note` });
    const inputs = face.buckets.map((bucket) => choreoElement("input", { type: "radio", name, value: bucket.id, onchange: moved }));
    const chips = face.buckets.map((bucket, index) =>
      choreoElement("label", { class: "choreo-classify-chip", "data-hue": index }, inputs[index], choreoElement("span", { html: bucket.text })),
    );
    const grip = choreoElement("span", { class: "choreo-grip", "aria-hidden": "true" }, choreoSign("grip"));
    const legend = choreoElement("legend", {}, grip, choreoElement("span", { html: one.text }));
    const element = choreoElement(
      "fieldset",
      { class: "choreo-classify-case" },
      legend,
      choreoElement("div", { class: "choreo-classify-chips" }, ...chips),
      note,
    );
    function moved() {
      delete element.dataset.verdict;
      changed();
    }
    choreoDrag(legend, {
      grip,
      targets: () => [...dock.querySelectorAll("[data-bucket]"), ...chips],
      begin: () => document.body.append(dock),
      end: () => dock.remove(),
      drop(target) {
        const at = target.dataset.bucket ?? chips.indexOf(target);
        inputs[at].checked = true;
        heard.textContent = `${legend.textContent}: ${chips[at].textContent}`;
        tally();
        moved();
      },
    });
    const bucket = () => inputs.find((input) => input.checked)?.value;
    return { ...one, at, element, inputs, note, bucket };
  });
  const placed = () => Object.fromEntries(cases.filter((one) => one.bucket()).map((one) => [one.id, one.bucket()]));
  const count = choreoElement("p", { class: "choreo-classify-count" });
  const element = choreoElement("div", { class: "choreo-classify" }, ...cases.map((one) => one.element), count, heard);
  element.addEventListener("change", tally);
  tally();

  function tally() {
    const left = cases.length - Object.keys(placed()).length;
    count.textContent = left === 0 ? "All placed." : `${left} of ${cases.length} still to place.`;
  }

  function show(state, notes) {
    const sent = (state.solution ?? state.answer)?.placed ?? {};
    for (const one of cases) {
      const note = notes.find((found) => found.part === one.id);
      one.note.replaceChildren();
      delete one.element.dataset.verdict;
      if (!note) continue;
      const same = sent[one.id] === one.bucket();
      if (same) one.element.dataset.verdict = note.right ? "right" : "apart";
      one.note.append(choreoNote(note.right ? "Here it belongs" : "Not here", note.right, note.text));
    }
  }

  function write(answer) {
    for (const one of cases) {
      for (const input of one.inputs) input.checked = answer.placed[one.id] === input.value;
    }
    tally();
  }

  return {
    element,
    eyebrow: "Sort",
    action: "Check",
    again: "Check again",
    read() {
      const left = cases.filter((one) => !one.bucket());
      if (left.length === 0) return { answer: { placed: placed() } };
      left[0].inputs[0].focus();
      return { missing: `Place every case first: ${left.length} ${left.length === 1 ? "is" : "are"} left.` };
    },
    draft: () => ({ placed: placed() }),
    write,
    show,
    close: () => dock.remove(),
  };
}

export default { render: (context) => choreoCard(context, classify) };
