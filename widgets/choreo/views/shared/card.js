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
    open: "M3.8 6 8 10.2 12.2 6",
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

/** A text that Python rendered, with an element of your own where `{{name}}` stands. */
function choreoPassage(html, make) {
  const passage = choreoElement("div", { class: "choreo-passage", html });
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = text.data.split(/\{\{([a-z0-9-]+)\}\}/);
    if (parts.length > 1) text.replaceWith(...parts.map((part, at) => (at % 2 ? make(part) : part)));
  }
  return passage;
}

/**
 * Let `item` be dragged: by mouse or pen from anywhere on it, by touch from its `grip`, so that a page can still be scrolled.
 * A picture of it follows the pointer. `begin` and `end` tell when; over one of `targets()` it can be let go, for `drop(target)`.
 */
function choreoDrag(item, { grip = item, targets, drop, begin = () => {}, end = () => {} }) {
  item.addEventListener("pointerdown", (down) => {
    if (down.button !== 0 || item.dataset.fixed || (down.pointerType === "touch" && !grip.contains(down.target))) return;
    const box = item.getBoundingClientRect();
    const stop = new AbortController();
    const { signal } = stop;
    let ghost = null;
    let over = null;
    const start = () => {
      ghost = item.cloneNode(true);
      ghost.classList.add("choreo-drag-ghost");
      for (const one of [ghost, ...ghost.querySelectorAll("[id], [name]")]) {
        one.removeAttribute("id");
        one.removeAttribute("name");
      }
      ghost.inert = true;
      ghost.style.width = `${box.width}px`;
      ghost.style.transformOrigin = `${down.clientX - box.left}px ${down.clientY - box.top}px`;
      item.dataset.held = "yes";
      item.setPointerCapture(down.pointerId);
      document.body.append(ghost);
      begin();
    };
    const point = (target) => {
      if (over === target) return;
      if (over) delete over.dataset.over;
      over = target;
      if (over) over.dataset.over = "yes";
    };
    const move = (event) => {
      if (event.pointerId !== down.pointerId) return;
      if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 6) return;
      if (!ghost) start();
      ghost.style.translate = `${box.left + event.clientX - down.clientX}px ${box.top + event.clientY - down.clientY}px`;
      const edge = event.clientY < 48 ? -14 : event.clientY > innerHeight - 48 ? 14 : 0;
      if (edge) scrollBy({ top: edge, behavior: "instant" });
      point(targets().find((target) => {
        const area = target.getBoundingClientRect();
        return event.clientX >= area.left && event.clientX <= area.right && event.clientY >= area.top && event.clientY <= area.bottom;
      }) ?? null);
    };
    const finish = (target) => {
      stop.abort();
      point(null);
      if (!ghost) return;
      ghost.remove();
      delete item.dataset.held;
      // The click that follows a drag is none.
      item.addEventListener("click", (event) => (event.preventDefault(), event.stopImmediatePropagation()), { capture: true, once: true, signal: AbortSignal.timeout(50) });
      end();
      if (target) drop(target);
    };
    addEventListener("pointermove", move, { signal });
    addEventListener("pointerup", () => finish(over), { signal });
    addEventListener("pointercancel", () => finish(null), { signal });
    addEventListener("keydown", (event) => event.key === "Escape" && finish(null), { signal });
  });
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
const choreoUnheard = new Map(); // answers that nobody heard before their card was drawn anew: a message for each name

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
 *   tone(state)              optional: "right" or "apart" for a verdict, where its score alone does not tell
 *   once                     optional: there is nothing to try again, as the answer was told
 *   landing                  optional: where focus goes after an answer or an unfolding, instead of the verdict
 * `unfold(answer)` asks for what an unfinished answer opens; it comes as `state.unfolded`.
 */
