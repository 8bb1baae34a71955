// The phone's part of push and pull: a pot to give to, round after round; and between them a goal to write and to choose.
// show(view) is called at every new view of the activity; room is described in ../phone/phone.js.

export default function pushAndPull(place, room) {
  const { buttons, choice, words } = room.controls;
  let shown = ""; // what the control on the page asks for
  let timer = 0;
  let until = 0;
  let goals = []; // that can be chosen
  let clock = null;
  room.align?.()?.catch?.(() => {});

  const radios = () => [...place.querySelectorAll("input[type=radio]")];
  const points = (value) => `${Math.round(value * 10) / 10} ${value === 1 ? "point" : "points"}`;

  function count() {
    const left = Math.max(0, Math.ceil((until * 1000 - room.now()) / 1000));
    if (clock) clock.textContent = left ? `${left} s left` : "The round is closing.";
  }

  function before(last) {
    if (!last) return [];
    if (last.gave === null) return [room.text("p", "No answer came from you in the last round: it counted as nothing.")];
    const told =
      `Last round: you gave ${last.gave}, and the pot of ${last.people} people had ${last.pot}.` +
      (last.fine ? ` You paid a fine of ${last.fine}.` : "") +
      ` That left you ${points(last.got)}.`;
    return [room.text("p", told)];
  }

  function rules(view) {
    const all = [];
    if (view.goal) all.push(room.text("p", `Our goal: ${view.goal}`, "choreo-lead"));
    if (view.fine !== undefined)
      all.push(room.text("p", `Who gives less than ${view.enough} pays a fine of ${view.fine}.`, "choreo-lead"));
    const others = view.group > 1 ? `each of the ${view.group} of you` : "you";
    all.push(room.text("p", `You have ${view.most} points. What you keep is yours. Each point in the pot pays ${view.worth} to ${others}.`));
    return all;
  }

  function ask(view) {
    const options = Array.from({ length: view.most + 1 }, (_, value) => ({ label: String(value), value }));
    const number = view.number;
    const send = (give) => room.say({ give, round: number });
    const sent = "Given. Until the round closes you can change it.";
    const control = buttons({ label: "How many points do you give to the pot?", options, value: view.gave ?? undefined, send, sent });
    control.querySelector(".choreo-taps").style.gridTemplateColumns = "repeat(4, 1fr)";
    clock = room.text("span", "", "choreo-quiet");
    clock.setAttribute("aria-hidden", "true");
    count();
    timer ||= setInterval(count, 500);
    room.announce(`Round ${view.round} of ${view.of} is open.`);
    const head = room.text("p", `Round ${view.round} of ${view.of} · `, "choreo-eyebrow");
    head.append(clock);
    return [head, ...before(view.last), ...rules(view), control];
  }

  function rest(view) {
    const told = view.state === "next" ? "A round is running. You are in from the next one on." : "These rounds are over. Look at the screen in front.";
    return [room.text("p", told, "choreo-lead"), ...before(view.last), room.text("p", `You have ${points(view.points)} in all.`)];
  }

  function choose(view) {
    if (!view.options.length) return [room.text("p", "The goals are being read. In a moment you can choose one.", "choreo-lead")];
    const places = view.options.map(([number]) => number);
    const before = places.indexOf(view.ballot?.choose);
    const send = (index) => room.say({ choose: places[index] });
    return [choice({ label: "Which goal shall be ours?", options: view.options.map(([, text]) => text), value: before < 0 ? undefined : before, send })];
  }

  function write(view) {
    const label = "What do we want to reach together in the next rounds? One short sentence.";
    const note = room.text("p", "Nobody sees who wrote what. The coach reads all goals and shows some of them.", "choreo-quiet");
    return [words({ label, most: view.most, value: view.ballot?.text, send: (text) => room.say({ text }) }), note];
  }

  return {
    show(view) {
      until = view.until ?? 0;
      const { step, state, number, goal, group, options, points: sum } = view;
      const now = JSON.stringify(state === "open" ? [step, number, goal, group] : [step, state, goal, options, sum]);
      if (now === shown) return;
      shown = now;
      if (state !== "open") {
        clearInterval(timer);
        timer = 0;
        clock = null;
      }
      const held = place.contains(document.activeElement);
      const picked = goals[radios().findIndex((one) => one.checked)]?.[0]; // not sent yet, while more goals arrive
      place.replaceChildren(...(step === "write" ? write(view) : step === "choose" ? choose(view) : state === "open" ? ask(view) : rest(view)));
      goals = step === "choose" ? options : [];
      const again = radios()[goals.findIndex(([number]) => number === picked)];
      if (again) again.checked = true;
      if (held) place.querySelector("button, input")?.focus({ preventScroll: true });
    },
    end() {
      clearInterval(timer);
    },
  };
}
