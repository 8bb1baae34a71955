// Two signs for why somebody gives: a heart, and a price tag.

/** A heart around (x, y), `size` px high. */
export function drawHeart(pen, x, y, size, colour) {
  const [w, h] = [size * 0.55, size * 0.5];
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y + h);
  pen.bezierCurveTo(x - w * 1.9, y - h * 0.1, x - w * 0.9, y - h * 1.5, x, y - h * 0.45);
  pen.bezierCurveTo(x + w * 0.9, y - h * 1.5, x + w * 1.9, y - h * 0.1, x, y + h);
  pen.fill();
}

/** A price tag with its hole around (x, y), `size` px high. */
export function drawTag(pen, x, y, size, colour) {
  const [w, h] = [size * 0.6, size * 0.36];
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x - w, y);
  pen.lineTo(x - w * 0.4, y - h);
  pen.lineTo(x + w, y - h);
  pen.lineTo(x + w, y + h);
  pen.lineTo(x - w * 0.4, y + h);
  pen.closePath();
  pen.moveTo(x - w * 0.25 + size * 0.1, y);
  pen.arc(x - w * 0.25, y, size * 0.1, 0, 2 * Math.PI, true);
  pen.fill("evenodd");
}
