// A person, as all stages draw them: head, hair, coat, arms. Who they are shows in coat, mark and face.

import { layerOf } from "./canvas.js";

export const LOOKS = 4; // of skin and hair
export const TALL = 1.5; // how much room above the feet a person with raised arms needs, in heights
export const WIDE = 1.25; // and how wide

const SKINS = ["#f0c8a0", "#c98f62", "#8a5a3c", "#e2b088"];
const HAIRS = ["#4a3426", "#1f1a17", "#7a4a22", "#8d8478"];
const FACE_FROM = 24; // px: smaller heads have no face
const RIM = 3; // px around a name
const MOST_NAMES = 200; // of which pictures are kept

/** The colours of four departments, or of four kinds of anything: roles of the theme. */
export const DEPARTMENTS = ["--choreo-you", "--choreo-others", "--choreo-goal", "--choreo-apart"];

/**
 * @typedef {object} Posture how somebody stands there
 * @property {string} coat a colour
 * @property {number} [raise] arms: 0 hanging, 1 straight up
 * @property {number} [lift] how far off the ground, in heights
 * @property {number} [sway] how far to one side, in heights
 * @property {number} [look] 0 to LOOKS - 1
 * @property {string} [mood] a face: glad, worried, neutral; none if left out
 * @property {number} [fill] the coat is filled up to here, 0 to 1; full if left out
 * @property {boolean} [one] only one arm is raised, as somebody does who asks to speak
 * @property {boolean} [night]
 */

/** A fixed look for a person, as if by chance. */
export const lookOf = (person) => Math.abs(Math.floor(chanceOf(person) * 43758)) % LOOKS;

/** A fixed number from -0.5 to 0.5 for a person, as if by chance. */
export function chanceOf(person) {
  const unrest = Math.sin((person + 1) * 12.9898) * 43758.5453;
  return unrest - Math.floor(unrest) - 0.5;
}

/** Draw one person, `h` px tall without raised arms, with the feet at (x, y). @param {Posture} how */
export function drawFigure(pen, x, y, h, how) {
  const { raise = 0, lift = 0, sway = 0, night = false } = how;
  const foot = y - h * lift;
  const outline = night ? "rgb(255 255 255 / 22%)" : "rgb(60 40 20 / 50%)";
  const [hip, neck, head] = [foot - h * 0.3, foot - h * 0.7, foot - h * 0.85];
  const body = { x, h, night, sway: sway * h, foot, hip, neck, head, outline };
  pen.lineCap = "round";
  pen.lineJoin = "round";
  drawShadow(pen, x, y, h, raise, night);
  drawLegs(pen, body, raise);
  drawArms(pen, body, how);
  drawCoat(pen, body, how);
  drawHead(pen, body, how);
}

function drawShadow(pen, x, y, h, raise, night) {
  pen.fillStyle = night ? "rgb(0 0 0 / 45%)" : "rgb(70 50 20 / 20%)";
  pen.beginPath();
  pen.ellipse(x, y, h * (0.23 - 0.05 * raise), h * 0.075, 0, 0, 7);
  pen.fill();
}

function drawLegs(pen, { x, h, hip, foot, night }, raise) {
  const bend = h * 0.02 * (1 - raise); // knees bent a little before a jump
  pen.strokeStyle = night ? "#8a8f9b" : "#4b4640";
  pen.lineWidth = h * 0.095;
  pen.beginPath();
  for (const side of [-1, 1]) {
    pen.moveTo(x + side * h * 0.075, hip);
    pen.lineTo(x + side * (h * 0.1 + bend), foot - h * 0.03);
  }
  pen.stroke();
}

function drawArms(pen, { x, h, sway, neck, outline }, { coat, raise = 0, look = 0, one = false }) {
  const reach = h * 0.36;
  const shoulder = neck + h * 0.07;
  const hands = [-1, 1].map((side) => {
    const arm = Math.PI * (0.1 + 0.79 * (one && side < 0 ? 0 : raise));
    return [x + sway + side * (h * 0.16 + Math.sin(arm) * reach * 0.82), shoulder + Math.cos(arm) * reach];
  });
  for (const [width, ink] of [
    [h * 0.125, outline],
    [h * 0.09, coat],
  ]) {
    pen.strokeStyle = ink;
    pen.lineWidth = width;
    pen.beginPath();
    hands.forEach(([hx, hy], k) => {
      pen.moveTo(x + sway + (k ? 1 : -1) * h * 0.13, shoulder);
      pen.lineTo(hx, hy);
    });
    pen.stroke();
  }
  pen.fillStyle = SKINS[look];
  for (const [hx, hy] of hands) disc(pen, hx, hy, h * 0.052);
}

