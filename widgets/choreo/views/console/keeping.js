// The coach's link: what opens a session again once this browser has lost what it remembers, and on another device.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { remaining } from "./course.js";
import { button, fold, labelled, row, textInput } from "./elements.js";

const ALONE = t(
  "This link opens the session again when this browser has lost it, and on any other device. Whoever has it can run the session, so show it to nobody else.",
);

/** What a coach sees first: the link is to be kept before it is needed. */
export function keeping(desk, { kept, ended, title, ends }) {
  desk.panels.keep.el.hidden = ended || kept;
  if (ended || kept) return [];
  const done = button(t("I have it"), () => desk.keep(), "", "kept");
  return [
    element("h2", {}, t("Keep your coach’s link")),
    element("p", {}, ALONE),
    row(copy(desk), mail(desk, title), done),
    scan(desk, "scan-first"),
    lasts(ends),
  ];
}

/** The same for later. */
export function elsewhere(desk, { title, ends, ended }) {
  const address = textInput({ readonly: true, value: coachLink(desk.session), "data-key": "coach-link" });
  address.addEventListener("focus", () => address.select());
  return fold(
    t("Coach from another device"),
    "elsewhere",
    element("p", {}, ALONE),
    labelled(t("Coach’s link"), address),
    row(copy(desk), mail(desk, title)),
    scan(desk, "scan"),
    ended ? null : lasts(ends),
  );
}

function lasts(ends) {
  return element("p", { class: "choreo-console-quiet" }, remaining(ends, Date.now()));
}

function copy(desk) {
  return button(t("Copy it"), async () => {
    try {
      await navigator.clipboard.writeText(coachLink(desk.session));
      desk.means.announce(t("Copied."));
    } catch {
      const place = desk.el.querySelector("details[data-key=elsewhere]"); // a page without TLS may not copy by itself
      place.open = true;
      place.querySelector("[data-key=coach-link]").focus();
      desk.means.announce(t("This browser lets you copy only by hand: the link is selected."));
    }
  });
}

function mail(desk, title) {
  const subject = t("Coach’s link: {title}", { title });
  const body = `${coachLink(desk.session)}\n\n${t("Join code: {code}", { code: desk.session.code })}`;
  const href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return element("a", { class: "choreo-console-button", href }, t("Mail it to yourself"));
}

function scan(desk, key) {
  const made = fold(t("Scan it with a phone"), key);
  made.addEventListener("toggle", async () => {
    if (!made.open || made.querySelector("img")) return;
    const answer = await desk.act({ do: "picture", text: coachLink(desk.session) });
    if (!answer) return;
    const src = `data:image/svg+xml,${encodeURIComponent(answer.picture)}`;
    made.append(element("img", { class: "choreo-console-qr", src, alt: t("QR code of the coach’s link") }));
  });
  return made;
}

/** This page's address as other devices reach it, with a coach's token. */
export function coachLink({ join, host }, token = host) {
  const link = new URL(location.pathname.replace(/\/$/, ""), join);
  link.hash = `coach=${token}`;
  return link.href;
}
