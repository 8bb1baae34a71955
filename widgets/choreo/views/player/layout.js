// Where the parts of an open stage stand: the theatre, beside it the desk, and below what there is to read.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { sign } from "./transport.js";

/**
 * Everything in its place.
 *
 * @param {import("./play.js").Play} play with its parts built
 * @returns what changes as a run goes on: `theatre`, `start`, `figure`, `label`, `legend` and `news`
 */
export function lay(play) {
  const { task, el, ground, controls } = play;
  const theatre = theatreOf(play);
  const legend = element("p", {}, ground.stage.legend ?? "");
  const news = element("p", { class: "choreo-player-read", role: "status" });
  el.toggleAttribute("data-small", Boolean(task.small));
  el.toggleAttribute("data-square", Boolean(ground.stage.square));
  if (task.title && !task.small) el.append(headingOf(play));
  el.append(play.lent.el);
  el.append(
    element(
      "div",
      { class: "choreo-player-now" },
      element("div", { class: "choreo-player-stage" }, theatre.el, play.transport.el),
      deskOf(play),
      crowdButtons(play),
      element("div", { class: "choreo-player-legend" }, controls.still, legend),
    ),
  );
  el.append(play.touch.read, news);
  if (!task.small) el.append(play.share, play.rest.el);
  return { theatre: theatre.el, start: theatre.start, figure: theatre.figure, label: theatre.label, legend, news };
}

/** The stage with what lies on it, and the moment in words. */
function theatreOf({ task, ground, model, head, person, transport }) {
  const press = { type: "button", class: "choreo-player-start", hidden: true, onclick: () => head.play() };
  const start = element("button", press, sign("play"), t("Play"));
  const { edit, square, full } = ground.stage;
  const drawn = Boolean(edit && model.get("scene")?.editable); // nothing may lie over somebody who could be picked
  if (!drawn) ground.field.append(start);
  const beside = drawn || (task.small ? square : full); // a taste of a square picture leaves room at its side
  if (person && !beside) ground.field.append(person.el);
  const figure = element("strong", { class: "choreo-player-number" });
  const label = element("span");
  const says = element("p", { class: "choreo-player-figure" }, figure, label);
  const strip = element("div", { class: "choreo-player-strip" }, ground.side, says, transport.clock);
  const look = { class: "choreo-player-theatre", tabindex: 0, role: "application" };
  return { el: element("div", look, ground.field, strip), start, figure, label };
}

/** What one does, and what became of it. */
function deskOf({ ground, guide, tapping, person, drawing, controls, goal, crowds }) {
  const desk = element("div", { class: "choreo-player-desk" }, guide.el);
  if (tapping) desk.prepend(tapping.el);
  if (person && !person.el.parentElement) desk.prepend(person.el);
  if (ground.stage.edit) desk.append(drawing.el);
  desk.append(controls.el, goal.el, crowds.el, goal.help);
  return desk;
}

function headingOf({ el, id, task }) {
  const title = element("h3", { class: "choreo-player-title", id: `${id}-title` }, task.title);
  el.setAttribute("role", "group");
  el.setAttribute("aria-labelledby", title.id);
  const text = element("div", { class: "choreo-player-text", html: task.text ?? "" });
  const wanted = task.goal ? element("div", { class: "choreo-player-wanted", html: task.goal }) : null;
  return element("div", { class: "choreo-player-ask" }, title, text, wanted);
}

function crowdButtons({ task: { crowd }, send }) {
  const button = (label, act) =>
    element("button", { type: "button", class: "choreo-player-button", onclick: act }, label);
  if (!crowd) return element("div", { hidden: true });
  return element(
    "div",
    { class: "choreo-player-again" },
    button(t("Same {crowd} again", { crowd: crowd.one.toLowerCase() }), () => send({ type: "again" })),
    button(t("New {crowd}", { crowd: crowd.one.toLowerCase() }), () => send({ type: "new" })),
  );
}
