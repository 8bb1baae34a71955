// The coach's console. Everything goes between this page and the hub: a kernel that dies is not missed.

import { confirmed } from "./console/confirmation.js";
import { connected } from "./console/connection.js";
import { Desk } from "./console/desk.js";
import { alertLine } from "./console/elements.js";
import { LiveLink } from "./console/link.js";
import { preparation } from "./console/preparation.js";
import { SecondDesk } from "./console/second_desk.js";
import {
  isSecond,
  remember,
  remembered,
  tokenIn,
  withKept,
  withOpened,
  without,
  withTitle,
} from "./console/sessions.js";
import { at } from "./shared/at.js";
import { element } from "./shared/element.js";
import { t } from "./shared/words.js";

const GONE = t("This session is no longer there.");
const WITHDRAWN = t("The coach who gave you this link has taken it back.");

/** @param {import("./shared/model.js").Context} context */
function render({ model, el }) {
  el.classList.add("choreo-console");
  const hub = hubAddress();
  if (!hub) {
    el.append(alone());
    return () => {};
  }
  const coach = new Console(el, hub, model);
  coach.begin();
  return () => coach.end();
}

/** Where the hub is; "" where this page does not come from a hub's home. */
function hubAddress() {
  return "at" in document.documentElement.dataset ? new URL(at("/"), location.href).href : "";
}

function alone() {
  return element(
    "p",
    { class: "choreo-console-care" },
    t(
      "A live session needs the course’s server. Start it with “choreo start”, and follow “Run a live session” on its home page.",
    ),
  );
}

/** The coach's token that a link brought along, taken out of the address at once. */
function broughtToken() {
  const token = tokenIn(location.hash);
  if (token) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

class Console {
  constructor(el, hub, model) {
    this.hub = hub;
    this.model = model;
    this.link = null;
    this.desk = null;
    this.lost = alertLine("choreo-console-lost");
    this.news = element("p", { class: "choreo-console-news", role: "status" });
    this.body = element("div", { class: "choreo-console-body" });
    /** A link that is put into this very page's address leads nowhere by itself. */
    this.brought = () => {
      const token = broughtToken();
      if (token) this.connect({ host: token });
    };
    this.confirm = (question, detail, yes) => confirmed(el, question, detail, yes);
    el.append(this.lost, this.news, this.body);
  }

  /** Go on with the session that a link or this browser knows of, or prepare one. */
  begin() {
    const token = broughtToken() || remembered().current;
    this.prepare();
    if (token) this.connect({ host: token });
    addEventListener("hashchange", this.brought);
  }

  end() {
    removeEventListener("hashchange", this.brought);
    this.stop();
  }

  stop() {
    this.link?.leave();
    this.desk?.stop();
  }

  announce(words) {
    this.news.textContent = words;
  }

  say(trouble) {
    this.lost.textContent = trouble;
    this.lost.hidden = !trouble;
  }

  connected(open) {
    const { lost, news } = connected({ lost: this.lost.textContent, news: this.news.textContent }, open);
    this.say(lost);
    this.announce(news);
  }

  prepare(why = "") {
    this.say("");
    const means = {
      activities: this.model.get("activities"),
      plans: this.model.get("plans"),
      connect: (first) => this.connect(first),
      confirm: this.confirm,
      announce: (words) => this.announce(words),
    };
    this.body.replaceChildren(...preparation(means, why));
  }

  /** Open a session: `first` is {new: plan}, or {host: token} for one that is there. */
  connect(first) {
    this.stop();
    const Kind = isSecond(first.host) ? SecondDesk : Desk;
    const desk = new Kind({
      hub: this.hub,
      activities: this.model.get("activities"),
      ask: (what) => this.link.ask(what),
      confirm: this.confirm,
      announce: (words) => this.announce(words),
      leave: () => this.leave(),
      forget: () => this.forget(),
      keep: () => remember({ sessions: withKept(remembered().sessions, this.link.first.host) }),
    });
    this.desk = desk;
    const hears = {
      opened: (message) => this.opened(message, first, desk),
      desk: (message) => this.shown(message, desk),
      lost: () => this.connected(false),
      refused: ({ why }) => this.refused(why, first),
    };
    const url = `${this.hub.replace(/^http/, "ws")}live/host`;
    this.link = new LiveLink(url, first, (state, message) => hears[state](message));
  }

  opened(message, first, desk) {
    // Whoever comes by the link has it.
    const session = { ...message, host: message.host ?? first.host, kept: !first.new };
    const sessions = withOpened(remembered().sessions, session, Date.now());
    session.kept = sessions[0].kept;
    remember({ current: session.host, sessions, ...(first.new && { draft: null }) });
    if (!desk.el.isConnected) {
      this.body.replaceChildren(desk.el);
      scrollTo(0, 0);
    }
    this.connected(true);
    this.say("");
    desk.opened(session);
  }

  shown(message, desk) {
    const { host } = this.link.first;
    const { sessions } = remembered();
    const known = sessions.find((one) => one.host === host);
    if (known && known.title !== message.title) remember({ sessions: withTitle(sessions, host, message.title) });
    desk.show(message);
  }

  refused(why, first) {
    this.link.leave();
    if (first.host) remember({ current: "", sessions: without(remembered().sessions, first.host) });
    this.prepare(why || (isSecond(first.host) ? WITHDRAWN : GONE));
  }

  leave() {
    this.stop();
    remember({ current: "" });
    this.prepare();
    this.body.querySelector("h2")?.focus();
  }

  forget() {
    remember({ sessions: without(remembered().sessions, this.link.first.host) });
    this.leave();
    this.announce(t("Everything of that session is deleted."));
  }
}

export default { render };
