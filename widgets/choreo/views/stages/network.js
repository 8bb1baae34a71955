// Four departments: who knows whom, the bridges that were drawn, and answers on their way. A coat is as full as an
// answer is good.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, layerOf, penOf, picturesOf } from "../shared/canvas.js";
import { DEPARTMENTS, disc, drawFigure, drawMark, drawName, LOOKS, lookOf } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { namesOn } from "../shared/names.js";
import { t } from "../shared/words.js";
import { bridgesOn } from "./bridges.js";
import { drawIdea, ideasBeside } from "./ideas.js";
import { picksOn } from "./picks.js";
import { raceBeside } from "./race.js";
import { brokerOf, contactsOf, cutWithout, journeysOf, without } from "./travel.js";

const LEVELS = 13; // of how full a coat is
const LEGIBLE = 240; // px: in a narrower picture, a still, names would cover the people
const WIDE = 2.4; // a ground that many times as wide as high shows all departments in a row

/**
 * @typedef {object} NetworkScene
 * @property {number} frames
 * @property {{data: Uint8Array}} group the department of each person, 0 to 3
 * @property {{data: Float32Array}} at (people, 2) places, 0 to 1
 * @property {{data: Float32Array}} [wide] the same for a low, wide ground
 * @property {{data: ArrayLike<number>}} ties pairs within departments
 * @property {{data: ArrayLike<number>}} drawn pairs: the bridges
 * @property {{data: Uint8Array}} fill (frames, people): how good an answer is, 255 the best there is
 * @property {{data: Uint8Array}} [hue] (frames, people): equal numbers for equal answers
 * @property {boolean} editable whether bridges can be drawn, or people picked
 * @property {import("./bridges.js").Tries} [tries] one tie at a time is tried
 * @property {{data: ArrayLike<number>}} [added] pairs that are only tried: dashed
 * @property {boolean} [unmarked] nobody is marked as the one who is missed most
 * @property {boolean} [open] there are no departments: no grounds, and all ties are alike
 * @property {import("./picks.js").Picks & {who: number[]}} [picks] people are picked, and no bridges drawn
 * @property {string[]} [groups] what the departments are called
 * @property {string} [label] what the figure is: "of the best answer, on average"
 * @property {string} [counted] what somebody with a full coat has done: then they are counted, and `label` is not said
 * @property {number} [leaver] who leaves
 * @property {number} [leaves] the frame after which they are gone
 * @property {{data: Uint8Array, shape: number[]}} [race] and `lanes`: see race.js
 */

/** The network. */
export function stage({ ground, side, act, settings }) {
  const canvas = canvasIn(ground);
  const ideas = ideasBeside(side);
  const race = raceBeside(side);
  /** @type {any} */
  let now = null;
  let touched = null;
  const means = { now: () => now, nameOf: (person) => nameOf(now, person), act, settings };
  const [picks, bridges] = [picksOn(means), bridgesOn(means)];

  return {
    legend: t(
      "A coat fills as its wearer’s answer gets better. The sign above a head is the answer itself: the same sign, the same answer. Thick lines are bridges; a ring marks the person without whom most would be cut off.",
    ),
    layOut(scene, room) {
      const { width, height, ratio, styles, dark } = room;
      const inks = inksOf(styles);
      const places = placesOf(scene, room);
      const colours = DEPARTMENTS.map((role) => styles.getPropertyValue(role));
      const pen = penOf(canvas, width, height, ratio, { alpha: false });
      const contacts = contactsOf(scene);
      const broker = brokerIn(scene, contacts);
      now = { scene, room, inks, pen, contacts, colours, ...places, broker, news: { from: -1 } };
      now.sheet = coatSheet(places.tall * ratio, colours, dark);
      now.floor = floorOf(now, scene);
      if (scene.leaver !== undefined) now.later = laterOf(now);
      ideas.layOut(scene.race ? {} : scene, room);
      race.layOut(scene, room);
    },
    draw(at) {
      if (!now) return true;
      const { scene, pen, inks } = now;
      const { before, after, part } = framesAt(at, scene.frames);
      const { floor, contacts, gone } = isLater(now, before) ? now.later : now;
      copyLayer(pen, floor);
      if (touched !== null && touched !== gone) drawContacts(now, contacts, touched);
      if (now.news.from !== before) now.news = { from: before, found: journeysOf(scene, contacts, before, after) };
      if (now.broker) drawRing(now, now.broker.person, inks.apart, 1.25);
      for (const person of [bridges.picked(), ...(scene.picks?.who ?? [])])
        if (person !== null) drawRing(now, person, inks.you, 1);
      drawPeople(now, before, after, part, gone);
      if (part > 0 && part < 1 && !scene.tries) drawJourneys(now, part); // a tie is tried: nothing travels
      ideas.draw(at);
      race.draw(at);
      return true;
    },
    says(at) {
      const { before, after, part } = framesAt(at, now.scene.frames);
      const gone = isLater(now, after) ? now.later.gone : -1;
      if (now.scene.counted) return { figure: `${fullOf(now.scene, after)}`, label: now.scene.counted };
      const mean = meanFill(now.scene, before, gone) * (1 - part) + meanFill(now.scene, after, gone) * part;
      return { figure: `${Math.round(100 * mean)}%`, label: now.scene.label ?? t("of the best answer, on average") };
    },
    spots: () => spotsOf(now),
    tell: (person, at) => told(isLater(now, Math.floor(at)) ? now.later : now, person),
    touch: (person) => {
      touched = person;
    },
    edit: {
      ask: (scene) => picks.ask(scene) || bridges.ask(scene),
      picked: bridges.picked,
      pick: (person) => (now.scene.picks ? picks : bridges).pick(person),
    },
  };
}

