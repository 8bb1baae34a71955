// The coach's console. Everything goes between this page and the hub: a kernel that dies is not missed.
const CHOREO_KEPT = "live-desk"; // not "choreo-...": another learner in this browser must not end a coach's session

function choreoKept() {
  try {
    return { sessions: [], current: "", draft: null, ...JSON.parse(localStorage.getItem(CHOREO_KEPT) ?? "{}") };
  } catch {
    return { sessions: [], current: "", draft: null };
  }
}

function choreoKeep(change) {
  try {
    localStorage.setItem(CHOREO_KEPT, JSON.stringify({ ...choreoKept(), ...change }));
  } catch {
    // A browser that keeps nothing runs the session all the same, until the page is closed.
  }
}

// The coach's token that a link brought along, taken out of the address at once.
function choreoBroughtToken() {
  const token = /^#coach=([\w.~-]+)$/.exec(location.hash)?.[1] ?? "";
  if (token) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

function render({ model, el }) {
  el.classList.add("choreo-console");
  const home = document.querySelector(".choreo-home")?.href;
  const hub = home && new URL(home).origin !== location.origin ? new URL("/", home).href : "";
  if (!hub) {
    el.append(choreoNode("p", "choreo-console-care", "A live session needs the course’s server. Start it with ", choreoNode("code", "", "choreo start"), ", and follow “Run a live session” on its home page."));
    return () => {};
  }
  const activities = model.get("activities");
  const news = choreoNode("p", "choreo-console-news");
  news.setAttribute("role", "status");
  const lost = choreoNode("p", "choreo-console-lost");
  lost.setAttribute("role", "alert");
  lost.hidden = true;
  const body = choreoNode("div", "choreo-console-body");
  el.append(lost, news, body);
  const announce = (text) => {
    news.textContent = text;
  };
  const confirm = (...words) => choreoConfirm(el, ...words);
  const say = (text) => {
    lost.textContent = text;
    lost.hidden = !text;
  };
  let link = null;
  let desk = null;

  const connect = (first) => {
    link?.leave();
    desk?.stop();
    desk = new ChoreoDesk({ hub, activities, announce, confirm, leave, forget, ask: (what) => link.ask(what) });
    let shown = false;
    link = new ChoreoLiveLink(`${hub.replace(/^http/, "ws")}live/host`, first, (state, message) => {
      if (state === "opened") {
        const session = { ...message, host: message.host ?? first.host };
        const others = choreoKept().sessions.filter((one) => one.host !== session.host);
        const known = choreoKept().sessions.find((one) => one.host === session.host);
        const entry = { ...known, host: session.host, code: session.code, opened: known?.opened ?? Date.now() };
        choreoKeep({ current: session.host, sessions: [entry, ...others].slice(0, 12), ...(first.new && { draft: null }) });
        if (!shown) body.replaceChildren(desk.el);
        shown = true;
        if (!lost.hidden) announce("The connection is back.");
        say("");
        desk.opened(session);
      } else if (state === "desk") {
        const entry = choreoKept().sessions.find((one) => one.host === link.first.host);
        if (entry && entry.title !== message.title) {
          entry.title = message.title;
          choreoKeep({ sessions: choreoKept().sessions.map((one) => (one.host === entry.host ? entry : one)) });
        }
        desk.show(message);
      } else if (state === "lost") {
        say("No connection to the course’s server just now. The session goes on there as soon as it can be reached; this page keeps trying.");
      } else if (state === "refused") {
        link.leave();
        if (first.host) choreoKeep({ current: "", sessions: choreoKept().sessions.filter((one) => one.host !== first.host) });
        prepare(message.why || "This session is no longer there.");
      }
    });
  };

  function leave() {
    link?.leave();
    desk?.stop();
    choreoKeep({ current: "" });
    say("");
    prepare();
    body.querySelector("h2")?.focus();
  }

  function forget() {
    const gone = link.first.host;
    choreoKeep({ sessions: choreoKept().sessions.filter((one) => one.host !== gone) });
    leave();
    announce("Everything of that session is deleted.");
  }

  function prepare(why = "") {
    say("");
    const heading = (text) => {
      const made = choreoNode("h2", "", text);
      made.tabIndex = -1;
      return made;
    };
    const trouble = choreoNode("p", "choreo-console-trouble");
    trouble.setAttribute("role", "alert");
    trouble.hidden = !why;
    trouble.textContent = why;
    const parts = [];
    const earlier = choreoKept().sessions;
    if (earlier.length) {
      const list = choreoNode("ul", "choreo-console-earlier");
      const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
      for (const one of earlier) {
        const open = choreoButton("Open", () => connect({ host: one.host }));
        open.setAttribute("aria-label", `Open ${one.title ?? "the session"}, code ${one.code}`);
        list.append(choreoNode("li", "", choreoNode("strong", "", one.title ?? "A session"), choreoNode("span", "choreo-console-quiet", `${one.code}, ${day.format(one.opened)}`), open));
      }
      parts.push(choreoNode("section", "choreo-console-panel", heading("Your sessions"), list));
    }

    const kept = choreoKept().draft;
    const blank = { title: "Our session", notes: "", items: [] };
    const choices = choreoNode("div", "choreo-console-choices");
    const editorPlace = choreoNode("div");
    let editor = null;
    const use = (plan) => {
      editor = new ChoreoPlanEditor(activities, plan, { say: announce, changed: () => editor && choreoKeep({ draft: editor.plan }) });
      editorPlace.replaceChildren(editor.el);
    };
    for (const { name, minutes, notes, plan } of [...model.get("plans"), { name: "", minutes: 0, notes: "", plan: blank }]) {
      const card = choreoNode("article", "choreo-console-choice");
      const title = choreoNode("h3", "", name ? plan.title : "Your own order");
      const items = plan.items.map((item) => activities.find((one) => one.name === item.activity)?.title ?? item.activity);
      const pick = choreoButton(name ? "Take this plan" : "Begin with none", async () => {
        const worked = choreoKept().draft?.items.length;
        if (worked && !(await confirm("Replace your running order?", "What you have changed in it is lost.", "Replace it"))) return;
        use(plan);
        announce(`${plan.title}: the running order is below.`);
        editorPlace.querySelector("input")?.focus();
      });
      pick.setAttribute("aria-label", name ? `Take this plan: ${plan.title}` : "Begin with none: an empty running order");
      card.append(title, choreoNode("p", "choreo-console-quiet", minutes ? `${minutes} minutes` : "As long as you like"), name ? choreoNode("p", "", items.join(", ")) : choreoNode("p", "", "Put together what your room needs, from eight activities."));
      if (notes) {
        const fold = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "Notes"));
        fold.append(choreoNotes(notes));
        card.append(fold);
      }
      card.append(pick);
      choices.append(card);
    }
    const open = choreoButton("Open the session", () => {
      trouble.hidden = true;
      if (!editor.plan.title || !editor.items.length) {
        trouble.textContent = editor.plan.title ? "Add at least one activity first." : "Give the session a title first.";
        trouble.hidden = false;
        return;
      }
      connect({ new: editor.plan });
    }, "choreo-console-next");
    parts.push(
      choreoNode("section", "choreo-console-panel", heading("Choose a plan"), choices),
      choreoNode("section", "choreo-console-panel", heading("The running order"), editorPlace, trouble, choreoNode("div", "choreo-console-row", open)),
    );

    const other = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "I have a coach’s link from another device"));
    const field = choreoNode("input", "choreo-console-input");
    field.type = "text";
    const form = choreoNode("form", "", choreoField("Coach’s link", field), choreoNode("button", "choreo-console-button", "Open that session"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const token = /(?:#coach=)?([\w.~-]+)$/.exec(field.value.trim())?.[1];
      if (token) connect({ host: token });
    });
    other.append(form);
    parts.push(choreoNode("section", "choreo-console-panel", other));
    use(kept ?? blank);
    body.replaceChildren(...parts);
  }

  const brought = choreoBroughtToken();
  const token = brought || choreoKept().current;
  prepare();
  if (token) connect({ host: token });
  return () => {
    link?.leave();
    desk?.stop();
  };
}

export default { render };
