// What the one who moves is paid at each place of their line, and how much of it they see: numbers, then a picture.

/**
 * The pay along the mover's line at one frame, from 0 (the least there) to 1 (the most), and which places are seen.
 *
 * @param {any} scene @param {number} frame
 * @returns {{share: number[], sees: boolean[], best: number}} `best`: the best place that is seen
 */
export function payAt({ pay, sees }, frame) {
  const wide = pay.shape[1];
  const line = Array.from(pay.data.subarray(frame * wide, (frame + 1) * wide));
  const seen = Array.from(sees.data.subarray(frame * wide, (frame + 1) * wide), Boolean);
  const [low, high] = [Math.min(...line), Math.max(...line)];
  const best = line.reduce((at, value, k) => (seen[k] && (at < 0 || value > line[at]) ? k : at), -1);
  return { share: line.map((value) => (value - low) / (high - low || 1)), sees: seen, best };
}

/**
 * A curve beside the lit line: the farther from it, the better the pay; a dot for each place that is seen, a ring for
 * the best of them.
 *
 * @param {any} pen
 * @param {ReturnType<typeof payAt>} pay
 * @param {{across: boolean, place: (k: number) => [number, number], room: number, tall: number, ink: string, paper: string}} how
 *   `across`: the line is a row; `place(k)` the middle of its k-th place; `room` px between the line and the edge; `tall`
 *   px from the least pay to the most
 */
export function drawPay(pen, pay, { across, place, room, tall, ink, paper }) {
  const away = room < tall + 12 ? 1 : -1; // on the other side where there is no room
  const at = (k) => {
    const [x, y] = place(k);
    const off = away * (8 + tall * pay.share[k]);
    return across ? [x, y + off] : [x + off, y];
  };
  pen.lineJoin = "round";
  for (const [width, colour] of [
    [5, paper],
    [2.5, ink],
  ]) {
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.beginPath();
    for (let k = 0; k < pay.share.length; k += 1) pen.lineTo(...at(k));
    pen.stroke();
  }
  pay.sees.forEach((seen, k) => {
    if (!seen) return;
    const [x, y] = at(k);
    const best = k === pay.best;
    pen.beginPath();
    pen.arc(x, y, best ? 6 : 3, 0, 2 * Math.PI);
    pen.fillStyle = best ? paper : ink;
    pen.strokeStyle = best ? ink : paper;
    pen.lineWidth = best ? 3 : 1;
    pen.fill();
    pen.stroke();
  });
}
