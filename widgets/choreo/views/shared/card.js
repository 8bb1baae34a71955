/** A new element: attributes, listeners (`onclick`), `html` for what Python rendered, and children (texts stay texts). */
function choreoElement(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "html") made.innerHTML = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A small drawn sign, hidden from screen readers; the words beside it say the same. */
function choreoSign(name) {
  const paths = {
    right: "M3.5 8.5 6.7 11.7 12.5 4.6",
    apart: "M3.5 8h9M9 4.5 12.5 8 9 11.5",
    lock: "M4.5 7.2h7v5.6h-7zM5.8 7V5.4a2.2 2.2 0 0 1 4.4 0V7",
    idea: "M8 2.6a3.7 3.7 0 0 1 2 6.8v1.5H6V9.4a3.7 3.7 0 0 1 2-6.8zM6.4 13.3h3.2",
    up: "M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2",
    down: "M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2",
    grip: "M5.5 4h.01M10.5 4h.01M5.5 8h.01M10.5 8h.01M5.5 12h.01M10.5 12h.01",
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of [["viewBox", "0 0 16 16"], ["aria-hidden", "true"], ["class", "choreo-sign"]]) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** A note under a part of an answer: a sign, a word, and why. */
function choreoNote(word, right, text) {
  const tone = right === null ? "plain" : right ? "right" : "apart";
  return choreoElement(
    "div",
    { class: "choreo-note", "data-tone": tone },
    word ? choreoElement("p", { class: "choreo-note-word" }, choreoSign(right ? "right" : "apart"), word) : null,
    choreoElement("div", { class: "choreo-note-text", html: text }),
  );
}

/** A day, or a moment, as people say it. */
function choreoDay(text, withTime = false) {
  const moment = new Date(text.length === 10 ? `${text}T12:00` : text);
  if (Number.isNaN(moment.getTime())) return text;
  const form = withTime
    ? { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }
    : { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat("en-GB", form).format(moment);
}

/** What this browser keeps under a name, as JSON; a browser that keeps nothing is no fault. */
const choreoKept = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Private windows and full disks: the draft lives as long as the page.
    }
  },
};

const CHOREO_PATIENCE = 10_000; // ms until the learner hears that no answer has come
const CHOREO_OPENING = 4_000; // ms until a card that nobody opens opens by itself

/**
 * Draw an exercise: the frame here, the question itself by its kind. Returns the clean-up.
 *
 * `kind({face, id, changed, unfold})` returns its `element` and
 *   eyebrow, action, again   what the frame calls it, and its button before and after an answer
 *   read()                   {answer} or {missing: what is still to do}
 *   draft(), write(answer)   what is on the page, perhaps unfinished; and the other way round
 *   show(state, notes)       notes after an answer; what is locked; what may be seen now
 *   confirm                  optional: {question, yes, no}, asked before the answer is sent
 *   plain                    optional: the answer is kept, not judged
 *   landing                  optional: where focus goes after an answer or an unfolding, instead of the verdict
 * `unfold(answer)` asks for what an unfinished answer opens; it comes as `state.unfolded`.
 */
