function order({ face, id, changed }) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const list = choreoElement("ol", { class: "choreo-order-list" });
  const heard = choreoElement("p", { class: "choreo-unseen", role: "status" });
  const steps = new Map(face.steps.map((step) => [step.id, makeStep(step)]));
  list.append(...[...steps.values()].map((step) => step.element));
  const element = choreoElement(
    "div",
    { class: "choreo-order", role: "group", "aria-label": "Steps to put in order" },
    choreoElement("p", { class: "choreo-order-end" }, face.first),
    list,
    choreoElement("p", { class: "choreo-order-end" }, face.last),
    heard,
  );
  const given = () => [...list.children].map((item) => item.dataset.step);
  let touched = false;
  number();

  function makeStep(step) {
    const text = choreoElement("span", { class: "choreo-order-text", id: `${id}-${step.id}`, html: step.text });
    const mover = (sign, by, word) =>
      choreoElement("button", {
        type: "button",
        class: "choreo-order-move",
        "aria-label": word,
        "aria-describedby": text.id,
        onclick: () => shift(step.id, by),
      }, choreoSign(sign));
    const up = mover("up", -1, "Move up");
    const down = mover("down", 1, "Move down");
    const grip = choreoElement("span", { class: "choreo-order-grip", "aria-hidden": "true", onpointerdown: grab }, choreoSign("grip"));
    const place = choreoElement("span", { class: "choreo-order-place", "aria-hidden": "true" });
    const note = choreoElement("div", { class: "choreo-order-note" });
    const row = choreoElement("div", { class: "choreo-order-row" }, grip, place, text, up, down);
    const item = choreoElement("li", { class: "choreo-order-step", "data-step": step.id, onkeydown: keys }, row, note);
    return { element: item, up, down, place, note, text };
  }

  function number() {
    const items = given();
    items.forEach((name, at) => {
      const step = steps.get(name);
      step.place.textContent = at + 1;
      step.up.setAttribute("aria-disabled", String(at === 0));
      step.down.setAttribute("aria-disabled", String(at === items.length - 1));
    });
  }

  function place(name, at) {
    const before = new Map([...list.children].map((item) => [item, item.getBoundingClientRect().top]));
    const item = steps.get(name).element;
    const rest = [...list.children].filter((other) => other !== item);
    const isAfter = (other) => item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    // The others move around the item: one that leaves the page for a moment loses focus and pointer.
    for (const other of rest.slice(0, at).filter(isAfter)) list.insertBefore(other, item);
    for (const other of rest.slice(at).filter((one) => !isAfter(one)).reverse()) item.after(other);
    delete item.dataset.verdict;
    number();
    if (calm.matches) return;
    for (const [other, top] of before) {
      const gone = top - other.getBoundingClientRect().top;
      if (gone && !other.dataset.held) other.animate([{ transform: `translateY(${gone}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" });
    }
  }

  function shift(name, by) {
    const at = given().indexOf(name) + by;
    if (at < 0 || at >= steps.size) return;
    place(name, at);
    touched = true;
    heard.textContent = `${steps.get(name).text.textContent}: now place ${at + 1} of ${steps.size}`;
    changed();
  }

  function keys(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    shift(event.currentTarget.dataset.step, by);
  }

  function grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    const item = grip.closest("li");
    const start = given().join();
    item.dataset.held = "yes";
    grip.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const rest = [...list.children].filter((other) => other !== item);
      const at = rest.filter((other) => {
        const box = other.getBoundingClientRect();
        return box.top + box.height / 2 < moved.clientY;
      }).length;
      if (at !== given().indexOf(item.dataset.step)) place(item.dataset.step, at);
    };
    const drop = () => {
      delete item.dataset.held;
      grip.removeEventListener("pointermove", move);
      if (given().join() === start) return;
      touched = true;
      changed();
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", drop, { once: true });
  }

  function show(state, notes) {
    const sent = (state.solution ?? state.answer)?.order ?? [];
    for (const [name, step] of steps) {
      const note = notes.find((one) => one.part === name);
      step.note.replaceChildren();
      delete step.element.dataset.verdict;
      if (!note) continue;
      if (sent.indexOf(name) === given().indexOf(name)) step.element.dataset.verdict = note.right ? "right" : "apart";
      step.note.append(choreoNote(note.right ? "In its place" : "Not its place yet", note.right, note.text));
    }
  }

  return {
    element,
    eyebrow: "Put in order",
    action: "Check this order",
    again: "Check again",
    read: () => (touched ? { answer: { order: given() } } : { missing: "These are shuffled. Move at least one step first." }),
    draft: () => ({ order: given() }),
    write(answer) {
      touched = true;
      answer.order.forEach((name) => list.append(steps.get(name).element));
      number();
    },
    show,
  };
}

export default { render: (context) => choreoCard(context, order) };