/** Where each person can be touched, in px. */
function spotsOf(now) {
  const { spots, tall } = now;
  return spots.map(({ person, x, y }) => {
    return { id: person, x, y: y - tall * 0.5, r: tall * 0.55, name: nameOf(now, person) };
  });
}

/** What changes when somebody leaves: who knows whom, and the floor. */
function laterOf(now) {
  const { scene } = now;
  const [ties, drawn, added] = [scene.ties, scene.drawn, scene.added].map((some) => without(some, scene.leaver));
  const left = { ...scene, ties, drawn, added };
  return { scene, contacts: contactsOf(left), floor: floorOf(now, left), gone: scene.leaver };
}

/** Who is marked as missed most: who leaves, or the one without whom most would be cut off; null where nobody is. */
function brokerIn({ leaver, unmarked }, contacts) {
  if (leaver !== undefined) return { person: leaver };
  return unmarked ? null : brokerOf(contacts);
}

function isLater({ scene, later }, frame) {
  return later !== undefined && frame >= scene.leaves;
}

function placesOf({ at, wide, group }, { width, height }) {
  const people = group.data.length;
  const { data } = wide && width > WIDE * height ? wide : at;
  const tall = Math.max(24, Math.min(64, Math.sqrt((width * height) / people) * 0.5));
  const [left, top] = [tall * 0.5, tall * 1.35];
  const spots = Array.from({ length: people }, (_, person) => ({
    person,
    x: left + data[2 * person] * (width - 2 * left),
    y: top + data[2 * person + 1] * (height - top - tall * 0.3),
  }));
  return { tall, where: spots, spots: [...spots].sort((a, b) => a.y - b.y) };
}

function nameOf({ scene }, person) {
  const group = scene.group.data[person];
  const places = {
    number: person + 1,
    group: scene.groups?.[group] ?? t("department {number}", { number: group + 1 }),
  };
  return scene.names?.[person] ?? t("person {number}, {group}", places);
}

function told({ contacts, gone }, person) {
  if (person === gone) return t("I have left. Whoever came to me has to ask somebody else.");
  const bridges = contacts[person].filter(({ bridge }) => bridge).length;
  const cut = cutWithout(contacts, person);
  if (!bridges) return t("I know {count} people, all in my department.", { count: contacts[person].length });
  if (!cut) return t("I have a bridge, and if I left, everybody could still reach everybody they reach now.");
  return t("If I left, {pairs} pairs of people would be cut off from each other.", { pairs: cut });
}

/** How many have a full coat. */
function fullOf({ fill, group }, frame) {
  const people = group.data.length;
  return fill.data.slice(frame * people, (frame + 1) * people).filter((level) => level === 255).length;
}

function meanFill({ fill, group }, frame, gone) {
  const people = group.data.length;
  let sum = 0;
  for (let person = 0; person < people; person += 1) if (person !== gone) sum += fill.data[frame * people + person];
  return sum / (people - (gone >= 0 ? 1 : 0)) / 255;
}

// What stands still: the departments' grounds, ties, and bridges.
function floorOf({ room, inks, where, colours, tall }, scene) {
  const { width, height, ratio, dark: night } = room;
  const floor = layerOf(width, height, ratio, { alpha: false });
  const { pen } = floor;
  pen.fillStyle = night ? "#1b2029" : "#f8efdd";
  pen.fillRect(0, 0, width, height);
  const departments = scene.open ? [] : colours;
  departments.forEach((colour, group) => {
    const mine = where.filter(({ person }) => scene.group.data[person] === group);
    if (mine.length) paintDepartment(pen, mine, tall, colour);
  });
  pen.strokeStyle = inks.edge;
  pen.globalAlpha = night ? 0.35 : 0.3;
  pen.lineWidth = 1;
  strokePairs(pen, scene.ties, where, tall);
  pen.globalAlpha = 1;
  pen.lineCap = "round";
  for (const [wide, colour] of [
    [8, inks.card],
    [4.5, inks.ink],
  ]) {
    pen.lineWidth = scene.open ? wide / 2 : wide;
    pen.strokeStyle = colour;
    strokePairs(pen, scene.drawn, where, tall);
  }
  if (scene.added?.data.length) {
    pen.lineWidth = 4;
    pen.strokeStyle = inks.goal;
    pen.setLineDash([9, 8]);
    strokePairs(pen, scene.added, where, tall);
    pen.setLineDash([]);
  }
  departments.forEach((colour, group) => {
    const mine = where.filter(({ person }) => scene.group.data[person] === group);
    pen.fillStyle = colour;
    if (mine.length) paintSign(pen, mine, tall, group, width > LEGIBLE && scene.groups?.[group], inks);
  });
  return floor;
}

