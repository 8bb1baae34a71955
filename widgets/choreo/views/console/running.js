// What runs, and what comes next.

import { element, uid } from "../shared/element.js";
import { n, t } from "../shared/words.js";
import { missing, next } from "./course.js";
import { button, quiet, row } from "./elements.js";
import { finish, moveOn, step as moveTo, takeBack } from "./moves.js";

export function running(desk, values) {
  desk.time = null;
  if (values.ended)
    return [
      element("h2", {}, t("The session is over")),
      element(
        "p",
        {},
        t("Thank you for running it. Take the report home before you delete everything: both are under “Afterwards”."),
      ),
    ];
  const { at, shown, paused, sealed, asking } = values;
  const on = at >= 0;
  const states = [paused && t("Paused: phones wait."), !shown && t("Results are hidden from the room.")].filter(
    Boolean,
  );
  return [
    head(values),
    ...(on ? [clock(desk), steps(desk, values)] : []),
    ...(on && sealed !== null ? [ballots(values)] : []),
    asking ? question(desk, asking) : actions(desk, values),
    ...(on && states.length ? [element("p", { class: "choreo-console-care" }, states.join(" "))] : []),
  ];
}

function head({ items, at, round }) {
  const where = { number: at + 1, all: items.length };
  const title =
    at >= 0 ? (items[at]?.title ?? "") : items.length ? t("Ready when you are") : t("Nothing is planned yet");
  const place =
    at >= 0
      ? round
        ? t("Activity {number} of {all}, round {round} of {rounds}", {
            ...where,
            round: round.number,
            rounds: round.of,
          })
        : t("Activity {number} of {all}", where)
      : items.length
        ? t("First comes {title}. Wait until people have joined; late ones are welcome in every activity.", {
            title: items[0].title,
          })
        : t("Change the running order below.");
  const heading = element("h2", { class: "choreo-console-title" }, title);
  const asks = items[at]?.about && element("p", { dir: "auto" }, items[at].about);
  return element("div", { class: "choreo-console-head" }, quiet(place), heading, asks);
}

function clock(desk) {
  const words = element("span", { class: "choreo-console-time" });
  const bar = element("span", { class: "choreo-console-fill" });
  const late = element("span", { class: "choreo-console-late" });
  desk.time = { words, bar, late };
  const track = element("span", { class: "choreo-console-track", "aria-hidden": "true" }, bar);
  return element("div", { class: "choreo-console-clock" }, words, track, late);
}

function steps(desk, { steps, step, finished }) {
  const all = [...steps, { name: "", title: t("Look at it together") }].map((one) => {
    const does = () => (one.name ? moveTo(desk, one) : finish(desk));
    const made = button(one.title, does, "choreo-console-step", `step-${one.name}`);
    if (finished ? !one.name : one.name === step) made.setAttribute("aria-current", "step");
    return element("li", {}, made);
  });
  return element("ol", { class: "choreo-console-steps", "aria-label": t("Steps of this activity") }, ...all);
}

function ballots({ sealed, fewest }) {
  const lacking = missing({ sealed, fewest });
  const few = lacking
    ? n(
        "Under {fewest} answers none is shown: {count} more is needed.",
        "Under {fewest} answers none is shown: {count} more are needed.",
        lacking,
        { fewest },
      )
    : "";
  return element(
    "p",
    { class: "choreo-console-sealed" },
    element("strong", {}, n("{count} sealed answer so far.", "{count} sealed answers so far.", sealed)),
    ` ${few} ${t("Nobody is shown who said what, you neither.")} `,
    t("Until the question closes, whoever runs the server could read in its files what was said, but not by whom."),
  );
}

/** What is asked in the place of the large button. */
function question(desk, { question, detail, yes, no }) {
  const id = uid();
  const stay = resting(
    button(no, () => desk.asking.reply(false), "choreo-console-next", "stay"),
    desk.asking.ready,
  );
  const leave = resting(
    button(yes, () => desk.asking.reply(true), "choreo-console-grave", "leave"),
    desk.asking.ready,
  );
  const asked = element(
    "div",
    { class: "choreo-console-asked", role: "group", "aria-labelledby": id, "aria-describedby": `${id}-detail` },
    element("p", { id, class: "choreo-console-question" }, question),
    element("p", { id: `${id}-detail` }, detail),
    row(stay, leave),
  );
  asked.addEventListener("keydown", (event) => event.key === "Escape" && desk.asking.answer(false));
  return asked;
}

function actions(desk, values) {
  const { at, finished, paused, shown, undo } = values;
  const all = element("div", { class: "choreo-console-row choreo-console-actions" }, goOn(desk, values));
  if (at >= 0 && !finished) all.append(pause(desk, paused));
  if (at >= 0) all.append(results(desk, shown));
  if (undo)
    all.append(
      button(t("Take back: {label}", { label: undo.label }), () => takeBack(desk), "choreo-console-small", "undo"),
    );
  return all;
}

function goOn(desk, values) {
  const to = next(values);
  if (!to) return null;
  const go = resting(
    button("", () => desk.once(() => moveOn(desk)), "choreo-console-next", "next"),
    desk.ready,
  );
  go.append(element("span", {}, to.label), to.hint ? element("small", {}, to.hint) : "");
  return go;
}

/** A button that takes no press before `ready`, by this page's clock: one that is still on its way was meant for another. */
function resting(made, ready) {
  const rest = ready - performance.now();
  if (rest > 0) {
    made.setAttribute("aria-disabled", "true");
    setTimeout(() => made.removeAttribute("aria-disabled"), rest);
  }
  return made;
}

function pause(desk, paused) {
  if (paused) return button(t("Resume"), () => desk.act({ do: "resume" }, t("Everybody can go on.")), "", "pause");
  return button(t("Pause"), () => desk.act({ do: "pause" }, t("Paused.")), "", "pause");
}

function results(desk, shown) {
  if (shown)
    return button(
      t("Hide results"),
      () => desk.act({ do: "hide" }, t("The room does not see the results.")),
      "",
      "hide",
    );
  return button(t("Show results"), () => desk.act({ do: "show" }, t("The room sees the results.")), "", "hide");
}
