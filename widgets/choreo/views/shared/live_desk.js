// The desk of an open session: what runs, what comes next, who is there, what people wrote, and what to take home.

const CHOREO_TICKET = 40000; // ms after which links to exports are made anew; the hub keeps them for a minute

class ChoreoDesk {
  /** `ask(command)` → Promise, `confirm(question, detail, yes)` → Promise<boolean>, `leave()` goes back to the beginning. */
  constructor({ hub, activities, ask, confirm, announce, leave, forget }) {
    Object.assign(this, { hub, activities, ask, confirm, announce, leave, forget });
    this.kinds = new Map(activities.map((one) => [one.name, one]));
    this.desk = null;
    this.began = performance.now();
    this.filter = "";
    const panel = (name, build) => {
      const box = choreoNode("section", `choreo-console-panel choreo-console-${name}`);
      return [box, new ChoreoPanel(box, build)];
    };
    [this.joinBox, this.join] = panel("join", (values) => this.drawJoin(values));
    [this.nowBox, this.now] = panel("now", (values) => this.drawNow(values));
    [this.textsBox, this.texts] = panel("texts", (values) => this.drawTexts(values));
    [this.notesBox, this.notes] = panel("notes", (values) => this.drawNotes(values));
    [this.orderBox, this.order] = panel("order", (values) => this.drawOrder(values));
    [this.peopleBox, this.people] = panel("people", (values) => this.drawPeople(values));
    [this.homeBox, this.home] = panel("home", (values) => this.drawHome(values));
    this.screenBox = choreoNode("section", "choreo-console-panel choreo-console-screen");
    this.trouble = choreoNode("p", "choreo-console-trouble");
    this.trouble.setAttribute("role", "alert");
    this.trouble.hidden = true;
    const main = choreoNode("div", "choreo-console-main", this.nowBox, this.textsBox, this.notesBox, this.orderBox);
    const side = choreoNode("div", "choreo-console-side", this.joinBox, this.screenBox, this.peopleBox, this.homeBox);
    this.el = choreoNode("div", "choreo-console-desk", this.trouble, main, side);
    this.el.setAttribute("aria-busy", "true");
    this.watch = setInterval(() => this.clock(), 1000);
  }

  stop() {
    clearInterval(this.watch);
    clearInterval(this.tickets);
  }

  /** Have something done, and say what went wrong. */
  async act(command, said = "") {
    try {
      const answer = await this.ask(command);
      this.trouble.hidden = true;
      if (said) this.announce(said);
      return answer;
    } catch (error) {
      this.trouble.textContent = error.message;
      this.trouble.hidden = false;
      this.trouble.scrollIntoView({ block: "nearest" });
      return null;
    }
  }

  opened(session) {
    const before = this.session?.screen;
    this.session = session;
    if (before !== session.screen) this.drawScreen();
    if (this.desk) this.show(this.desk);
  }

  show(desk) {
    const skew = desk.now ? desk.now - Date.now() / 1000 : 0;
    if (this.desk?.run !== desk.run || this.skew === undefined) this.skew = skew;
    this.desk = desk;
    if (!this.session) return;
    this.el.removeAttribute("aria-busy");
    const { code, at, run, step, steps, paused, shown, finished, ended, people, ballots, texts, persons, plan } = desk;
    const items = plan.items.map(({ activity, title, minutes }) => ({ activity, title, minutes }));
    this.join.show({ code, join: this.session.join, title: desk.title, ended });
    this.now.show({ items, at, run, step, steps, paused, shown, finished, ended, sealed: steps?.find((one) => one.name === step)?.ballots ? ballots : null });
    this.texts.show({ texts, run });
    this.notes.show({ activity: plan.items[Math.max(at, 0)]?.activity, running: at >= 0 && !ended, ended });
    this.order.show({ plan, at, finished, ended, editing: this.editing });
    this.people.show({ people, persons, ended, filter: this.filter });
    this.home.show({ ended, at });
    this.screenBox.hidden = ended;
    this.clock();
  }

  // -- joining ---------------------------------------------------------------------------------------------------------

