// The phone's part of the pulse: the question, and one control to answer it with.
// show(view) is called at every new view of the activity; room is described in ../../phone/phone.js.

export default function pulse(place, room) {
  const { choice, scale, words } = room.controls;
  let control = null;
  return {
    show(view) {
      if (view.step !== "ask") {
        control = null;
        place.replaceChildren(room.text("p", room.closed(view.too_few)));
        return;
      }
      if (control) return;
      const answer = (value) => room.say({ answer: value });
      const before = view.ballot?.answer;
      if (view.form === "words") control = words({ label: view.question, most: 60, value: before, send: answer });
      else if (view.form === "scale")
        control = scale({
          label: view.question,
          points: view.points,
          low: view.low,
          high: view.high,
          value: before,
          send: answer,
        });
      else control = choice({ label: view.question, options: view.options, value: before, send: answer });
      const again = view.again ? [room.text("p", view.again)] : [];
      place.replaceChildren(...again, control);
    },
  };
}
