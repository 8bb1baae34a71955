// Teams on one floor: a tile shows a team's habits, the wall between two neighbours how little they have in common.

import { player } from "../player.js";
import { canvasIn, copyLayer, inksOf, penOf } from "../shared/canvas.js";
import { element } from "../shared/element.js";
import { drawFigure, drawName, lookOf } from "../shared/figure.js";
import { framesAt } from "../shared/frames.js";
import { t } from "../shared/words.js";
import { mapOf, painterOf } from "./territory_map.js";
import { copiesOf, culturesOf, inCommon, neighboursOf, tallyOf } from "./walls.js";

/**
 * @typedef {object} TerritoryScene
 * @property {number} frames
 * @property {{data: Uint8Array, shape: number[]}} traits (frames, sites, topics)
 * @property {number} rows
 * @property {number} columns
 * @property {{data: ArrayLike<number>, shape: number[]}} ties who can meet whom, each pair once
 * @property {Object<number, string>} [names]
 */

/** The territory. */
export function stage({ ground, side }) {
  const canvas = canvasIn(ground);
  const tally = tallyIn(side);
  let now = null;
  let touched = null;

  const frameAt = (at) => {
    const { before, after, part } = framesAt(at, now.scene.frames);
    return part < 0.5 ? before : after;
  };
  return {
    square: true,
    legend: t(
      "Each tile is a team, each mark one of its habits. Walls grow thin as neighbours have more in common, vanish when they are alike, and are solid when nothing is left to talk about.",
    ),
    layOut(scene, room) {
      const { width, height, ratio, styles } = room;
      const inks = inksOf(styles);
      const map = mapOf(scene, room);
      const pen = penOf(canvas, width, height, ratio, { alpha: false });
      const painter = painterOf(scene, room, map, inks, now?.painter);
      now = { scene, room, inks, map, pen, painter, neighbours: neighboursOf(scene), copies: { from: -1, found: [] } };
    },
    draw(at) {
      if (!now) return true;
      const { scene, pen, painter, neighbours } = now;
      const { before, after, part } = framesAt(at, scene.frames);
      painter.show(part === 1 ? after : before);
      copyLayer(pen, painter.layer);
      if (part > 0 && part < 1) {
        if (now.copies.from !== before)
          now.copies = { from: before, found: copiesOf(scene, neighbours, before, after) };
        drawCopies(now, part);
      }
      drawNames(now);
      if (touched !== null) drawTouched(now, touched, frameAt(at));
      tally.show(tallyOf(scene, frameAt(at)));
      return true;
    },
    says(at) {
      const count = culturesOf(now.scene, frameAt(at));
      return { figure: `${count}`, label: count === 1 ? t("culture") : t("cultures side by side") };
    },
    spots: () =>
      now.neighbours.map((_, site) => {
        const [x, y] = now.map.middle(site);
        return { id: site, x, y, r: now.map.cell / 2, name: nameOf(now.scene, site) };
      }),
    tell: (site, at) => told(now, site, frameAt(at)),
    touch: (site) => {
      touched = site;
    },
  };
}

function nameOf({ names, columns }, site) {
  const places = { row: Math.floor(site / columns) + 1, column: (site % columns) + 1 };
  return names?.[site] ?? t("team in row {row}, place {column}", places);
}

function told({ scene, neighbours }, site, frame) {
  const topics = scene.traits.shape[2];
  const shares = neighbours[site].map((other) => inCommon(scene, frame, site, other));
  const places = {
    all: shares.length,
    alike: shares.filter((same) => same === topics).length,
    none: shares.filter((same) => same === 0).length,
    most: Math.max(...shares),
    topics,
  };
  if (places.alike === places.all) return t("All my {all} neighbours live as we do.", places);
  if (places.none === places.all) return t("We have nothing in common with any of our {all} neighbours.", places);
  return t(
    "Of my {all} neighbours, {alike} live just as we do, and with {none} we have nothing in common. With the closest we share {most} of {topics} topics.",
    places,
  );
}

// A habit on its way over the wall, from the neighbour who had it.
function drawCopies({ pen, map, painter, copies, inks }, part) {
  const way = part * part * (3 - 2 * part);
  for (const { site, topic, value, from } of copies.found) {
    const [a, b] = [map.place(from, topic), map.place(site, topic)];
    const [x, y] = [a[0] + (b[0] - a[0]) * way, a[1] + (b[1] - a[1]) * way];
    pen.fillStyle = inks.card;
    pen.beginPath();
    pen.arc(x, y, map.mark * 0.56, 0, 7);
    pen.fill();
    painter.drawMark(pen, value, x, y);
  }
}

function drawNames({ scene, pen, map, inks, room }) {
  for (const [site, name] of Object.entries(scene.names ?? {})) {
    const [x, y] = map.middle(Number(site));
    const h = Math.max(22, map.cell * 0.62);
    drawFigure(pen, x, y + map.high * 0.3, h, {
      coat: inks.you,
      look: lookOf(Number(site)),
      mood: "neutral",
      night: room.dark,
    });
    drawName(pen, x, Math.min(room.height - 18, y + map.high * 0.34), name, inks);
  }
}

// A frame around the touched tile, and a spot on each habit that a neighbour shares with it.
function drawTouched({ scene, pen, map, neighbours, inks }, site, frame) {
  const [x, y] = map.corner(site);
  const [, sites, topics] = scene.traits.shape;
  const { data } = scene.traits;
  pen.strokeStyle = inks.you;
  pen.lineWidth = 3;
  pen.strokeRect(x + 1, y + 1, map.wide - 2, map.high - 2);
  pen.lineWidth = Math.max(1.5, map.mark * 0.14);
  for (const other of neighbours[site])
    for (let topic = 0; topic < topics; topic += 1) {
      if (data[(frame * sites + other) * topics + topic] !== data[(frame * sites + site) * topics + topic]) continue;
      pen.beginPath();
      pen.arc(...map.place(other, topic), map.mark * 0.52, 0, 7);
      pen.stroke();
    }
}

/** The three kinds of walls, with how many there are. */
function tallyIn(place) {
  const kinds = [
    ["solid", t("solid"), t("solid: nothing in common")],
    ["thin", t("thin"), t("thin: they can still talk")],
    ["gone", t("gone"), t("gone: they are alike")],
  ];
  const counts = kinds.map(() => element("strong"));
  const rows = kinds.map(([kind, short, long], k) =>
    element(
      "li",
      {},
      element("i", { class: `choreo-territory-${kind}`, "aria-hidden": "true" }),
      counts[k],
      element("span", { class: "choreo-territory-short" }, short),
      element("span", { class: "choreo-territory-long" }, long),
    ),
  );
  place.append(element("ul", { class: "choreo-territory-tally" }, ...rows));
  return {
    show: (tally) => {
      kinds.forEach(([kind], k) => {
        if (counts[k].textContent !== `${tally[kind]}`) counts[k].textContent = tally[kind];
      });
    },
  };
}

export default { render: (context) => player(context, stage) };
