// How a territory is drawn: a tile for each team, a mark for each of its habits, walls between.

import { layerOf, penOf, sheetOf } from "../shared/canvas.js";
import { inCommon } from "./walls.js";

const WAYS = 32; // marks that differ: 4 directions, 8 colours
const SHEETS = 24; // of marks that are kept
const LIGHT = ["#0b5cad", "#0a6b52", "#7d2a87", "#b03060", "#d9730f", "#b89600", "#1f96b5", "#868c99"];
const DARK = ["#6fb0f5", "#3fae8b", "#c77fd2", "#f0648f", "#f7ad6e", "#ead95a", "#7fdcef", "#d9dbe0"];
const colourOf = (value) => value % 8;
const directionOf = (value) => (value + Math.floor(value / 8)) % 4; // those of one direction differ in brightness

/** Where each tile and each topic's mark within it stand. */
export function mapOf({ rows, columns, traits }, { width, height }) {
  const topics = traits.shape[2];
  const high = Math.floor((height - 12) / rows);
  // a strip rather than a square, where there is room
  const wide = Math.floor(Math.min((width - 12) / columns, high * 1.7));
  const cell = Math.min(wide, high);
  const [left, top] = [(width - wide * columns) / 2, (height - high * rows) / 2];
  const gap = Math.max(3, cell * 0.15); // between tiles, where the walls are
  const { across, down, mark } = gridOf(topics, wide - gap - 2, high - gap - 2);
  const corner = (site) => [left + (site % columns) * wide, top + Math.floor(site / columns) * high];
  return {
    wide,
    high,
    cell,
    gap,
    mark,
    corner,
    middle(site) {
      const [x, y] = corner(site);
      return [x + wide / 2, y + high / 2];
    },
    place(site, topic) {
      const [x, y] = this.middle(site);
      const [column, row] = [topic % across, Math.floor(topic / across)];
      const many = Math.min(across, topics - row * across);
      return [x + (column - (many - 1) / 2) * mark, y + (row - (down - 1) / 2) * mark];
    },
  };
}

/** The rows and columns in which so many marks are largest. */
export function gridOf(count, width, height) {
  let best = { mark: 0 };
  for (let across = 1; across <= count; across += 1) {
    const down = Math.ceil(count / across);
    const mark = Math.min(width / across, height / down, height * 0.55);
    if (mark > best.mark) best = { across, down, mark };
  }
  return best;
}

/**
 * A painter of tiles and walls on a layer of its own, or on that of `before`, the painter of another run: it paints only
 * what has changed since the last frame.
 */
export function painterOf(scene, room, map, inks, before) {
  const { width, height, ratio, dark: night } = room;
  const layer = before?.layer ?? layerOf(width, height, ratio, { alpha: false });
  const pen = penOf(layer.picture, width, height, ratio);
  const colours = night ? DARK : LIGHT;
  const [, sites, topics] = scene.traits.shape;
  const marks = marksOf(Math.ceil(map.mark * ratio), night);
  const painted = new Int16Array(sites * topics).fill(-1);
  const floor = night ? "#15181d" : "#efe6d4";
  pen.fillStyle = floor;
  pen.fillRect(0, 0, width, height);

  const paintTile = (site, traits) => {
    const [x, y] = map.corner(site);
    pen.fillStyle = tintOf(traits, colours, night);
    pen.fillRect(x + map.gap / 2, y + map.gap / 2, map.wide - map.gap, map.high - map.gap);
    for (let topic = 0; topic < topics; topic += 1) drawMark(pen, traits[topic], ...map.place(site, topic));
  };
  const drawMark = (onto, value, x, y) => {
    marks.copy(onto, value % WAYS, 0, x - map.mark / 2, y - map.mark / 2, map.mark, map.mark);
  };
  const paintWall = (frame, one, other) => {
    const traits = traitsOf(scene, frame, one);
    const share = inCommon(scene, frame, one, other) / topics;
    drawWall(pen, map, { one, other, share }, { tint: tintOf(traits, colours, night), floor, inks });
  };
  // Where four walls meet: a post if one of them is solid, and nothing if all are gone.
  const paintPosts = (frame) => {
    const { columns, rows } = scene;
    const share = (one, other) => inCommon(scene, frame, one, other) / topics;
    for (let site = 0; site < (rows - 1) * columns; site += 1) {
      if (site % columns === columns - 1) continue;
      const [right, below, both] = [site + 1, site + columns, site + columns + 1];
      const four = [share(site, right), share(site, below), share(below, both), share(right, both)];
      const [x, y] = map.corner(both);
      const tint = tintOf(traitsOf(scene, frame, site), colours, night);
      pen.fillStyle = four.includes(0) ? inks.ink : four.every((one) => one === 1) ? tint : floor;
      const size = four.includes(0) ? map.gap * 0.9 : map.gap + 1;
      pen.fillRect(x - size / 2, y - size / 2, size, size);
    }
  };
  return {
    layer,
    drawMark,
    show(frame) {
      const from = frame * sites * topics;
      const fresh = new Set();
      for (let place = 0; place < sites * topics; place += 1) {
        if (painted[place] === scene.traits.data[from + place]) continue;
        painted[place] = scene.traits.data[from + place];
        fresh.add(Math.floor(place / topics));
      }
      for (const site of fresh) paintTile(site, traitsOf(scene, frame, site));
      for (let site = 0; fresh.size && site < sites; site += 1)
        for (const other of besideOf(scene, site))
          if (fresh.has(site) || fresh.has(other)) paintWall(frame, site, other);
      if (fresh.size) paintPosts(frame);
    },
  };
}

