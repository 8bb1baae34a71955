// What stands still on the plaza: sky, houses, paving, a podium. Drawn once, and copied at each moment.

import { layerOf } from "../shared/canvas.js";

/**
 * Where everybody stands: the plaza runs to a point far behind. Those at the back come first, as they are drawn first.
 */
export function placesOf(people, columns, room, front) {
  const { width, height } = room;
  const rows = Math.ceil(people / columns);
  const cell = (width * 0.93) / (columns + 0.5);
  const tall = Math.min(cell * 1.5, height * 0.2, (height / (rows + 2)) * 2.1);
  const bottom = height - (front || tall * 0.45);
  const top = tall * 1.12 + Math.max(24, height * 0.11);
  const spots = [];
  for (let person = people - 1; person >= 0; person -= 1) {
    const row = Math.floor(person / columns); // row 0 stands in front
    const depth = rows > 1 ? row / (rows - 1) : 0;
    const near = 1 - 0.2 * depth;
    const shift = ((person % columns) - (columns - 1) / 2 + (row % 2 ? 0.22 : -0.22)) * cell * near;
    const unrest = Math.sin(person * 12.9898) * 43758.5453;
    const jitter = (unrest - Math.floor(unrest) - 0.5) * cell * 0.12;
    const y = rows > 1 ? bottom - depth * (1 + (1 - depth) * 0.18) * (bottom - top) : (bottom + top) / 2;
    spots.push({ person, x: width / 2 + shift + jitter, y, scale: near, depth, chance: Math.abs(Math.floor(unrest)) });
  }
  return { spots, tall, top, bottom, horizon: top - tall * 1.12 };
}

/** The plaza without people, and where its podium stands (null without a conductor). */
export function groundOf(places, room, conductor) {
  const { width, height, ratio, dark: night } = room;
  const ground = layerOf(width, height, ratio, { alpha: false });
  const { pen } = ground;
  const sky = pen.createLinearGradient(0, 0, 0, height);
  const shades = night ? ["#12151c", "#1b2029", "#252b36"] : ["#fdf6e6", "#f6ead2", "#ecdcbd"];
  for (const [k, shade] of shades.entries()) sky.addColorStop(k / 2, shade);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  paintPaving(pen, room, places.horizon);
  paintHouses(pen, width, places.horizon, night);
  const { top, bottom } = places;
  const light = pen.createRadialGradient(width / 2, bottom, 0, width / 2, (top + bottom) / 2, width * 0.62);
  light.addColorStop(0, night ? "rgb(255 220 160 / 10%)" : "rgb(255 255 255 / 55%)");
  light.addColorStop(1, "rgb(255 255 255 / 0%)");
  pen.fillStyle = light;
  pen.fillRect(0, 0, width, height);
  return { ground, podium: conductor ? paintPodium(pen, room, places.tall) : null };
}

function paintPaving(pen, { width, height, dark: night }, horizon) {
  pen.strokeStyle = night ? "rgb(255 255 255 / 7%)" : "rgb(120 90 40 / 16%)";
  pen.lineWidth = 1;
  pen.beginPath();
  for (let k = -14; k <= 14; k += 1) {
    pen.moveTo(width / 2 + k * width * 0.048, horizon);
    pen.lineTo(width / 2 + k * width * 0.082, height);
  }
  for (let k = 0; k <= 12; k += 1) {
    const y = horizon + (height - horizon) * (k / 12) ** 1.35;
    pen.moveTo(0, y);
    pen.lineTo(width, y);
  }
  pen.stroke();
}

function paintHouses(pen, width, horizon, night) {
  const walls = night ? ["#1d222c", "#20262f", "#1a1f28"] : ["#eddcba", "#e6d2ac", "#f1e3c6"];
  const roofs = night ? ["#161a22", "#181d26"] : ["#d9b48c", "#cfa67e"];
  const part = horizon / 10;
  let x = -part * 2;
  for (let k = 0; x < width; k += 1) {
    const chance = Math.abs(Math.sin(k * 78.233) * 43758.5453) % 1;
    const wide = part * (6 + 5 * chance);
    const wall = horizon * (0.5 + 0.28 * ((chance * 7) % 1));
    const roof = horizon * 0.16;
    pen.fillStyle = walls[k % walls.length];
    pen.fillRect(x, horizon - wall, wide + 0.5, wall);
    pen.fillStyle = roofs[k % roofs.length];
    pen.beginPath();
    pen.moveTo(x - part * 0.25, horizon - wall);
    pen.lineTo(x + wide * (k % 3 ? 0.18 : 0.5), horizon - wall - roof);
    pen.lineTo(x + wide * (k % 3 ? 0.82 : 0.5), horizon - wall - roof);
    pen.lineTo(x + wide + part * 0.25, horizon - wall);
    pen.closePath();
    pen.fill();
    paintWindows(pen, k, { x, y: horizon - wall, wide, part }, night);
    x += wide;
  }
}

function paintWindows(pen, house, { x, y, wide, part }, night) {
  const columns = Math.max(2, Math.round(wide / (part * 2.1)));
  pen.fillStyle = night ? "rgb(255 214 140 / 62%)" : "rgb(120 90 50 / 26%)";
  for (let row = 0; row < 2; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const lit = Math.abs(Math.sin(house * 12.9 + row * 4.1 + column * 7.7)) > 0.45;
      const left = x + ((column + 0.5) / columns) * wide - part * 0.38;
      if (!night || lit) pen.fillRect(left, y + part * (0.9 + row * 2.3), part * 0.76, part * 1.25);
    }
}

function paintPodium(pen, { width, height, dark: night }, tall) {
  const h = Math.min(height * 0.16, tall * 1.5 + 14);
  const steps = night ? ["#3a3226", "#54483a"] : ["#b48a52", "#d8b47c"];
  for (const [k, down] of [0.2, 0.32].entries()) {
    pen.fillStyle = steps[k];
    pen.beginPath();
    pen.ellipse(width / 2, height - h * down, h * 0.72, h * 0.2, 0, 0, 7);
    pen.fill();
  }
  return { x: width / 2, y: height - h * 0.34, h: h * 0.62 };
}