function paintDepartment(pen, mine, tall, colour) {
  const [xs, ys] = [mine.map(({ x }) => x), mine.map(({ y }) => y - tall * 0.4)];
  const [left, right] = [Math.min(...xs) - tall * 0.55, Math.max(...xs) + tall * 0.55];
  const [top, bottom] = [Math.min(...ys) - tall * 0.95, Math.max(...ys) + tall * 0.62];
  pen.globalAlpha = 0.13;
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(left, top, right - left, bottom - top, tall * 0.6);
  pen.fill();
  pen.globalAlpha = 1;
}

// A department's shape and name, in its middle.
function paintSign(pen, mine, tall, group, name, inks) {
  const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
  const [x, y] = [middle(mine.map((one) => one.x)), middle(mine.map((one) => one.y - tall * 0.4))];
  drawMark(pen, group, x, y - (name ? 11 : 0), Math.max(5, tall * 0.15));
  if (name) drawName(pen, x, y, name, inks, 14);
}

function strokePairs(pen, pairs, where, tall) {
  pen.beginPath();
  for (let k = 0; k < (pairs?.data.length ?? 0); k += 2) {
    const [a, b] = [where[pairs.data[k]], where[pairs.data[k + 1]]];
    pen.moveTo(a.x, a.y - tall * 0.45);
    pen.lineTo(b.x, b.y - tall * 0.45);
  }
  pen.stroke();
}

// A coat for each department, level and look.
function coatSheet(h, colours, night) {
  const [width, height] = [Math.ceil(h), Math.ceil(h * 1.25)];
  return picturesOf(width, height, LEVELS * colours.length, LOOKS, (pen, column, look) => {
    const level = (column % LEVELS) / (LEVELS - 1);
    const mood = level > 0.8 ? "glad" : level < 0.25 ? "worried" : "neutral";
    const coat = colours[Math.floor(column / LEVELS)];
    drawFigure(pen, width / 2, height - h * 0.1, h, {
      coat,
      fill: level,
      look,
      mood,
      night,
      raise: level === 1 ? 0.5 : 0,
    });
  });
}

function drawPeople(now, before, after, part, gone) {
  const { scene, room, pen, sheet, spots, tall, inks } = now;
  const people = spots.length;
  const { ratio } = room;
  const arrived = part > 0.85 ? after : before; // what travels is there when it has arrived
  for (const { person, x, y } of spots) {
    if (person === gone) continue;
    const value = scene.fill.data[arrived * people + person] / 255;
    const column = Math.round(value * (LEVELS - 1)) + LEVELS * (scene.group.data[person] % 4);
    const look = lookOf(person);
    if (!sheet.has(column, look)) sheet.add(column, look);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    const top = Math.round((y + tall * 0.1) * ratio - sheet.height);
    sheet.copy(pen, column, look, Math.round(x * ratio - sheet.width / 2), top);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (scene.hue) drawIdea(pen, scene.hue.data[arrived * people + person], x, y - tall * 1.12, tall * 0.1, room.dark);
  }
  if (room.width < LEGIBLE) return;
  const write = namesOn(pen, scene, room, inks);
  for (const { person, x, y } of spots) if (person !== gone) write(person, x, y + tall * 0.08);
}

function drawJourneys({ scene, pen, news, where, tall, inks, room }, part) {
  const people = where.length;
  const way = Math.min(1, part / 0.85);
  const late = Math.min(scene.frames - 1, news.from + 1);
  for (const { from, to, bridge } of news.found) {
    const [a, b] = [where[from], where[to]];
    const [x, y] = [a.x + (b.x - a.x) * way, a.y + (b.y - a.y) * way - tall * 0.45];
    const r = tall * (bridge ? 0.2 : 0.13);
    pen.fillStyle = inks.card;
    disc(pen, x, y, r * 1.45);
    if (scene.hue) drawIdea(pen, scene.hue.data[late * people + to], x, y, r, room.dark);
    else {
      pen.fillStyle = inks.goal;
      disc(pen, x, y, r);
    }
  }
}

function drawContacts({ pen, where, tall, inks }, contacts, person) {
  pen.strokeStyle = inks.you;
  pen.lineWidth = 2.5;
  pen.beginPath();
  for (const { other } of contacts[person]) {
    pen.moveTo(where[person].x, where[person].y - tall * 0.45);
    pen.lineTo(where[other].x, where[other].y - tall * 0.45);
  }
  pen.stroke();
}

function drawRing({ pen, where, tall }, person, colour, size) {
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.ellipse(where[person].x, where[person].y, tall * 0.34 * size, tall * 0.14 * size, 0, 0, 7);
  pen.stroke();
}

export default { render: (context) => player(context, stage) };