  drawJoin({ code, join, title, ended }) {
    const heading = choreoNode("h2", "", ended ? title : "People join here");
    if (ended) return [heading, choreoNode("p", "", "This session is over. Nobody can join or answer any more.")];
    const url = new URL(join);
    const spelt = choreoNode("p", "choreo-console-code", code);
    spelt.setAttribute("aria-label", `Join code: ${[...code].join(" ")}`);
    spelt.setAttribute("role", "img");
    const address = choreoNode("p", "choreo-console-address", choreoNode("span", "", `${url.host}/join`));
    const found = [heading, address, spelt];
    const qr = choreoNode("img", "choreo-console-qr");
    Object.assign(qr, { src: new URL(`live/qr/${code}.svg`, this.hub).href, alt: "QR code that leads phones into this session", loading: "lazy" });
    const fold = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "QR code"), qr);
    fold.dataset.key = "qr";
    found.push(fold);
    if (/^(localhost|127\.|\[?::1)/.test(url.hostname))
      found.push(choreoNode("p", "choreo-console-care", "Phones cannot reach this address: Choreo listens on this machine only. Start it with ", choreoNode("code", "", "choreo start --lan"), " to let a room in."));
    return found;
  }

  drawScreen() {
    const href = new URL(`live/screen#${this.session.screen}`, this.hub).href;
    const frame = choreoNode("iframe", "choreo-console-preview");
    Object.assign(frame, { title: "What the room sees", src: href, tabIndex: -1 });
    const scene = choreoNode("div", "choreo-console-stage", frame);
    const fit = new ResizeObserver(() => scene.style.setProperty("--choreo-fit", scene.clientWidth / 1280));
    fit.observe(scene);
    const open = choreoLink("Open the projector view", href, "choreo-console-button choreo-console-wide");
    this.screenBox.replaceChildren(choreoNode("h2", "", "What the room sees"), scene, open);
  }

  // -- what runs -------------------------------------------------------------------------------------------------------

  /** The one thing that most coaches do next: its label, and how to do it. */
  next({ items, at, step, steps, finished, ended, sealed }) {
    if (ended || !items.length) return null;
    const begin = (index) => ({ label: `Begin: ${items[index].title}`, does: () => this.begin(index) });
    if (at < 0) return begin(0);
    const place = steps.findIndex((one) => one.name === step);
    if (!finished && place < steps.length - 1) {
      const to = steps[place + 1];
      return { label: to.title, hint: sealed === null ? "" : "closes the question", does: () => this.step(to) };
    }
    if (!finished) return { label: "Look at it together", hint: "the result beside the model", does: () => this.finish() };
    if (at + 1 < items.length) return begin(at + 1);
    return { label: "End the session", does: () => this.end() };
  }

  begin(item) {
    return this.act({ do: "begin", item }, `${this.desk.plan.items[item].title} has begun.`);
  }

  step(to) {
    return this.act({ do: "step", to: to.name }, `Now: ${to.title}.`);
  }

  finish() {
    return this.act({ do: "finish" }, "The room sees the result. Time to talk.");
  }

  drawNow(values) {
    const { items, at, run, step, steps, paused, shown, finished, ended, sealed } = values;
    if (ended) return [choreoNode("h2", "", "The session is over"), choreoNode("p", "", "Thank you for running it. Take the report home before you delete it; both are below.")];
    const running = at >= 0;
    const title = choreoNode("h2", "choreo-console-title", running ? items[at]?.title ?? "" : items.length ? "Ready when you are" : "Nothing is planned yet");
    const place = choreoNode("p", "choreo-console-quiet", running ? `Activity ${at + 1} of ${items.length}` : items.length ? `First comes ${items[0].title}. Wait until people have joined; late ones are welcome in every activity.` : "Change the running order below.");
    const found = [choreoNode("div", "choreo-console-head", place, title)];
    if (running) {
      this.time = choreoNode("span", "choreo-console-time");
      this.bar = choreoNode("span", "choreo-console-fill");
      const track = choreoNode("span", "choreo-console-track", this.bar);
      track.setAttribute("aria-hidden", "true");
      found.push(choreoNode("p", "choreo-console-clock", this.time, track));
      const list = choreoNode("ol", "choreo-console-steps");
      for (const one of [...steps, { name: "", title: "Look at it together" }]) {
        const here = finished ? !one.name : one.name === step;
        const button = choreoButton(one.title, () => (one.name ? this.step(one) : this.finish()), "choreo-console-step");
        button.dataset.key = `step-${one.name}`;
        if (here) button.setAttribute("aria-current", "step");
        list.append(choreoNode("li", "", button));
      }
      list.setAttribute("aria-label", "Steps of this activity");
      found.push(list);
      if (sealed !== null) {
        const words = sealed === 1 ? "1 sealed answer" : `${sealed} sealed answers`;
        found.push(choreoNode("p", "choreo-console-sealed", choreoNode("strong", "", words), " so far. Nobody can see who said what, you neither."));
      }
    }
    const next = this.next(values);
    const row = choreoNode("div", "choreo-console-row choreo-console-actions");
    if (next) {
      const go = choreoButton("", next.does, "choreo-console-next");
      go.append(choreoNode("span", "", next.label), next.hint ? choreoNode("small", "", next.hint) : "");
      go.dataset.key = "next";
      row.append(go);
    }
    if (running && !finished) row.append(this.toggle(paused, "Resume", "Pause", "resume", "pause", "Everybody can go on.", "Paused."));
    if (running) row.append(this.toggle(!shown, "Show results", "Hide results", "show", "hide", "The room sees the results.", "The room does not see the results."));
    found.push(row);
    const states = [paused && "Paused: phones wait.", !shown && "Results are hidden from the room."].filter(Boolean);
    if (running && states.length) found.push(choreoNode("p", "choreo-console-care", states.join(" ")));
    return found;
  }

  toggle(on, yes, no, doYes, doNo, saidYes, saidNo) {
    const button = choreoButton(on ? yes : no, () => this.act({ do: on ? doYes : doNo }, on ? saidYes : saidNo));
    button.dataset.key = doNo;
    return button;
  }

  clock() {
    const { desk } = this;
    if (!desk || !this.time || !desk.began_at || desk.at < 0) return;
    const seconds = Math.max(0, Date.now() / 1000 + this.skew - desk.began_at);
    const planned = desk.plan.items[desk.at]?.minutes ?? 0;
    const minutes = Math.floor(seconds / 60);
    const words = `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, "0")} of ${planned} min`;
    const over = seconds > planned * 60;
    this.time.textContent = over ? `${words} planned` : words;
    this.bar.style.inlineSize = `${Math.min(100, (100 * seconds) / (planned * 60 || 1))}%`;
    this.bar.toggleAttribute("data-over", over);
  }

  // -- open answers, notes ---------------------------------------------------------------------------------------------

  drawTexts({ texts }) {
    this.textsBox.hidden = !texts?.length;
    if (!texts?.length) return [];
    const list = choreoNode("ul", "choreo-console-answers");
    list.dataset.scroll = "texts";
    list.tabIndex = 0;
    list.setAttribute("aria-label", "Open answers");
    for (const { number, text, released } of texts) {
      const button = choreoButton(released ? "Take back" : "Show", () => this.act({ do: released ? "withhold" : "release", text: number }));
      button.dataset.key = `text-${number}`;
      button.setAttribute("aria-label", `${released ? "Take back" : "Show"}: ${text}`);
      const line = choreoNode("li", "", choreoNode("span", "choreo-console-words", text), button);
      line.toggleAttribute("data-released", released);
      list.append(line);
    }
    const waiting = texts.filter((one) => !one.released);
    const all = async () => {
      for (const { number } of waiting) if (!(await this.act({ do: "release", text: number }))) return;
      this.announce("The room sees all of them.");
    };
    const row = waiting.length > 1 ? choreoNode("div", "choreo-console-row", choreoButton(`Show all ${waiting.length}`, all)) : null;
    const head = `${texts.length - waiting.length} of ${texts.length} shown to the room. Read them first; leave out what would expose somebody.`;
    return [choreoNode("h2", "", "What people wrote"), choreoNode("p", "choreo-console-quiet", head), list, row].filter(Boolean);
  }

  drawNotes({ activity, running, ended }) {
    const kind = this.kinds.get(activity);
    this.notesBox.hidden = ended || !kind?.notes;
    if (this.notesBox.hidden) return [];
    const fold = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", running ? "Your notes" : `Your notes for the first activity, ${kind.title}`));
    fold.open = matchMedia("(min-width: 48rem)").matches;
    fold.dataset.key = `notes-${activity}`;
    fold.append(choreoNotes(kind.notes));
    return [fold];
  }

  // -- the running order -----------------------------------------------------------------------------------------------

  drawOrder({ plan, at, finished, ended, editing }) {
    const heading = choreoNode("h2", "", "Running order");
    this.orderBox.hidden = ended;
    if (ended) return [];
    if (editing) return [heading, this.editor(plan, at)];
    const list = choreoNode("ol", "choreo-console-sequence");
    let from = 0;
    plan.items.forEach((item, index) => {
      const time = `${item.minutes} min, from minute ${from}`;
      from += item.minutes;
      const line = choreoNode("li", "", choreoNode("span", "choreo-console-order-title", item.title), choreoNode("span", "choreo-console-quiet", time));
      if (index === at) line.setAttribute("aria-current", "true");
      if (index === at) line.append(choreoNode("span", "choreo-console-tag", finished ? "being talked about" : "running"));
      else if (index < at) line.append(choreoNode("span", "choreo-console-tag", "done"));
      const again = index <= at;
      const button = choreoButton(again ? "Begin again" : "Begin", async () => {
        const sure = !again || (await this.confirm(`Begin ${item.title} again?`, "It starts from nothing. What was answered before stays in the log and the report.", "Begin again"));
        if (sure) await this.begin(index);
      });
      button.setAttribute("aria-label", `${again ? "Begin again" : "Begin"}: ${item.title}, number ${index + 1}`);
      button.dataset.key = `begin-${index}`;
      line.append(button);
      list.append(line);
    });
    const change = choreoButton("Change the running order", () => {
      this.editing = true;
      this.show(this.desk);
    });
    change.dataset.key = "change";
    return [heading, list, choreoNode("div", "choreo-console-row", change)];
  }

  editor(plan, at) {
    const editor = new ChoreoPlanEditor(this.activities, plan, { locked: at + 1, say: this.announce });
    const close = () => {
      this.editing = false;
      this.show(this.desk);
      this.orderBox.querySelector('[data-key="change"]')?.focus();
    };
    const save = choreoButton("Use this order", async () => {
      if (await this.act({ do: "plan", plan: editor.plan }, "The running order is changed.")) close();
    }, "choreo-console-next");
    return choreoNode("div", "", editor.el, choreoNode("div", "choreo-console-row", save, choreoButton("Leave it as it was", close)));
  }

  // -- people ----------------------------------------------------------------------------------------------------------

  drawPeople({ people, persons, ended, filter }) {
    const virtual = people.virtual ? `, and ${people.virtual} virtual` : "";
    const human = (persons ?? []).filter((one) => !one.removed && !one.virtual);
    const here = human.filter((one) => one.here).length;
    const away = human.length - here;
    const found = [
      choreoNode("h2", "", "People"),
      choreoNode("p", "choreo-console-count", choreoNode("strong", "", String(here)), ` here${away > 0 ? `, ${away} away` : ""}${virtual}`),
    ];
    if (ended) return found;
    const number = choreoNode("input", "choreo-console-input");
    Object.assign(number, { type: "number", min: 0, max: 1000, value: people.virtual, inputMode: "numeric" });
    number.dataset.key = "bots";
    const form = choreoNode("form", "choreo-console-bots", choreoField("Virtual participants", number, "They fill up a small room, and are marked as virtual everywhere."));
    const set = choreoNode("button", "choreo-console-button", "Set");
    set.dataset.key = "bots-set";
    form.append(set);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.act({ do: "bots", count: Number(number.value) }, `${number.value} virtual participants are there.`);
    });
    const fold = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "Everybody, one by one"));
    fold.dataset.key = "persons";
    const search = choreoNode("input", "choreo-console-input");
    Object.assign(search, { type: "search", value: filter });
    search.dataset.key = "search";
    search.addEventListener("input", () => {
      this.filter = search.value;
      this.show(this.desk);
    });
    const list = choreoNode("ul", "choreo-console-persons");
    list.dataset.scroll = "persons";
    const wanted = filter.trim().toLowerCase();
    const called = ({ who, nickname }) => (nickname ? `${nickname} (${who})` : who);
    const all = human.filter((one) => called(one).toLowerCase().includes(wanted));
    for (const person of all.slice(0, 100)) {
      const name = called(person);
      const button = choreoButton("Remove", async () => {
        const sure = await this.confirm(`Remove ${name}?`, "Their phone says so, and they cannot answer any more. They could join again as somebody new.", "Remove");
        if (sure) await this.act({ do: "remove", who: person.who }, `${name} is removed.`);
      }, "choreo-console-small");
      button.setAttribute("aria-label", `Remove ${name}`);
      button.dataset.key = `remove-${person.who}`;
      list.append(choreoNode("li", "", choreoNode("span", "choreo-console-words", name), choreoNode("span", "choreo-console-quiet", person.here ? "" : "away"), button));
    }
    const none = !all.length && choreoNode("p", "choreo-console-quiet", wanted ? "Nobody of that name." : "Nobody has joined yet.");
    const more = all.length > 100 && choreoNode("p", "choreo-console-quiet", `And ${all.length - 100} more: search for a name.`);
    fold.append(...[choreoField("Find", search), list, none, more].filter(Boolean));
    found.push(form, fold);
    return found;
  }

  // -- take home, end --------------------------------------------------------------------------------------------------

  drawHome({ ended, at }) {
    const found = [choreoNode("h2", "", "Afterwards, and elsewhere")];
    const exports = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "Take it home"));
    exports.dataset.key = "exports";
    exports.open = ended;
    const links = choreoNode("ul", "choreo-console-links");
    exports.append(links);
    const wares = [
      ["report.html", "Report", "one file with every picture, to send and to print"],
      ["replay", "Replay", "what the room saw, with a slider"],
      ["answers.csv", "Answers", "a table for a spreadsheet"],
      ["session.json", "Log", "everything that happened, for programs"],
    ];
    const fill = async () => {
      if (!exports.open || !exports.isConnected) return clearInterval(this.tickets);
      const answer = await this.act({ do: "ticket" });
      if (!answer) return null;
      const focused = links.contains(document.activeElement) ? document.activeElement.dataset.key : "";
      links.replaceChildren(...wares.map(([path, name, what]) => {
        const link = choreoLink(name, new URL(`live/export/${answer.ticket}/${path}`, this.hub).href);
        link.dataset.key = `export-${path}`;
        return choreoNode("li", "", link, ` ${what}`);
      }));
      return focused && links.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    };
    exports.addEventListener("toggle", () => {
      clearInterval(this.tickets);
      if (!exports.open) return;
      fill();
      this.tickets = setInterval(fill, CHOREO_TICKET);
    });
    if (at < 0 && !ended) exports.hidden = true;
    const elsewhere = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "Coach from another device"));
    elsewhere.dataset.key = "elsewhere";
    const address = choreoNode("input", "choreo-console-input");
    Object.assign(address, { type: "text", readOnly: true, value: this.coachLink() });
    address.dataset.key = "coach-link";
    address.addEventListener("focus", () => address.select());
    const copy = choreoButton("Copy", async () => {
      try {
        await navigator.clipboard.writeText(address.value);
        this.announce("Copied.");
      } catch {
        address.focus();
      }
    });
    elsewhere.append(
      choreoNode("p", "", "Open this link on a phone or another laptop to run the same session from there. Whoever has it can run the session, so show it to nobody else."),
      choreoField("Coach’s link", address), copy,
    );
    found.push(exports, elsewhere);
    const row = choreoNode("div", "choreo-console-row");
    if (ended) {
      row.append(choreoButton("Delete everything", () => this.deleteAll(), "choreo-console-grave"), choreoButton("Prepare another session", this.leave));
    } else {
      row.append(choreoButton("End the session", () => this.end(), "choreo-console-grave"), choreoButton("All sessions", this.leave));
    }
    found.push(row);
    return found;
  }

  coachLink() {
    const link = new URL(location.href);
    const join = new URL(this.session.join);
    link.hostname = join.hostname;
    link.hash = `coach=${this.session.host}`;
    return link.href;
  }

  async end() {
    const sure = await this.confirm("End the session?", "Phones say goodbye, and nobody can answer any more. The report and the log stay until you delete them.", "End it");
    if (sure) await this.act({ do: "end" }, "The session is over.");
  }

  async deleteAll() {
    const sure = await this.confirm("Delete everything of this session?", "Every answer, the log and the report are gone for good, for everybody. What you have downloaded stays with you.", "Delete everything");
    if (sure && (await this.act({ do: "delete" }))) this.forget();
  }
}
