// The phone's part of push and pull: a pot to give to, round after round; and between them a goal to write and to
// choose. show(view) is called at every new view of the activity; room is described in ../../phone/phone.js.

import { n } from "../../../views/shared/words.js";
import { points } from "../../phone/plural.js";

const SENT = "Given. Until the round closes you can change it.";

/** What came of the last round, in words; "" before there was one. */
export function told(last) {
  if (!last) return "";
  if (last.gave === null) return "No answer came from you in the last round: it counted as nothing.";
  const fine = last.fine ? ` You paid a fine of ${last.fine}.` : "";
  const pot = `Last round: you gave ${last.gave}, and the pot of ${n("one person", "{count} people", last.people)} had ${last.pot}.`;
  return `${pot}${fine} That left you ${points(last.got)}.`;
}

/** What a round is about: words, and whether they lead. */
export function rules({ goal, fine, enough, group, most, worth }) {
  const others = group > 1 ? `each of the ${group} of you` : group === 0 ? "each of you" : "you";
  const pays = `You have ${points(most)}. What you keep is yours. Each point in the pot pays ${worth} to ${others}.`;
  return [
    ...(goal ? [[`Our goal: ${goal}`, true]] : []),
    ...(fine === undefined ? [] : [[`Who gives less than ${enough} pays a fine of ${fine}.`, true]]),
    [pays, false],
  ];
}

class PushAndPull {
  constructor(place, room) {
    this.place = place;
    this.room = room;
    this.shown = ""; // what the control on the page asks for
    this.timer = 0;
    this.until = 0;
    this.goals = []; // that can be chosen
    this.clock = null;
    room.align?.()?.catch?.(() => {});
  }

  radios() {
    return [...this.place.querySelectorAll("input[type=radio]")];
  }

  count() {
    const left = Math.max(0, Math.ceil((this.until * 1000 - this.room.now()) / 1000));
    if (this.clock) this.clock.textContent = left ? `${left} s left` : "The round is closing.";
  }

  before(last) {
    return last ? [this.room.text("p", told(last))] : [];
  }

  ask(view) {
    const { text } = this.room;
    const control = this.room.controls.buttons({
      label: "How many points do you give to the pot?",
      options: Array.from({ length: view.most + 1 }, (_, value) => ({ label: String(value), value })),
      value: view.gave ?? undefined,
      send: (give) => this.room.say({ give, round: view.number }),
      sent: SENT,
    });
    control.querySelector(".choreo-taps").style.gridTemplateColumns = "repeat(4, 1fr)";
    this.clock = text("span", "", "choreo-quiet");
    this.clock.setAttribute("aria-hidden", "true");
    this.count();
    this.timer ||= setInterval(() => this.count(), 500);
    this.room.announce(`Round ${view.round} of ${view.of} is open.`);
    const head = text("p", `Round ${view.round} of ${view.of} · `, "choreo-eyebrow");
    head.append(this.clock);
    const all = rules(view).map(([words, leads]) => text("p", words, leads ? "choreo-lead" : ""));
    return [head, ...this.before(view.last), ...all, control];
  }

  rest(view) {
    const { text } = this.room;
    const words =
      view.state === "next"
        ? "A round is running. You are in from the next one on."
        : "These rounds are over. Look at the screen in front.";
    const sum = text("p", `You have ${points(view.points)} in all.`);
    return [text("p", words, "choreo-lead"), ...this.before(view.last), sum];
  }

  choose(view) {
    if (!view.options.length)
      return [this.room.text("p", "The goals are being read. In a moment you can choose one.", "choreo-lead")];
    const places = view.options.map(([number]) => number);
    const before = places.indexOf(view.ballot?.choose);
    const control = this.room.controls.choice({
      label: "Which goal shall be ours?",
      options: view.options.map(([, text]) => text),
      value: before < 0 ? undefined : before,
      send: (index) => this.room.say({ choose: places[index] }),
    });
    return [control];
  }

  write(view) {
    const control = this.room.controls.words({
      label: "What do we want to reach together in the next rounds? One short sentence.",
      most: view.most,
      value: view.ballot?.text,
      send: (text) => this.room.say({ text }),
    });
    const sealed = "Nobody is shown who wrote what. The coach reads all goals and shows some of them.";
    return [control, this.room.text("p", sealed, "choreo-quiet")];
  }

  explain(view) {
    const { text } = this.room;
    const pot = "You share a pot with a few others. You do not know who they are.";
    const [[pays]] = rules({ ...view, group: 0 });
    const when = n(
      "One round is played. It begins soon: listen first.",
      "{count} rounds are played. They begin soon: listen first.",
      view.rounds,
    );
    return [text("p", pot, "choreo-lead"), text("p", pays), text("p", when)];
  }

  parts(view) {
    if (view.step === "explain") return this.explain(view);
    if (view.step === "write") return this.write(view);
    if (view.step === "choose") return this.choose(view);
    return view.state === "open" ? this.ask(view) : this.rest(view);
  }

  show(view) {
    this.until = view.until ?? 0;
    const { step, state, number, goal, group, options, points: sum } = view;
    const now = JSON.stringify(state === "open" ? [step, number, goal, group] : [step, state, goal, options, sum]);
    if (now === this.shown) return;
    this.shown = now;
    if (state !== "open") {
      clearInterval(this.timer);
      this.timer = 0;
      this.clock = null;
    }
    const held = this.place.contains(document.activeElement);
    // not sent yet, while more goals arrive
    const picked = this.goals[this.radios().findIndex((one) => one.checked)]?.[0];
    this.place.replaceChildren(...this.parts(view));
    this.goals = step === "choose" ? options : [];
    const again = this.radios()[this.goals.findIndex(([number]) => number === picked)];
    if (again) again.checked = true;
    if (held) this.place.querySelector("button, input")?.focus({ preventScroll: true });
  }

  end() {
    clearInterval(this.timer);
  }
}

export default (place, room) => new PushAndPull(place, room);
