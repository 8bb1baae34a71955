// A crowd on a plaza, drawn on a canvas: each person raises their arms at their beat.

const POSES = 48; // poses in one turn, each drawn when it is first needed
const COARSE = 6; // every 6th pose, of the largest size, does at first
const HASTE = 30; // moments for which it does: the page has just come, and has more to do
const SIZES = 4; // sizes of people, from the front row to the back
const SKINS = ["#f0c8a0", "#c98f62", "#8a5a3c", "#e2b088"];
const HAIRS = ["#4a3426", "#1f1a17", "#7a4a22", "#8d8478"];

// Four stations of a turn: at the beat, letting go, at rest, gathering. Told apart by brightness first, then by hue.
const LIGHT = ["#3b1350", "#d3602a", "#e9dcc3", "#3f83c2"];
const DARK = ["#fff3cf", "#f0904a", "#4d5361", "#5c9be0"];

function mix(stations, turn) {
  const at = turn * stations.length;
  const from = Math.floor(at) % stations.length;
  const part = at - Math.floor(at);
  const [a, b] = [stations[from], stations[(from + 1) % stations.length]].map((hex) =>
    [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16) ** 2),
  );
  return `rgb(${a.map((x, k) => Math.round(Math.sqrt(x + (b[k] - x) * part))).join(" ")})`;
}

// One person, `h` px tall without raised arms, feet at (x, y), at `turn` of their tempo (0: the beat).
function drawPerson(ctx, x, y, h, turn, look, colours, night) {
  const beat = ((1 + Math.cos(2 * Math.PI * turn)) / 2) ** 1.5;
  const colour = mix(colours, turn);
  const lift = h * 0.13 * beat ** 3;
  const sway = Math.sin(2 * Math.PI * turn) * h * 0.03;
  ctx.fillStyle = night ? "rgb(0 0 0 / 45%)" : "rgb(70 50 20 / 20%)";
  ctx.beginPath();
  ctx.ellipse(x, y, h * (0.23 - 0.05 * beat), h * 0.075, 0, 0, 7);
  ctx.fill();
  const foot = y - lift;
  const hip = foot - h * 0.3;
  const neck = foot - h * 0.7;
  const head = foot - h * 0.85;
  const outline = night ? "rgb(255 255 255 / 22%)" : "rgb(60 40 20 / 50%)";
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.strokeStyle = night ? "#8a8f9b" : "#4b4640";
  ctx.lineWidth = h * 0.095;
  ctx.beginPath(); // legs, knees bent a little before the jump
  const bend = h * 0.05 * (1 - beat);
  ctx.moveTo(x - h * 0.075, hip);
  ctx.lineTo(x - h * 0.1 - bend * 0.4, foot - h * 0.03);
  ctx.moveTo(x + h * 0.075, hip);
  ctx.lineTo(x + h * 0.1 + bend * 0.4, foot - h * 0.03);
  ctx.stroke();
  const arm = Math.PI * (0.1 + 0.79 * beat); // from hanging to straight up
  const reach = h * 0.36;
  const shoulder = neck + h * 0.07;
  const hands = [-1, 1].map((side) => [
    x + sway + side * (h * 0.16 + Math.sin(arm) * reach * 0.82),
    shoulder + Math.cos(arm) * reach,
  ]);
  if (night && beat > 0.05) {
    const glow = ctx.createRadialGradient(x, shoulder - h * 0.2, 0, x, shoulder - h * 0.2, h * 0.6);
    glow.addColorStop(0, `rgb(255 214 140 / ${0.34 * beat})`);
    glow.addColorStop(1, "rgb(255 214 140 / 0%)");
    ctx.fillStyle = glow;
    ctx.fillRect(x - h * 0.62, y - h * 1.4, h * 1.24, h * 1.4); // within one picture of the sheet
  }
  for (const [width, ink] of [[h * 0.125, outline], [h * 0.09, colour]]) {
    ctx.strokeStyle = ink;
    ctx.lineWidth = width;
    ctx.beginPath();
    hands.forEach(([hx, hy], k) => {
      ctx.moveTo(x + sway + (k ? 1 : -1) * h * 0.13, shoulder);
      ctx.lineTo(hx, hy);
    });
    ctx.stroke();
  }
  ctx.beginPath(); // coat
  ctx.moveTo(x + sway - h * 0.1, neck);
  ctx.quadraticCurveTo(x + sway - h * 0.19, neck + h * 0.01, x + sway - h * 0.185, neck + h * 0.1);
  ctx.lineTo(x - h * 0.165, hip + h * 0.05);
  ctx.quadraticCurveTo(x, hip + h * 0.1, x + h * 0.165, hip + h * 0.05);
  ctx.lineTo(x + sway + h * 0.185, neck + h * 0.1);
  ctx.quadraticCurveTo(x + sway + h * 0.19, neck + h * 0.01, x + sway + h * 0.1, neck);
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = outline;
  ctx.lineWidth = h * 0.022;
  ctx.stroke();
  for (const [hx, hy] of hands) {
    ctx.beginPath();
    ctx.arc(hx, hy, h * 0.052, 0, 7);
    ctx.fillStyle = SKINS[look];
    ctx.fill();
  }
  ctx.beginPath();
  ctx.arc(x + sway * 1.3, head, h * 0.118, 0, 7);
  ctx.fillStyle = SKINS[look];
  ctx.fill();
  ctx.beginPath();
  ctx.arc(x + sway * 1.3, head - h * 0.008, h * 0.124, Math.PI * 1.02, Math.PI * 1.98);
  ctx.quadraticCurveTo(x + sway * 1.3, head - h * 0.07, x + sway * 1.3 - h * 0.12, head - h * 0.012);
  ctx.fillStyle = HAIRS[look];
  ctx.fill();
}

