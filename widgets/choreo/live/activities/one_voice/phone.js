// The phone's part of one voice with weight: a judgement alone; for the one who is drawn, to speak or to pass; a judgement
// again. show(view) is called at every new view of the activity; room is described in ../../phone/phone.js.

import { t } from "../../../views/shared/words.js";

/** A number with its unit. @param {{ unit: string }} view @param {number} value */
export function amount({ unit }, value) {
  const words = value.toLocaleString("en", { maximumSignificantDigits: 9 });
  return unit === "%" ? `${words}%` : `${words} ${unit}`.trim();
}

const STILL = {
  wait: () => [t("One of us speaks in a moment. Put the phone down and listen.")],
  spoke: () => [t("You are the voice. Thank you: this time you do not judge again.")],
  late: () => [t("A voice has spoken already. This one is judged by those who were here before it.")],
  closed: () => [t("Look at the screen in front.")],
};

export default function oneVoice(place, room) {
  let shown = "";
  let mine = []; // lines with one's own numbers, so that a slip of the finger is seen

  function own(key, name) {
    const line = room.text("p", "");
    mine.push((view) => {
      line.hidden = view[key] === null;
      line.textContent = line.hidden ? "" : t("You, {name}: {amount}", { name, amount: amount(view, view[key]) });
    });
    return line;
  }

  function number(view, label, key) {
    const { least, most, unit } = view;
    const send = (value) => room.say({ [key]: value });
    return room.controls.number({ label, least, most, unit, value: view[key] ?? undefined, send });
  }

  function alone(view) {
    const lot = view.drawn ? t("One of us will be drawn by lot to say theirs aloud. Whoever is drawn can pass.") : "";
    const kept = t("Nobody else sees your number.");
    return [
      number(view, view.question, "alone"),
      own("alone", t("alone")),
      room.text("p", `${lot} ${kept}`.trim(), "choreo-quiet"),
    ];
  }

  function drawn(view) {
    const options = [
      { label: t("I speak first"), value: true, role: "goal" },
      { label: t("Rather not"), value: false, role: "others" },
    ];
    const said = t("The lot fell on you: speak first?");
    const ask = { label: said, options, sent: t("Done."), send: (speak) => room.say({ speak }) };
    const how = t("Then stand up and say your number and one reason, as sure as you can: {amount}.", {
      amount: amount(view, view.alone),
    });
    const pass = t("If you would rather not, somebody else is drawn, and the room does not hear of it.");
    room.announce(said);
    return [room.controls.buttons(ask), room.text("p", how), room.text("p", pass, "choreo-quiet")];
  }

  function again(view) {
    const says = t(view.virtual ? "A virtual voice says: {voice}" : "One of us says: {voice}", {
      voice: amount(view, view.voice),
    });
    room.announce(says);
    return [
      room.text("p", view.question, "choreo-lead"),
      room.text("p", says, "choreo-lead"),
      own("alone", t("alone")),
      number(view, t("Judge again: change yours, or give the same"), "again"),
      own("again", t("again")),
    ];
  }

  const parts = { alone, drawn, again };

  return {
    show(view) {
      if (view.step !== shown) {
        const held = place.contains(document.activeElement);
        shown = view.step;
        mine = [];
        const lines = STILL[view.step]?.() ?? [];
        place.replaceChildren(
          ...(parts[view.step]?.(view) ?? lines.map((line) => room.text("p", line, "choreo-lead"))),
        );
        if (lines.length) room.announce(lines.join(" "));
        if (held) {
          place.firstElementChild.tabIndex = -1;
          place.firstElementChild.focus({ preventScroll: true });
        }
      }
      for (const line of mine) line(view);
    },
  };
}
