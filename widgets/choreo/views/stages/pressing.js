// Those who correct the people around them, and those who wear the ring of somebody picked.

const RAYS = 7; // of a fan in front of a mouth

/** Rays around whoever corrects the neighbours in this frame, in the colour of what they demand. */
export function drawPressing({ scene, pen, spots, tall, marks }, frame) {
  if (!scene.presses) return;
  const people = scene.says.shape[1];
  pen.lineWidth = Math.max(1.25, tall * 0.04);
  pen.lineCap = "round";
  for (const { person, x, y } of spots) {
    const kind = scene.presses.data[frame * people + person];
    if (!kind) continue;
    pen.strokeStyle = marks[kind - 1].colour;
    pen.beginPath();
    for (let ray = 0; ray < RAYS; ray += 1) {
      const turn = (ray / (RAYS - 1) - 0.5) * 2.2 + Math.PI; // to the left: speech stands on the right
      const [across, along] = [Math.cos(turn), Math.sin(turn)];
      pen.moveTo(x + across * tall * 0.3, y - tall * 0.62 + along * tall * 0.3);
      pen.lineTo(x + across * tall * 0.44, y - tall * 0.62 + along * tall * 0.44);
    }
    pen.stroke();
  }
}

/** A ring on the floor for each who is picked. */
export function drawPicked({ scene, pen, spots, tall, inks }) {
  if (!scene.picks) return;
  const who = new Set(scene.picks.who);
  pen.strokeStyle = inks.apart;
  pen.lineWidth = Math.max(2, tall * 0.08);
  for (const { person, x, y } of spots) {
    if (!who.has(person)) continue;
    pen.beginPath();
    pen.ellipse(x, y - tall * 0.5, tall * 0.42, tall * 0.62, 0, 0, 7);
    pen.stroke();
  }
}