// A plaza on one canvas: lays people out once, then draws moments.
function plazaOn(canvas) {
  const ctx = canvas.getContext("2d", { alpha: false });
  let ground = null;
  let arcs = null;
  let sprites = null; // a sheet of pictures for each size of people
  let coarse = null; // and the one that does at first
  let drawn = ""; // for which size and light the pictures are
  let moments = 0; // drawn since the plaza came
  let spots = [];
  let size = {};
  let night = false;
  let podium = null;

  const layOut = (run, width, height, ratio, styles, dark) => {
    night = dark;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const rows = Math.ceil(run.people / run.columns);
    const cell = (width * 0.93) / (run.columns + 0.5);
    const tall = Math.min(cell * 1.5, height * 0.2, (height / (rows + 2)) * 2.1);
    const bottom = height - (run.conductor ? Math.max(46, height * 0.17) : tall * 0.45);
    const top = tall * 1.12 + Math.max(24, height * 0.11);
    spots = [];
    for (let person = run.people - 1; person >= 0; person -= 1) {
      const row = Math.floor(person / run.columns); // row 0 stands in front
      const depth = rows > 1 ? row / (rows - 1) : 0;
      const near = 1 - 0.2 * depth;
      const column = person % run.columns;
      const shift = (column - (run.columns - 1) / 2 + (row % 2 ? 0.22 : -0.22)) * cell * near;
      const unrest = Math.sin(person * 12.9898) * 43758.5453;
      const jitter = (unrest - Math.floor(unrest) - 0.5) * cell * 0.12;
      const rise = (depth * (1 + (1 - depth) * 0.18)) * (bottom - top);
      spots.push({
        person, x: width / 2 + shift + jitter, y: rows > 1 ? bottom - rise : (bottom + top) / 2, scale: near,
        size: Math.round(depth * (SIZES - 1)),
        look: Math.abs(Math.floor(unrest)) % SKINS.length,
      });
    }
    size = { width, height, ratio, tall };
    paintGround(run, styles, top, bottom, rows);
    paintSprites();
  };

  const paintGround = (run, styles, top, bottom, rows) => {
    const { width, height, ratio, tall } = size;
    ground = document.createElement("canvas");
    ground.width = canvas.width;
    ground.height = canvas.height;
    const pen = ground.getContext("2d");
    pen.scale(ratio, ratio);
    const sky = pen.createLinearGradient(0, 0, 0, height);
    const shades = night ? ["#12151c", "#1b2029", "#252b36"] : ["#fdf6e6", "#f6ead2", "#ecdcbd"];
    shades.forEach((shade, k) => sky.addColorStop(k / 2, shade));
    pen.fillStyle = sky;
    pen.fillRect(0, 0, width, height);
    pen.strokeStyle = night ? "rgb(255 255 255 / 7%)" : "rgb(120 90 40 / 16%)";
    pen.lineWidth = 1;
    pen.beginPath(); // paving, running to a point far behind
    const horizon = top - tall * 1.12;
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
    paintHouses(pen, width, horizon);
    const light = pen.createRadialGradient(width / 2, bottom, 0, width / 2, (top + bottom) / 2, width * 0.62);
    light.addColorStop(0, night ? "rgb(255 220 160 / 10%)" : "rgb(255 255 255 / 55%)");
    light.addColorStop(1, "rgb(255 255 255 / 0%)");
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    const colour = styles.getPropertyValue("--choreo-apart").trim();
    const at = new Map(spots.map((spot) => [spot.person, spot]));
    arcs = null;
    if (run.far.length) {
      arcs = document.createElement("canvas");
      arcs.width = canvas.width;
      arcs.height = canvas.height;
      const over = arcs.getContext("2d");
      over.scale(ratio, ratio);
      over.strokeStyle = over.fillStyle = pen.strokeStyle = colour;
      pen.lineWidth = Math.max(1.5, tall * 0.05);
      over.lineWidth = Math.max(1, tall * 0.026);
      for (const [listener, heard] of run.far) {
        const [a, b] = [at.get(listener), at.get(heard)];
        pen.beginPath(); // a ring under the listener's feet
        pen.ellipse(a.x, a.y, tall * 0.3 * a.scale, tall * 0.12 * a.scale, 0, 0, 7);
        pen.stroke();
        const [from, to] = [a.y - tall * 0.9 * a.scale, b.y - tall * 0.9 * b.scale]; // from head to head
        over.globalAlpha = night ? 0.5 : 0.42;
        over.beginPath();
        over.moveTo(a.x, from);
        over.quadraticCurveTo((a.x + b.x) / 2, Math.min(from, to) - Math.abs(a.x - b.x) * 0.14 - tall * 0.3, b.x, to);
        over.stroke();
        over.globalAlpha = 0.85;
        over.beginPath();
        over.arc(b.x, to, Math.max(1.8, tall * 0.045), 0, 7);
        over.fill();
      }
    }
    podium = null;
    if (run.conductor) {
      const h = Math.min(height * 0.16, tall * 1.5 + 14);
      podium = { x: width / 2, y: height - h * 0.34, h };
      pen.fillStyle = night ? "#3a3226" : "#b48a52";
      pen.beginPath();
      pen.ellipse(podium.x, height - h * 0.2, h * 0.72, h * 0.2, 0, 0, 7);
      pen.fill();
      pen.fillStyle = night ? "#54483a" : "#d8b47c";
      pen.beginPath();
      pen.ellipse(podium.x, height - h * 0.32, h * 0.72, h * 0.2, 0, 0, 7);
      pen.fill();
    }
  };

  const paintHouses = (pen, width, horizon) => {
    const walls = night ? ["#1d222c", "#20262f", "#1a1f28"] : ["#eddcba", "#e6d2ac", "#f1e3c6"];
    const roofs = night ? ["#161a22", "#181d26"] : ["#d9b48c", "#cfa67e"];
    const panes = night ? "rgb(255 214 140 / 62%)" : "rgb(120 90 50 / 26%)";
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
      pen.fillStyle = panes;
      const columns = Math.max(2, Math.round(wide / (part * 2.1)));
      for (let row = 0; row < 2; row += 1)
        for (let column = 0; column < columns; column += 1)
          if (!night || Math.abs(Math.sin(k * 12.9 + row * 4.1 + column * 7.7)) > 0.45)
            pen.fillRect(
              x + ((column + 0.5) / columns) * wide - part * 0.38, horizon - wall + part * (0.9 + row * 2.3), part * 0.76, part * 1.25,
            );
      x += wide;
    }
  };

  // Sheets with pictures of people, each drawn when it is first needed: a moment is then only copied together.
  const paintSprites = () => {
    const { ratio, tall } = size;
    const now = `${tall} ${ratio} ${night}`;
    if (now !== drawn) {
      drawn = now;
      sprites = Array.from({ length: SIZES }, (_, k) => sheetOf(tall * ratio * (1 - (0.2 * k) / (SIZES - 1)), POSES));
      coarse = sheetOf(tall * ratio, POSES / COARSE);
    }
    for (const spot of spots) {
      const { w, t, drop } = sprites[spot.size];
      spot.left = Math.round(spot.x * ratio - w / 2);
      spot.top = Math.round(spot.y * ratio - t + drop);
    }
  };
  const sheetOf = (h, poses) => {
    const [w, t] = [Math.ceil(h * 1.25), Math.ceil(h * 1.5)];
    const picture = document.createElement("canvas");
    picture.width = w * poses;
    picture.height = t * SKINS.length;
    return { h, w, t, drop: h * 0.1, poses, picture, pen: picture.getContext("2d"), there: new Uint8Array(poses * SKINS.length) };
  };
  const isThere = ({ sheet, look, pose }) => sheet.there[look * sheet.poses + pose];
  const addPicture = ({ sheet, look, pose }) => {
    const { h, w, t, drop, poses, pen, there } = sheet;
    there[look * poses + pose] = 1;
    drawPerson(pen, (pose + 0.5) * w, (look + 1) * t - drop, h, pose / poses, look, night ? DARK : LIGHT, night);
  };

  // `phases`: 256 to a turn, per person; `baton`: the conductor's. Unless it shall be `whole`, few new pictures are drawn
  // at once, and people for whom none is there stand as close to their pose as there is; whether nobody had to.
  const draw = (phases, baton, whole = false) => {
    if (!ground) return true;
    const { ratio } = size;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(ground, 0, 0);
    let exact = true;
    moments += 1;
    const turn = moments > HASTE ? moments % SIZES : -1; // the sheet that takes pictures: each that does is copied whole
    for (const spot of spots) { // first what is missing, then the copies, so that each sheet is copied once
      const phase = phases[spot.person] / 256;
      spot.sheet = sprites[spot.size];
      spot.pose = Math.floor(phase * POSES) % POSES;
      if (isThere(spot)) continue;
      if (!whole && spot.size !== turn) {
        exact = false;
        spot.sheet = coarse;
        spot.pose = Math.round(phase * coarse.poses) % coarse.poses;
      }
      if (!isThere(spot)) addPicture(spot);
    }
    for (const { sheet, size: at, look, pose, left, top } of spots) {
      const { w, t } = sprites[at];
      ctx.drawImage(sheet.picture, pose * sheet.w, look * sheet.t, sheet.w, sheet.t, left, top, w, t);
    }
    if (arcs) ctx.drawImage(arcs, 0, 0);
    if (podium) drawConductor(ratio, baton / 256);
    return exact;
  };

  const drawConductor = (ratio, turn) => {
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { x, y, h } = podium;
    const beat = (1 + Math.cos(2 * Math.PI * turn)) / 2;
    const body = h * 0.62;
    const coat = night ? "#e7e2d6" : "#23262d";
    ctx.lineCap = "round";
    ctx.strokeStyle = ctx.fillStyle = coat;
    ctx.lineWidth = body * 0.1;
    ctx.beginPath();
    for (const side of [-1, 1]) {
      ctx.moveTo(x + side * body * 0.07, y - body * 0.32);
      ctx.lineTo(x + side * body * 0.1, y);
    }
    const lift = Math.PI * (0.3 + 0.5 * beat);
    const hand = (side) => [x + side * (body * 0.14 + Math.sin(lift) * body * 0.38), y - body * 0.66 + Math.cos(lift) * body * 0.38];
    for (const side of [-1, 1]) {
      ctx.moveTo(x + side * body * 0.12, y - body * 0.66);
      ctx.lineTo(...hand(side));
    }
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - body * 0.16, y - body * 0.72);
    ctx.lineTo(x - body * 0.2, y - body * 0.2);
    ctx.lineTo(x, y - body * 0.3);
    ctx.lineTo(x + body * 0.2, y - body * 0.2);
    ctx.lineTo(x + body * 0.16, y - body * 0.72);
    ctx.closePath();
    ctx.fill();
    ctx.beginPath();
    ctx.arc(x, y - body * 0.86, body * 0.125, 0, 7);
    ctx.fillStyle = HAIRS[0];
    ctx.fill();
    const [hx, hy] = hand(1);
    ctx.strokeStyle = night ? "#fff3cf" : "#7a1f4b";
    ctx.lineWidth = Math.max(1.5, body * 0.035);
    ctx.beginPath();
    ctx.moveTo(hx, hy);
    ctx.lineTo(hx + body * 0.2 * Math.sin(lift + 0.5), hy + body * 0.34 * Math.cos(lift + 0.5));
    ctx.stroke();
  };
  return { layOut, draw };
}
