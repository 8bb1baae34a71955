// A talk on the projector: the question of the guide's screen, what happened once more, and how groups find each other.

import { element } from "../../views/shared/element.js";
import { t } from "../../views/shared/words.js";

const PACE = 4000; // ms that a moment stays while it plays
const [EXPECT, HAPPENED, , CHANGE] = [0, 1, 2, 3];

/**
 * @typedef {object} Guide
 * @property {number} screen
 * @property {number} of
 * @property {string} head
 * @property {string} question
 * @property {number} ready
 * @property {number} here
 * @property {any[]} moments what the room saw, in order
 */
/** @typedef {{ guide: Guide | null, groups: { size: number, count: number } | null }} Talk */

/** How people find their group, in words; beside the guide in few. */
export function finding({ size, count }, short = false) {
  if (!count) return t("Groups are made as soon as two people are here.");
  const groups = count === 1 ? t("One group") : t("{count} groups", { count });
  if (short) return size === 2 ? t("In pairs: {groups}", { groups }) : t("In threes: {groups}", { groups });
  return size === 2
    ? t("In pairs: find the phone that shows the same colour and number as yours. {groups}.", { groups })
    : t("In threes: find the phones that show the same colour and number as yours. {groups}.", { groups });
}

/** How many want to go on, in words. */
export function wanting({ ready, here }) {
  if (!ready) return t("Phones say when you can go on.");
  return t("{ready} of {here} can go on.", { ready, here: Math.max(ready, here) });
}

/** A scene under a question: its picture, without its sentences and its own question. */
const bare = (scene) => scene && { ...scene, ask: "", lines: scene.figures?.length ? [] : scene.lines };

export class RoomTalk {
  /** @param {HTMLElement} place @param {() => void} again draws the page anew */
  constructor(place, again) {
    this.place = place;
    this.again = again;
    this.shown = "";
    this.at = 0; // which moment is shown
    this.playing = 0;
    this.of = ""; // the screen whose moments are shown
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /**
   * Show it, and say which scene belongs below it; null where the question stands alone.
   *
   * @param {Talk | null} talk @param {any} scene what the room sees otherwise
   */
  show(talk, scene) {
    const guide = talk?.guide;
    this.place.hidden = !talk;
    this.place.dataset.talk = guide ? ([EXPECT, CHANGE].includes(guide.screen) ? "alone" : "over") : "groups";
    this.follow(guide);
    const now = JSON.stringify([
      talk && { ...talk, guide: guide && { ...guide, moments: guide.moments.length } },
      this.at,
    ]);
    if (now !== this.shown) this.build(talk);
    this.shown = now;
    if (!guide) return scene;
    if (guide.screen === HAPPENED && guide.moments.length) return bare(guide.moments[this.at]);
    return this.place.dataset.talk === "alone" ? null : bare(scene);
  }

  /** Moments begin to play with their screen, and stop with it. @param {Guide | null | undefined} guide */
  follow(guide) {
    const many = guide?.screen === HAPPENED ? guide.moments.length : 0;
    const of = many ? `${guide.head} ${many}` : "";
    this.last = many - 1;
    if (of === this.of) return;
    this.of = of;
    this.at = this.reduced.matches ? Math.max(0, this.last) : 0;
    this.play(many > 1 && !this.reduced.matches);
  }

  play(on) {
    clearInterval(this.playing);
    this.playing = on ? setInterval(() => this.go(this.at + 1), PACE) : 0;
  }

  go(to) {
    this.at = Math.min(Math.max(to, 0), this.last);
    if (this.at === this.last) this.play(false);
    this.again();
  }

  /** @param {Talk | null} talk */
  build(talk) {
    const key = this.place.contains(document.activeElement)
      ? /** @type {HTMLElement} */ (document.activeElement).dataset.key
      : "";
    this.place.replaceChildren(...(talk ? this.parts(talk) : []));
    if (key) /** @type {HTMLElement | null} */ (this.place.querySelector(`[data-key="${key}"]`))?.focus();
  }

  /** @param {Talk} talk */
  parts({ guide, groups }) {
    const line = (cls, words) => element("p", { class: cls, dir: "auto" }, words);
    if (!guide) return groups ? [line("choreo-talk-finding", finding(groups))] : [];
    const place = t("{number} of {of}", { number: guide.screen + 1, of: guide.of });
    const said = element(
      "div",
      { class: "choreo-talk-said" },
      line("choreo-talk-head", `${place} · ${guide.head}`),
      element("h1", { class: "choreo-talk-question", dir: "auto" }, guide.question),
    );
    const aside = element("div", { class: "choreo-talk-aside" });
    if (groups) aside.append(line("choreo-talk-finding", finding(groups, true)));
    aside.append(line("choreo-talk-ready", wanting(guide)));
    if (this.last > 0) aside.append(this.transport());
    return [said, aside];
  }

  transport() {
    const button = (key, words, does) => element("button", { type: "button", "data-key": key, onclick: does }, words);
    const step = (by) => {
      this.play(false);
      this.go(this.at + by);
    };
    const where = t("Moment {number} of {of}", { number: this.at + 1, of: this.last + 1 });
    const again = () => {
      this.play(true);
      this.go(0);
    };
    return element(
      "div",
      { class: "choreo-talk-transport", role: "group", "aria-label": t("What happened, moment by moment") },
      button("back", t("Earlier"), () => step(-1)),
      element("span", {}, where),
      button("on", t("Later"), () => step(1)),
      button("again", t("Play again"), again),
    );
  }
}
