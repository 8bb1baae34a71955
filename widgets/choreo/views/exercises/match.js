function match({ face, id, changed }) {
  const heard = choreoElement("p", { class: "choreo-unseen", "aria-live": "polite" });
  const placed = new Map(); // left side's id: right side's id
  let held = null; // the right side that was tapped and waits for its place
  let lent = null; // what somebody who goes through a row's list has taken from another row in passing
  const sides = new Map(face.to.map((side) => [side.id, makeSide(side)]));
  const rows = new Map(face.from.map((side) => [side.id, makeRow(side)]));
  const help = choreoElement("p", { class: "choreo-match-help" }, "Choose beside each one what belongs to it, or take one from below: drag it, or tap it and then its place.");
  const pool = choreoElement("div", { class: "choreo-match-pool", role: "group", "aria-label": "What there is to match" }, ...[...sides.values()].map((side) => side.element));
  const element = choreoElement("div", { class: "choreo-match" }, help, choreoElement("div", { class: "choreo-match-rows" }, ...[...rows.values()].map((row) => row.element)), pool, heard);
  draw();

  function makeSide(side) {
    const text = choreoElement("span", { class: "choreo-match-text", html: side.text });
    const used = choreoElement("span", { class: "choreo-match-used" });
    const grip = choreoElement("span", { class: "choreo-grip", "aria-hidden": "true" }, choreoSign("grip"));
    const card = choreoElement("button", { type: "button", class: "choreo-match-side", "aria-pressed": "false", onclick: () => take(held === side.id ? null : side.id) }, grip, choreoElement("span", {}, text, used));
    const note = choreoElement("div", { class: "choreo-match-note" });
    choreoDrag(card, {
      grip,
      targets: () => [...rows.values()].map((row) => row.slot),
      begin: () => take(null),
      drop: (slot) => put(slot.dataset.row, side.id),
    });
    return { ...side, card, note, used, plain: text.textContent, element: choreoElement("div", {}, card, note) };
  }

  function makeRow(side) {
    const text = choreoElement("div", { class: "choreo-match-left", id: `${id}-${side.id}`, html: side.text });
    const note = choreoElement("div", { class: "choreo-match-note", id: `${id}-${side.id}-note` });
    const options = [...sides.values()].map((other) => choreoElement("option", { value: other.id }, other.plain));
    const select = choreoElement("select", { "aria-labelledby": text.id, onchange: () => choose(side.id, select.value), onblur: () => (lent = null) }, choreoElement("option", { value: "" }, "Choose…"), ...options);
    const shown = choreoElement("span", { class: "choreo-match-shown", "aria-hidden": "true" });
    const slot = choreoElement("div", { class: "choreo-match-slot", "data-row": side.id, onclick: () => held && put(side.id, held) }, shown, choreoSign("open"), select);
    return { ...side, select, shown, slot, note, plain: text.textContent, element: choreoElement("div", { class: "choreo-match-row" }, text, slot, note) };
  }

  function take(name) {
    held = name;
    if (held) heard.textContent = `${sides.get(held).plain}: taken. Now choose its place.`;
    draw();
  }

  /** From a row's list: arrow keys pass through entries that stand elsewhere, and leave them there when they go on. */
  function choose(row, name) {
    const back = lent?.by === row && lent.name !== name ? lent : null;
    const from = [...placed].find(([other, used]) => used === name && other !== row)?.[0];
    if (back) {
      placed.delete(row);
      placed.set(back.row, back.name);
    }
    put(row, name);
    lent = from ? { by: row, row: from, name } : null;
  }

  function put(row, name) {
    lent = null;
    const before = [...placed].find(([other, used]) => used === name && other !== row)?.[0];
    if (before) placed.delete(before);
    if (name) placed.set(row, name);
    else placed.delete(row);
    held = null;
    const from = before ? `, taken from ${rows.get(before).plain}` : "";
    heard.textContent = name ? `${sides.get(name).plain}: now with ${rows.get(row).plain}${from}.` : `${rows.get(row).plain}: nothing chosen.`;
    for (const one of [row, before]) if (one) delete rows.get(one).slot.dataset.verdict;
    draw();
    changed();
  }

  function draw() {
    element.toggleAttribute("data-holding", held !== null);
    for (const [name, row] of rows) {
      const chosen = placed.get(name) ?? "";
      row.select.value = chosen;
      if (chosen) row.shown.innerHTML = sides.get(chosen).text;
      else row.shown.textContent = held ? "Put it here" : "Choose…";
      row.slot.toggleAttribute("data-filled", Boolean(chosen));
    }
    for (const [name, side] of sides) {
      const row = [...placed].find(([, used]) => used === name)?.[0];
      side.card.setAttribute("aria-pressed", String(held === name));
      side.card.toggleAttribute("data-used", row !== undefined);
      side.used.textContent = row ? `with ${rows.get(row).plain}` : "";
    }
  }

  function show(state, notes) {
    const sent = (state.solution ?? state.answer)?.matched ?? {};
    const find = (name) => notes.find((note) => note.part === name);
    for (const [name, row] of rows) {
      const note = find(name);
      row.note.replaceChildren();
      row.select.removeAttribute("aria-describedby");
      delete row.slot.dataset.verdict;
      if (!note) continue;
      if (sent[name] === placed.get(name)) row.slot.dataset.verdict = note.right ? "right" : "apart";
      row.note.append(choreoNote(note.right ? "They belong together" : "Not these two", note.right, note.text));
      row.select.setAttribute("aria-describedby", row.note.id);
    }
    for (const [name, side] of sides) {
      const note = find(name);
      side.note.replaceChildren();
      if (note && (!note.right || state.score === 1 || state.solution)) side.note.append(choreoNote("Belongs to none of them", note.right, note.text));
    }
  }

  return {
    element,
    eyebrow: "Match",
    action: "Check",
    again: "Check again",
    read() {
      const left = [...rows.keys()].filter((name) => !placed.has(name));
      if (left.length === 0) return { answer: { matched: Object.fromEntries(placed) } };
      rows.get(left[0]).select.focus();
      return { missing: `Match every one first: ${left.length} ${left.length === 1 ? "is" : "are"} left.` };
    },
    draft: () => ({ matched: Object.fromEntries([...rows.keys()].filter((name) => placed.has(name)).map((name) => [name, placed.get(name)])) }),
    write(answer) {
      const known = Object.entries(answer.matched).filter(([row, name]) => rows.has(row) && sides.has(name));
      placed.clear();
      for (const [row, name] of known) placed.set(row, name);
      held = null;
      draw();
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, match) };
