// The phone's part of micro-cultures: the own habits, and one of a neighbour's to adopt or not.
// show(view) is called at every new view of the activity; room is described in ../../phone/phone.js.

import { t } from "../../../views/shared/words.js";

const WHY = {
  alone: "You have no neighbours yet. The next one who joins is yours.",
  alike: "Your neighbours all do as you do. There is nothing to learn from them just now.",
  strangers: "With the neighbours who differ you have nothing in common, so you do not meet.",
  soon: "You meet somebody in a moment …",
};

export default function microCultures(place, room) {
  let shown = "";
  const top = room.text("div", "");
  const meeting = room.text("div", "");
  place.replaceChildren(top, meeting);

  function habits(view) {
    const list = room.text("ul", "");
    for (const [topic, habit] of view.habits) {
      const item = room.text("li", `${topic} `);
      item.append(room.text("strong", habit));
      list.append(item);
    }
    top.replaceChildren(room.text("h2", "How we do it here"), list);
  }

  function meet(view) {
    const { number, topic, habit, common } = view.offer;
    const [name, mine] = view.habits[topic];
    const told = t("A neighbour with {common} of {all} habits like yours. Over there: {name} {habit}. Here: {mine}.", {
      common,
      all: view.habits.length,
      name,
      habit,
      mine,
    });
    const options = [
      { label: `Adopt “${habit}”`, value: true, role: "goal" },
      { label: `Keep “${mine}”`, value: false, role: "you" },
    ];
    const send = (adopt) => room.say({ offer: number, adopt });
    const held = [...meeting.querySelectorAll("button")].indexOf(document.activeElement);
    meeting.replaceChildren(
      room.controls.buttons({ label: told, options, send, sent: "Done. The next meeting comes in a moment." }),
    );
    if (held >= 0) meeting.querySelectorAll("button")[held]?.focus({ preventScroll: true });
    room.announce(told);
  }

  return {
    show(view) {
      const now = JSON.stringify([view.step, view.habits, view.offer, view.why]);
      if (now === shown) return;
      shown = now;
      if (!view.habits.length) {
        top.replaceChildren(room.text("p", "The meetings are over. Look at the screen in front.", "choreo-lead"));
        meeting.replaceChildren();
        return;
      }
      habits(view);
      if (view.offer) meet(view);
      else {
        const told =
          view.step === "own"
            ? "These are your team's habits. Read them to your neighbour: what do you share?"
            : view.step === "stop"
              ? "The meetings are over. Look at the screen in front."
              : WHY[view.why];
        const held = meeting.contains(document.activeElement);
        const line = room.text("p", told, "choreo-lead");
        meeting.replaceChildren(line);
        if (held) {
          line.tabIndex = -1;
          line.focus({ preventScroll: true });
        }
        if (view.why !== "soon") room.announce(told);
      }
    },
  };
}