function drawCoat(pen, { x, h, sway, neck, hip, outline, night }, { coat, fill = 1 }) {
  pen.beginPath();
  pen.moveTo(x + sway - h * 0.1, neck);
  pen.quadraticCurveTo(x + sway - h * 0.19, neck + h * 0.01, x + sway - h * 0.185, neck + h * 0.1);
  pen.lineTo(x - h * 0.165, hip + h * 0.05);
  pen.quadraticCurveTo(x, hip + h * 0.1, x + h * 0.165, hip + h * 0.05);
  pen.lineTo(x + sway + h * 0.185, neck + h * 0.1);
  pen.quadraticCurveTo(x + sway + h * 0.19, neck + h * 0.01, x + sway + h * 0.1, neck);
  pen.closePath();
  pen.fillStyle = fill < 1 ? (night ? "#3b4049" : "#f7f1e4") : coat;
  pen.fill();
  if (fill > 0 && fill < 1) {
    const top = hip + h * 0.08 - fill * h * 0.49;
    pen.save();
    pen.clip();
    pen.fillStyle = coat;
    pen.fillRect(x - h * 0.3, top, h * 0.6, hip + h * 0.2 - top);
    pen.restore();
  }
  pen.strokeStyle = fill < 1 ? coat : outline;
  pen.lineWidth = h * (fill < 1 ? 0.034 : 0.022);
  pen.stroke();
}

function drawHead(pen, { x, h, sway, head }, { look = 0, mood = "" }) {
  const middle = x + sway * 1.3;
  pen.fillStyle = SKINS[look];
  disc(pen, middle, head, h * 0.118);
  pen.beginPath();
  pen.arc(middle, head - h * 0.008, h * 0.124, Math.PI * 1.02, Math.PI * 1.98);
  pen.quadraticCurveTo(middle, head - h * 0.07, middle - h * 0.12, head - h * 0.012);
  pen.fillStyle = HAIRS[look];
  pen.fill();
  if (mood && h >= FACE_FROM) drawFace(pen, middle, head, h * 0.118, look, mood);
}

function drawFace(pen, x, y, r, look, mood) {
  pen.fillStyle = pen.strokeStyle = look === 2 ? "#1d120b" : "#3a2417";
  for (const side of [-1, 1]) disc(pen, x + side * r * 0.38, y + r * 0.12, r * 0.12);
  pen.lineWidth = r * 0.17;
  pen.beginPath();
  if (mood === "glad") pen.arc(x, y + r * 0.32, r * 0.38, Math.PI * 0.12, Math.PI * 0.88);
  else if (mood === "worried") pen.arc(x, y + r * 0.86, r * 0.34, Math.PI * 1.15, Math.PI * 1.85);
  else {
    pen.moveTo(x - r * 0.26, y + r * 0.56);
    pen.lineTo(x + r * 0.26, y + r * 0.56);
  }
  pen.stroke();
}

/** A filled circle; none where there is no room for it, as on a stage that is being folded. */
export function disc(pen, x, y, r) {
  if (r <= 0) return;
  pen.beginPath();
  pen.arc(x, y, r, 0, 7);
  pen.fill();
}

/**
 * The shape of a kind, 0 to 3 (disc, square, triangle, diamond), so that nobody has to tell by colour; fills the path.
 */
export function drawMark(pen, kind, x, y, r) {
  pen.beginPath();
  if (kind % 4 === 0) pen.arc(x, y, r, 0, 7);
  else if (kind % 4 === 1) pen.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (kind % 4 === 2) {
    pen.moveTo(x, y - r * 1.1);
    pen.lineTo(x + r * 1.1, y + r * 0.9);
    pen.lineTo(x - r * 1.1, y + r * 0.9);
    pen.closePath();
  } else {
    pen.moveTo(x, y - r * 1.25);
    pen.lineTo(x + r * 1.1, y);
    pen.lineTo(x, y + r * 1.25);
    pen.lineTo(x - r * 1.1, y);
    pen.closePath();
  }
  pen.fill();
}

const names = new Map(); // pictures of names: a pen on the page that is given a font has the browser work out all styles

/** A name below somebody's feet, readable on any ground. */
export function drawName(pen, x, y, name, inks, size = 13) {
  const { a: ratio } = pen.getTransform();
  const look = JSON.stringify([name, size, ratio, inks.card, inks.ink]);
  if (names.size >= MOST_NAMES) names.clear();
  if (!names.has(look)) names.set(look, pictureOfName(name, inks, size, ratio));
  const { picture, width } = names.get(look);
  const left = Math.round((x - width / 2) * ratio);
  pen.drawImage(
    picture,
    left / ratio,
    Math.round((y - RIM) * ratio) / ratio,
    picture.width / ratio,
    picture.height / ratio,
  );
}

function pictureOfName(name, inks, size, ratio) {
  const font = `600 ${size}px ${inks.font}`;
  const sized = document.createElement("canvas").getContext("2d");
  sized.font = font;
  const width = Math.ceil(sized.measureText(name).width) + 2 * RIM;
  const { picture, pen } = layerOf(width, 1.5 * size + 2 * RIM, ratio);
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = inks.card;
  pen.strokeText(name, width / 2, RIM);
  pen.fillStyle = inks.ink;
  pen.fillText(name, width / 2, RIM);
  return { picture, width };
}
