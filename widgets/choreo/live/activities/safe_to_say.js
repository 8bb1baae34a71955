// The phone's part of "safe to say?": what I think, then how many of ten others agree; both go out as one sealed ballot.
// The first answer stays on the phone until there is a second. show(view) is called at every new view of the activity.

const TENTHS = Array.from({ length: 11 }, (_, number) => `${number} of 10`);

export default function safeToSay(place, room) {
  let shown = "";
  let own = null;
  let others = null;

  // The control that had the focus is gone, so the focus moves to what is new.
  function replace(moved, first, ...rest) {
    place.replaceChildren(first, ...rest);
    if (!moved) return;
    first.tabIndex = -1;
    first.focus();
  }

  function think(view, moved) {
    const ask = room.controls.buttons({
      label: "What do you think?",
      options: view.views.map((label, value) => ({ label, value })),
      value: own ?? undefined,
      sent: others === null ? "Now the second question." : undefined,
      send: async (value) => {
        if (others !== null) await room.say({ own: value, others });
        own = value;
        guess(view, true);
      },
    });
    const sealed = room.text("p", "Nobody can see who says what: not the others, not the coach.", "choreo-quiet");
    replace(moved, room.text("p", view.statement, "choreo-lead"), ask, sealed);
  }

  function guess(view, moved) {
    const change = room.text("button", "Change what you think", "choreo-button choreo-quiet-button");
    change.type = "button";
    change.onclick = () => think(view, true);
    const ask = room.controls.choice({
      label: "Of ten others in this room, how many agree?",
      options: TENTHS,
      value: others === null ? undefined : others / 10,
      send: async (value) => {
        await room.say({ own, others: 10 * value });
        others = 10 * value;
      },
    });
    const mine = room.text("p", `You: ${view.views[own]}.`);
    replace(moved, room.text("p", view.statement, "choreo-lead"), mine, ask, change);
  }

  return {
    show(view) {
      if (view.step === shown) return;
      shown = view.step;
      if (view.step !== "ask") {
        place.replaceChildren(room.text("p", "The question is closed. Look at the screen in front."));
        return;
      }
      own = view.ballot?.own ?? null;
      others = view.ballot?.others ?? null;
      if (own === null) think(view, false);
      else guess(view, false);
    },
  };
}