const traitsOf = ({ traits }, frame, site) => {
  const [, sites, topics] = traits.shape;
  return traits.data.subarray((frame * sites + site) * topics, (frame * sites + site + 1) * topics);
};

// The tiles to the right and below: those that share an edge, whoever else is met.
function besideOf({ rows, columns }, site) {
  const found = [];
  if (site % columns < columns - 1) found.push(site + 1);
  if (site < (rows - 1) * columns) found.push(site + columns);
  return found;
}

// Solid where nothing is in common, thinner the more there is, and gone between those who are alike.
function drawWall(pen, map, { one, other, share }, { tint, floor, inks }) {
  const [x, y] = map.corner(other);
  const { wide, high, gap } = map;
  const strip = (thick) =>
    other === one + 1
      ? pen.fillRect(x - thick / 2, y + gap / 2, thick, high - gap)
      : pen.fillRect(x + gap / 2, y - thick / 2, wide - gap, thick);
  pen.fillStyle = share === 1 ? tint : floor;
  strip(gap + (share === 1 ? 1 : 0));
  if (share === 1) return;
  pen.fillStyle = share === 0 ? inks.ink : inks.edge;
  pen.globalAlpha = share === 0 ? 1 : 0.35 + 0.55 * (1 - share);
  strip(share === 0 ? gap * 0.9 : Math.max(0.8, gap * 0.62 * (1 - share)));
  pen.globalAlpha = 1;
}

// A tile is the paler, mixed colour of its habits: who lives alike looks alike from afar too.
function tintOf(traits, colours, night) {
  const sum = [0, 0, 0];
  for (const value of traits) {
    const hex = colours[colourOf(value % WAYS)];
    for (let k = 0; k < 3; k += 1)
      sum[k] += parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16) + ((value * 37 * (k + 1)) % 60) - 30;
  }
  const base = night ? 34 : 255;
  return `rgb(${sum.map((one) => Math.round(base + (one / traits.length - base) * (night ? 0.36 : 0.28))).join(" ")})`;
}

const sheets = new Map(); // those of a few sizes: a control that is dragged to and fro asks for them again and again

function marksOf(size, night) {
  const key = `${size} ${night}`;
  if (!sheets.has(key)) {
    if (sheets.size > SHEETS) sheets.clear();
    sheets.set(key, markSheet(size, night ? DARK : LIGHT));
  }
  return sheets.get(key);
}

// All of them at once: a browser copies a whole sheet anew when it was painted on since it was last copied from.
function markSheet(size, colours) {
  const sheet = sheetOf(size, size, WAYS, 1, (pen, value) => {
    const turn = (directionOf(value) * Math.PI) / 4;
    const [dx, dy] = [Math.cos(turn) * size * 0.33, Math.sin(turn) * size * 0.33];
    pen.strokeStyle = colours[colourOf(value)];
    pen.lineWidth = size * 0.24;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(size / 2 - dx, size / 2 - dy);
    pen.lineTo(size / 2 + dx, size / 2 + dy);
    pen.stroke();
  });
  for (let value = 0; value < WAYS; value += 1) sheet.add(value, 0);
  return sheet;
}
