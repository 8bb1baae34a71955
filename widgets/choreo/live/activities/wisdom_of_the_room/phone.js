// The phone's part of the wisdom of the room: an estimate made alone, then another one beside what others estimated.
// show(view) is called at every new view of the activity; room is described in ../../phone/phone.js.

const SEEN = {
  some: "What some others estimated alone:",
  middle: "The middle one of all estimates made alone:",
  one: "What one person estimated alone:",
};

export default function wisdomOfTheRoom(place, room) {
  let shown = "";
  let mine = []; // lines with one's own estimates, so that a slip of the finger is seen

  function amount(view, value) {
    const words = value.toLocaleString("en", { maximumSignificantDigits: 9, useGrouping: view.unit !== "" });
    return view.unit ? `${words} ${view.unit}` : words;
  }

  function own(key, name) {
    const line = room.text("p", "");
    mine.push((view) => {
      line.hidden = view[key] === null;
      line.textContent = line.hidden ? "" : `You, ${name}: ${amount(view, view[key])}`;
    });
    return line;
  }

  function number(view, label, key) {
    const { least, most, unit } = view;
    const send = (value) => room.say({ [key]: value });
    return room.controls.number({ label, least, most, unit, value: view[key] ?? undefined, send });
  }

  function others(view) {
    if (!view.others.length) return [room.text("p", "Nobody else has estimated yet.")];
    const list = document.createElement("ul");
    list.append(...view.others.map((value) => room.text("li", amount(view, value))));
    return [room.text("p", SEEN[view.sees]), list];
  }

  function parts(view) {
    if (view.step === "alone") {
      const quiet = room.text("p", "Alone: no talk, no look at your neighbour's phone.");
      return [quiet, number(view, view.question, "alone"), own("alone", "alone")];
    }
    if (view.step === "again") {
      const control = number(view, "Estimate again: change yours, or give the same", "again");
      return [
        room.text("p", view.question, "choreo-lead"),
        ...others(view),
        own("alone", "alone"),
        control,
        own("again", "again"),
      ];
    }
    return [
      room.text("p", "Your estimates stand. Look at the screen in front."),
      own("alone", "alone"),
      own("again", "again"),
    ];
  }

  return {
    show(view) {
      if (view.step !== shown) {
        shown = view.step;
        mine = [];
        place.replaceChildren(...parts(view));
      }
      for (const line of mine) line(view);
    },
  };
}
