// Where people sit or stand (hall, ring, grid, queue), and the floor below them.

import { layerOf } from "../shared/canvas.js";

const HEAD = 1.45; // heights above the feet that thought and hair take
const WIDE = 1.8; // a ground that many times as wide as high shows people as `wide` has them

/** Everybody's place in px, those at the back first, and how tall people are. */
export function placesOf(scene, { width, height }) {
  const people = scene.says.shape[1];
  const { data } = scene.wide && width > WIDE * height ? scene.wide : scene.at;
  const hall = scene.arrangement === "hall";
  const gap = leastGap(data, people, width * 0.9, height * 0.8);
  const tall = Math.max(14, Math.min(92, gap * (hall ? 1.2 : scene.level ? 0.66 : 0.86), height * 0.34));
  const [left, top, bottom] = [tall * 0.55, tall * HEAD, tall * 0.3];
  const spots = Array.from({ length: people }, (_, person) => {
    const [x, y] = [data[2 * person], data[2 * person + 1]];
    return { person, x: left + x * (width - 2 * left - tall * 0.25), y: top + y * (height - top - bottom) };
  });
  spots.sort((a, b) => a.y - b.y);
  if (hall) stagger(spots, width);
  return { spots, tall };
}

// Rows of a hall, each to the side of the one before, so that heads show between heads.
function stagger(spots, width) {
  const across = [...new Set(spots.map(({ x }) => Math.round(x)))].length;
  const aside = (width / Math.max(2, across)) * 0.22;
  let [row, last] = [0, spots[0]?.y];
  for (const spot of spots) {
    if (Math.abs(spot.y - last) > 1) row += 1;
    last = spot.y;
    const inward = spot.x / width; // at the edges there is less room
    spot.x += row % 2 ? aside * (1 - inward) * 2 - aside * 0.5 : aside * 0.5 - aside * inward * 2;
  }
}

// How close the closest neighbours are, one in twenty aside: 60 % of that to the side, as people are narrow.
function leastGap(data, people, width, height) {
  const nearest = [];
  for (let k = 0; k < people; k += 1) {
    let least = Infinity;
    for (let other = 0; other < people; other += 1) {
      if (other === k) continue;
      const [dx, dy] = [(data[2 * k] - data[2 * other]) * width, (data[2 * k + 1] - data[2 * other + 1]) * height];
      least = Math.min(least, Math.hypot(dx / 0.85, dy));
    }
    nearest.push(least);
  }
  nearest.sort((a, b) => a - b);
  return nearest[Math.floor(people / 20)] ?? height;
}

/** The floor, drawn once: steps of a hall, a ring, a queue's path; and rings below those who begin. */
export function peopleGround(scene, spots, tall, room, inks) {
  const { width, height, ratio, dark: night } = room;
  const floor = layerOf(width, height, ratio, { alpha: false });
  const { pen } = floor;
  const shades = night ? ["#1b2029", "#252b36"] : ["#fdf6e6", "#f1e4ca"];
  const light = pen.createLinearGradient(0, 0, 0, height);
  for (const [k, shade] of shades.entries()) light.addColorStop(k, shade);
  pen.fillStyle = light;
  pen.fillRect(0, 0, width, height);
  const paint = { hall: paintSteps, queue: paintPath }[scene.arrangement];
  paint?.(pen, spots, tall, room);
  for (const { person, x, y } of spots) if (scene.first?.data[person]) paintFirst(pen, x, y, tall, inks);
  return floor;
}

function paintSteps(pen, spots, tall, { width, dark: night }) {
  const rows = [...new Set(spots.map(({ y }) => Math.round(y)))];
  for (const [k, y] of rows.entries()) {
    pen.fillStyle = k % 2 ? (night ? "rgb(255 255 255 / 5%)" : "rgb(150 110 50 / 12%)") : "transparent";
    const next = rows[k + 1] ?? y + tall;
    pen.fillRect(0, y - (next - y) * 0.5, width, next - y);
    pen.fillStyle = night ? "rgb(255 255 255 / 9%)" : "rgb(120 90 40 / 18%)";
    pen.fillRect(0, y + (next - y) * 0.5, width, 1);
  }
}

function paintPath(pen, spots, tall, { dark: night }) {
  pen.strokeStyle = night ? "rgb(255 255 255 / 8%)" : "rgb(150 110 50 / 16%)";
  pen.lineWidth = tall * 0.5;
  pen.lineJoin = pen.lineCap = "round";
  pen.beginPath();
  for (const { x, y } of [...spots].sort((a, b) => a.person - b.person)) pen.lineTo(x, y);
  pen.stroke();
}

function paintFirst(pen, x, y, tall, inks) {
  pen.strokeStyle = inks.you;
  pen.lineWidth = Math.max(2, tall * 0.06);
  pen.setLineDash([tall * 0.12, tall * 0.08]);
  pen.beginPath();
  pen.ellipse(x, y, tall * 0.36, tall * 0.14, 0, 0, 7);
  pen.stroke();
  pen.setLineDash([]);
}