function choreoCard({ model, el }, kind) {
  const id = `choreo-${globalThis.crypto?.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  const name = `${model.get("lesson")}/${model.get("item")}`;
  const draftKey = `choreo-draft:${name}`;
  const seenKey = `choreo-seen:${name}`;
  const keptKey = `choreo-kept:${name}`; // when an answer was kept last, in whichever window
  const timers = new Set();
  const stop = new AbortController();
  let open = model.get("opened");
  let sent = null; // {turn, what, draft} while an answer is on its way
  let dirty = false; // changed since the answer that the verdict is about
  let changedAt = ""; // when that was
  let behind = false; // another window has kept an answer, which is not here yet
  let elsewhere = false; // it was asked for
  let notice = ""; // what came of that
  let shownDone = null;
  let seenAt = ""; // which kept answer is on the page
  let local = false; // the status says something that only this page knows
  let round = 0;
  let solved = false; // the answer was shown
  let writing = false;
  let drawn = model.get("state").variant; // which variant the page shows
  let turn = model.get("state").turn;
  let retry = null; // sends an answer once more that nobody has heard
  let wanted = null; // an unfinished answer to unfold as soon as somebody can hear it

  const later = (work, delay) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delay);
    timers.add(timer);
    return timer;
  };

  const begin = () => kind({ face: model.get("face"), id, changed, unfold });
  let body = begin();

  const mark = choreoElement("p", { class: "choreo-card-kept" });
  const title = choreoElement("h3", { id: `${id}-title`, class: "choreo-card-title" }, model.get("title"));
  const main = choreoElement("button", { type: "submit", class: "choreo-button choreo-button-main" });
  const hint = choreoElement("button", { type: "button", class: "choreo-button", onclick: askHint }, choreoSign("idea"), choreoElement("span"));
  const solve = choreoElement("button", { type: "button", class: "choreo-button", onclick: askSolution }, "Show me");
  const more = choreoElement("button", { type: "button", class: "choreo-button", onclick: askAgain });
  const tries = choreoElement("p", { class: "choreo-card-tries" });
  const sure = choreoElement("div", { class: "choreo-card-sure", role: "group", hidden: true });
  const actions = choreoElement("div", { class: "choreo-card-actions" }, main, more, hint, solve, tries);
  const hints = choreoElement("ol", { class: "choreo-card-hints", "aria-label": "Hints", hidden: true });
  const status = choreoElement("div", { class: "choreo-card-status", role: "status", tabindex: "-1" });
  const after = choreoElement("div", { class: "choreo-card-after" });
  const form = choreoElement("form", { novalidate: true, onsubmit: submit }, body.element, actions, sure);
  const eyebrow = choreoElement("p", { class: "choreo-card-eyebrow" }, body.eyebrow);
  const prompt = choreoElement("div", { class: "choreo-card-prompt", tabindex: "-1", html: model.get("prompt") });
  const card = choreoElement(
    "section",
    { class: `choreo-card choreo-card-${model.get("kind")}`, "aria-labelledby": `${id}-title` },
    choreoElement("header", { class: "choreo-card-head" }, eyebrow, mark),
    title,
    prompt,
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
    changedAt = new Date().toISOString();
    forget();
    clearTimeout(changed.timer);
    timers.delete(changed.timer);
    changed.timer = later(keepDraft, 250);
    if (local) verdict();
    buttons();
  }

  /** As old as it is: what another window has written since, or has kept, stays. */
  function keepDraft() {
    if (!dirty || (choreoKept.read(draftKey)?.at ?? "") > changedAt) return;
    choreoKept.write(draftKey, { at: changedAt, variant: drawn, value: body.draft() });
  }

  /** What was typed into the variant on the page after the last answer. */
  function waiting() {
    const draft = choreoKept.read(draftKey);
    const { locked, at, variant } = model.get("state");
    return draft && !locked && draft.at > at && (draft.variant ?? 0) === variant ? draft : null;
  }

  /** Another variant: its words and its question, and what was typed into it. */
  function redraw() {
    drawn = model.get("state").variant;
    title.textContent = model.get("title");
    prompt.innerHTML = model.get("prompt");
    body.close?.();
    const before = body.element;
    body = begin();
    before.replaceWith(body.element);
    after.replaceChildren(...(body.after ? [body.after] : []));
    eyebrow.textContent = body.eyebrow;
    unsure();
    const draft = waiting();
    dirty = Boolean(draft);
    if (draft) resume(draft);
  }

  function resume(draft) {
    put(draft.value);
    dirty = true;
    changedAt = draft.at;
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

  function send(message, what, quiet = false) {
    forget();
    sent = { turn: model.get("state").turn, what, message, quiet, draft: JSON.stringify(body.draft()) };
    const mine = sent;
    later(() => {
      if (sent !== mine) return;
      sent = null;
      if (what === "answer") {
        say("The course has not answered yet. Your answer stays on this page and is sent again by itself.", "apart");
        retry = { timer: later(sendAgain, CHOREO_PATIENCE), message };
      } else say("The course has not answered yet. What you did stays on this page; try again in a moment.", "apart");
      buttons();
    }, CHOREO_PATIENCE);
    try {
      model.send(message);
    } catch {
      // No connection: the patience above ends, and it is sent again.
    }
    buttons();
  }

  function forget() {
    clearTimeout(retry?.timer);
    retry = null;
  }

  function sendAgain() {
    if (retry && !sent) send(retry.message, "answer");
  }

  /** An answer that was on its way when the lesson's engine stopped; focus stays where it is. */
  function sendUnheard() {
    const message = choreoUnheard.get(name);
    if (!message || !open || sent) return;
    choreoUnheard.delete(name);
    const { locked, answer } = model.get("state");
    if (!locked && JSON.stringify(answer) !== JSON.stringify(message.answer)) send(message, "answer", true);
  }

  function submit(event) {
    event.preventDefault();
    if (!open || sent || model.get("state").locked || spent()) return;
    const { answer, missing } = body.read();
    if (!answer) return say(missing, "plain");
    const { variant } = model.get("state");
    const key = `${id}/${(round += 1)}`; // the same answer sent twice is one answer
    if (!body.confirm) return send({ type: "answer", answer, variant, key }, "answer");
    const yes = choreoElement("button", { type: "button", class: "choreo-button choreo-button-main", onclick: () => {
      unsure();
      send({ type: "answer", answer: body.read().answer, variant, key }, "answer");
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

  function askAgain() {
    if (!open || sent) return;
    choreoKept.write(seenKey, { again: model.get("state").tries });
    send({ type: "again" }, "again");
  }

  /** Whether this question is answered for good: the next try is another one, or there is none. */
  function spent() {
    const { feedback, variants } = model.get("state");
    return feedback !== "" && (variants > 0 || Boolean(body.once));
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
    const well = state.score === 1 || state.solution !== null;
    main.hidden = state.locked || spent() || (answered && !dirty && (well || Boolean(body.plain)));
    more.hidden = state.variants === 0 || !(answered || state.solution !== null);
    more.textContent = well || body.once ? "Another one" : "Try another one";
    more.classList.toggle("choreo-button-main", !well);
    hint.hidden = state.hints_left === 0 || state.score === 1 || state.locked || (answered && Boolean(body.once));
    hint.lastChild.textContent = state.hints.length ? "Another hint" : "A hint";
    solve.hidden = !state.can_show || well || Boolean(body.once);
    tries.textContent = !body.plain && state.tries > 1 ? `${state.tries} tries` : "";
    for (const button of [main, more, hint, solve]) {
      if (open && !sent) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
    actions.classList.toggle("choreo-card-empty", [main, more, hint, solve].every((button) => button.hidden));
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
    const tone = state.score === null || state.solution ? "plain" : (body.tone?.(state) ?? (state.score === 1 ? "right" : "apart"));
    local = false;
    if (state.error) return say(state.error, "plain");
    const parts = notice ? [choreoElement("p", { class: "choreo-card-notice" }, notice)] : [];
    if (state.stale) parts.push(choreoElement("p", {}, "You answered an earlier version of this exercise. It counts; answer again if you like."));
    if (state.solution) parts.push(choreoElement("p", {}, "The answer is shown above, with the reasons."));
    else if (state.feedback) parts.push(choreoElement("div", { class: "choreo-card-verdict" }, ...(state.score === null ? [] : [choreoSign(tone === "right" ? "right" : "apart")]), choreoElement("div", { html: state.feedback })));
    if (state.saved === "no") {
      const again = choreoElement("button", { type: "button", class: "choreo-button", onclick: saveAgain }, "Save again");
      parts.push(choreoElement("div", { class: "choreo-card-unsaved" }, choreoElement("p", {}, choreoElement("strong", {}, "This is not saved yet. "), state.unsaved), again));
    }
    status.dataset.tone = tone;
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
    if (state.turn !== turn) forget();
    turn = state.turn;
    if (state.variant !== drawn) redraw();
    if (heard?.what === "answer" && !state.error) {
      dirty = JSON.stringify(body.draft()) !== heard.draft;
      seenAt = state.at;
    } else if (state.at && state.at !== seenAt && !heard) {
      seenAt = state.at;
      if (state.answer && !waiting() && !(elsewhere && dirty && !state.locked)) {
        put(state.answer);
        dirty = false;
      }
      if (elsewhere) notice = state.locked ? "You locked this in in another window; that one stays." : dirty ? "You have kept another answer in another window. It stays the newest unless you keep what stands here." : "This is what you kept in another window.";
      elsewhere = false;
    }
    if (heard?.what === "answer") notice = "";
    if (state.saved === "yes" && state.at > (choreoKept.read(keptKey) ?? "")) choreoKept.write(keptKey, state.at);
    if (state.solution === null) solved = false;
    else if (!solved) {
      solved = true;
      dirty = false;
      put(state.solution);
    }
    if (state.saved === "yes" && !dirty && (choreoKept.read(draftKey)?.variant ?? 0) === drawn) choreoKept.write(draftKey, null);
    body.show(state, state.solution ? state.solution_notes : state.notes);
    listHints();
    verdict();
    kept();
    buttons();
    done();
    if (heard?.what === "again") prompt.focus();
    else if (heard?.what === "hint") hints.lastChild?.focus();
    else if (heard && !heard.quiet && !state.error) (body.landing ?? status).focus();
    unfold();
    if (behind) catchUp();
  }

  /** Ask for what another window has kept. */
  function catchUp() {
    if (!open || sent) return;
    behind = false;
    elsewhere = true;
    model.send({ type: "refresh" });
  }

  function hearOthers({ key }) {
    if (key !== keptKey || (choreoKept.read(keptKey) ?? "") <= model.get("state").at) return;
    behind = true;
    catchUp();
  }

  function opening() {
    const fresh = !open && model.get("opened");
    open = open || model.get("opened");
    if (fresh) seen();
    unfold();
    kept();
    buttons();
    if (fresh) sendUnheard();
    if (behind) catchUp();
  }

  /** Hints and the answer that were seen before a reload are shown again. */
  function seen() {
    const before = choreoKept.read(seenKey);
    if (!before) return;
    const state = model.get("state");
    const again = state.variants > 0 && state.tries > 0 && before.again === state.tries && state.feedback !== "";
    if (again) model.send({ type: "again" });
    const most = again ? before.hints ?? 0 : state.hints.length + state.hints_left;
    const count = Math.min(before.hints ?? 0, most);
    if (count > (again ? 0 : state.hints.length)) model.send({ type: "hint", count });
    if (before.shown && state.can_show && !state.solution) model.send({ type: "show" });
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
  addEventListener("storage", hearOthers, { signal: stop.signal });
  addEventListener("online", sendAgain, { signal: stop.signal });
  addEventListener("online", saveAgain, { signal: stop.signal });
  model.on("change:state", update);
  model.on("change:opened", opening);
  if (!open) {
    later(() => {
      open = true;
      unfold();
      kept();
      buttons();
      sendUnheard();
    }, CHOREO_OPENING);
  }

  const draft = waiting();
  update();
  if (draft) {
    resume(draft);
    buttons();
  }
  if (open) {
    seen();
    sendUnheard(); // what the learner did came before this card was drawn
  }

  return () => {
    keepDraft();
    const unheard = sent?.what === "answer" ? sent.message : retry?.message;
    if (unheard) choreoUnheard.set(name, unheard);
    stop.abort();
    for (const timer of timers) clearTimeout(timer);
    model.off("change:state", update);
    model.off("change:opened", opening);
    body.close?.();
    el.replaceChildren();
  };
}