function choreoCard({ model, el }, kind) {
  const id = `choreo-${globalThis.crypto?.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  const name = `${model.get("lesson")}/${model.get("item")}`;
  const draftKey = `choreo-draft:${name}`;
  const seenKey = `choreo-seen:${name}`;
  const timers = new Set();
  const stop = new AbortController();
  let open = model.get("opened");
  let sent = null; // {turn, what, draft} while an answer is on its way
  let dirty = false; // changed since the answer that the verdict is about
  let shownDone = null;
  let seenAt = ""; // which kept answer is on the page
  let local = false; // the status says something that only this page knows
  let solved = false; // the answer was shown
  let writing = false;
  let wanted = null; // an unfinished answer to unfold as soon as somebody can hear it

  const later = (work, delay) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delay);
    timers.add(timer);
    return timer;
  };

  const body = kind({ face: model.get("face"), id, changed, unfold });

  const mark = choreoElement("p", { class: "choreo-card-mark" });
  const title = choreoElement("h3", { id: `${id}-title`, class: "choreo-card-title" }, model.get("title"));
  const main = choreoElement("button", { type: "submit", class: "choreo-button choreo-button-main" });
  const hint = choreoElement("button", { type: "button", class: "choreo-button", onclick: askHint }, choreoSign("idea"), choreoElement("span"));
  const solve = choreoElement("button", { type: "button", class: "choreo-button", onclick: askSolution }, "Show me");
  const tries = choreoElement("p", { class: "choreo-card-tries" });
  const sure = choreoElement("div", { class: "choreo-card-sure", role: "group", hidden: true });
  const actions = choreoElement("div", { class: "choreo-card-actions" }, main, hint, solve, tries);
  const hints = choreoElement("ol", { class: "choreo-card-hints", "aria-label": "Hints", hidden: true });
  const status = choreoElement("div", { class: "choreo-card-status", role: "status", tabindex: "-1" });
  const after = choreoElement("div", { class: "choreo-card-after" });
  const form = choreoElement("form", { novalidate: true, onsubmit: submit }, body.element, actions, sure);
  const card = choreoElement(
    "section",
    { class: `choreo-card choreo-card-${model.get("kind")}`, "aria-labelledby": `${id}-title` },
    choreoElement("header", { class: "choreo-card-head" }, choreoElement("p", { class: "choreo-card-eyebrow" }, body.eyebrow), mark),
    title,
    choreoElement("div", { class: "choreo-card-prompt", html: model.get("prompt") }),
    form,
    hints,
    status,
    after,
  );
  if (body.after) after.append(body.after);
  el.classList.add("choreo-card-host");
  el.dataset.choreoItem = model.get("item"); // where other parts of the page find this card
  el.replaceChildren(card);

  function changed() {
    if (writing) return;
    dirty = true;
    clearTimeout(changed.timer);
    timers.delete(changed.timer);
    changed.timer = later(keepDraft, 250);
    if (local) verdict();
    buttons();
  }

  function keepDraft() {
    if (dirty) choreoKept.write(draftKey, { at: new Date().toISOString(), value: body.draft() });
  }

  function put(answer) {
    writing = true;
    try {
      body.write(answer);
    } catch {
      // A draft of an older version of the exercise: better none than half of it.
    } finally {
      writing = false;
    }
  }

  function send(message, what) {
    sent = { turn: model.get("state").turn, what, draft: JSON.stringify(body.draft()) };
    const mine = sent;
    later(() => {
      if (sent !== mine) return;
      sent = null;
      say("The course has not answered yet. What you did stays on this page; try again in a moment.", "apart");
      buttons();
    }, CHOREO_PATIENCE);
    model.send(message);
    buttons();
  }

  function submit(event) {
    event.preventDefault();
    if (!open || sent || model.get("state").locked) return;
    const { answer, missing } = body.read();
    if (!answer) return say(missing, "plain");
    if (!body.confirm) return send({ type: "answer", answer }, "answer");
    const yes = choreoElement("button", { type: "button", class: "choreo-button choreo-button-main", onclick: () => {
      unsure();
      send({ type: "answer", answer: body.read().answer }, "answer");
    } }, body.confirm.yes);
    const no = choreoElement("button", { type: "button", class: "choreo-button", onclick: () => {
      unsure();
      main.focus();
    } }, body.confirm.no);
    sure.setAttribute("aria-label", body.confirm.question);
    sure.replaceChildren(choreoElement("p", {}, body.confirm.question), yes, no);
    sure.hidden = false;
    actions.hidden = true;
    status.replaceChildren();
    yes.focus();
  }

  function unfold(answer = wanted) {
    wanted = answer;
    if (!wanted || !open || sent) return;
    wanted = null;
    send({ type: "unfold", answer }, "unfold");
  }

  function unsure() {
    sure.hidden = true;
    actions.hidden = false;
  }

  function askHint() {
    if (!open || sent) return;
    const count = model.get("state").hints.length + 1;
    choreoKept.write(seenKey, { ...choreoKept.read(seenKey), hints: count });
    send({ type: "hint", count }, "hint");
  }

  function askSolution() {
    if (!open || sent) return;
    choreoKept.write(seenKey, { ...choreoKept.read(seenKey), shown: true });
    send({ type: "show" }, "show");
  }

  function saveAgain() {
    if (!sent && model.get("state").saved === "no") send({ type: "save" }, "save");
  }

  function say(text, tone) {
    local = true;
    status.dataset.tone = tone;
    status.replaceChildren(choreoElement("p", {}, text));
  }

  function buttons() {
    const state = model.get("state");
    const answered = state.feedback !== "";
    main.textContent = sent?.what === "answer" ? "One moment…" : answered ? body.again : body.action;
    main.hidden = state.locked || (answered && !dirty && (state.score === 1 || state.solution !== null || Boolean(body.plain)));
    hint.hidden = state.hints_left === 0 || state.score === 1 || state.locked;
    hint.lastChild.textContent = state.hints.length ? "Another hint" : "A hint";
    solve.hidden = !state.can_show || state.score === 1 || state.solution !== null;
    tries.textContent = !body.plain && state.tries > 1 ? `${state.tries} tries` : "";
    for (const button of [main, hint, solve]) {
      if (open && !sent) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
    actions.classList.toggle("choreo-card-empty", [main, hint, solve].every((button) => button.hidden));
    card.setAttribute("aria-busy", String(!open || sent !== null));
    card.toggleAttribute("data-changed", dirty);
  }

  function kept() {
    const { saved, at } = model.get("state");
    mark.dataset.saved = open ? saved : "wait";
    if (!open) mark.replaceChildren("Loading what you did here…");
    else if (saved === "yes") {
      mark.replaceChildren(choreoSign(model.get("state").locked ? "lock" : "right"), body.kept ?? "Kept");
      mark.title = at ? `on ${choreoDay(at, true)}` : "";
    } else if (saved === "no") mark.replaceChildren("Not saved yet");
    else mark.replaceChildren();
  }

  function verdict() {
    const state = model.get("state");
    local = false;
    if (state.error) return say(state.error, "plain");
    const parts = [];
    if (state.stale) parts.push(choreoElement("p", {}, "You answered an earlier version of this exercise. It counts; answer again if you like."));
    if (state.solution) parts.push(choreoElement("p", {}, "The answer is shown above, with the reasons."));
    else if (state.feedback) parts.push(choreoElement("div", { class: "choreo-card-verdict" }, ...(state.score === null ? [] : [choreoSign(state.score === 1 ? "right" : "apart")]), choreoElement("div", { html: state.feedback })));
    if (state.saved === "no") {
      const again = choreoElement("button", { type: "button", class: "choreo-button", onclick: saveAgain }, "Save again");
      parts.push(choreoElement("div", { class: "choreo-card-unsaved" }, choreoElement("p", {}, choreoElement("strong", {}, "This is not saved yet. "), state.unsaved), again));
    }
    status.dataset.tone = state.score === null || state.solution ? "plain" : state.score === 1 ? "right" : "apart";
    status.replaceChildren(...parts);
  }

  function listHints() {
    const shown = model.get("state").hints;
    while (hints.children.length > shown.length) hints.lastChild.remove();
    for (let at = hints.children.length; at < shown.length; at += 1) {
      hints.append(choreoElement("li", { tabindex: "-1", html: shown[at] }));
    }
    hints.hidden = shown.length === 0;
  }

  function update() {
    const state = model.get("state");
    const heard = sent !== null && state.turn !== sent.turn ? sent : null;
    if (heard) sent = null;
    if (heard?.what === "answer" && !state.error) {
      dirty = JSON.stringify(body.draft()) !== heard.draft;
      seenAt = state.at;
    } else if (state.at && state.at !== seenAt && !heard) {
      seenAt = state.at;
      const draft = choreoKept.read(draftKey);
      if (state.answer && !(draft && draft.at > state.at && !state.locked)) {
        put(state.answer);
        dirty = false;
      }
    }
    if (state.solution === null) solved = false;
    else if (!solved) {
      solved = true;
      dirty = false;
      put(state.solution);
    }
    if (state.saved === "yes" && !dirty) choreoKept.write(draftKey, null);
    body.show(state, state.solution ? state.solution_notes : state.notes);
    listHints();
    verdict();
    kept();
    buttons();
    done();
    if (heard?.what === "hint") hints.lastChild?.focus();
    else if (heard && !state.error) (body.landing ?? status).focus();
    unfold();
  }

  function opening() {
    const fresh = !open && model.get("opened");
    open = open || model.get("opened");
    if (fresh) seen();
    unfold();
    kept();
    buttons();
  }

  /** Hints and the answer that were seen before a reload are shown again. */
  function seen() {
    const before = choreoKept.read(seenKey);
    if (!before) return;
    const count = Math.min(before.hints ?? 0, model.get("state").hints.length + model.get("state").hints_left);
    if (count > model.get("state").hints.length) model.send({ type: "hint", count });
    if (before.shown && model.get("state").can_show && !model.get("state").solution) model.send({ type: "show" });
  }

  /** Tell the page's outline; a view is drawn before it stands in the page. */
  function done() {
    const state = model.get("state");
    if (shownDone === state.done) return;
    if (!el.isConnected) return void requestAnimationFrame(() => stop.signal.aborted || done());
    shownDone = state.done;
    el.dispatchEvent(new CustomEvent("choreo:item", { bubbles: true, detail: { item: model.get("item"), done: state.done } }));
  }

  addEventListener("pagehide", keepDraft, { signal: stop.signal });
  addEventListener("online", saveAgain, { signal: stop.signal });
  model.on("change:state", update);
  model.on("change:opened", opening);
  if (!open) {
    later(() => {
      open = true;
      unfold();
      kept();
      buttons();
    }, CHOREO_OPENING);
  }

  const draft = choreoKept.read(draftKey);
  update();
  if (draft && !model.get("state").locked && draft.at > model.get("state").at) {
    put(draft.value);
    dirty = true;
    buttons();
  }
  if (open) seen();

  return () => {
    keepDraft();
    stop.abort();
    for (const timer of timers) clearTimeout(timer);
    model.off("change:state", update);
    model.off("change:opened", opening);
    body.close?.();
    el.replaceChildren();
  };
}
