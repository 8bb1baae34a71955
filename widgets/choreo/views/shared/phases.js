// The phase circle: the beat is at the top, time runs clockwise, the arrow is as long as people are together.
function circleOn(canvas) {
  const ctx = canvas.getContext("2d");
  let size = {};
  let back = null;
  let inks = [];
  let dots = null; // a sheet with a dot of each ink
  const layOut = (width, ratio, styles, dark) => {
    canvas.width = canvas.height = Math.round(width * ratio);
    const token = (name) => styles.getPropertyValue(name).trim();
    size = { width, ratio, ink: token("--choreo-ink"), card: token("--choreo-card"), radius: width * 0.385 };
    const colours = dark ? DARK : LIGHT;
    inks = Array.from({ length: POSES }, (_, k) => mix(colours, k / POSES));
    const dot = Math.max(2, width * 0.0165) * ratio;
    const side = Math.ceil(dot * 2 + 3);
    dots = document.createElement("canvas");
    dots.width = side * POSES;
    dots.height = side;
    const brush = dots.getContext("2d");
    brush.strokeStyle = size.ink;
    brush.lineWidth = 0.75 * ratio;
    inks.forEach((ink, k) => {
      brush.fillStyle = ink;
      brush.beginPath();
      brush.arc((k + 0.5) * side, side / 2, dot, 0, 7);
      brush.fill();
      brush.stroke();
    });
    back = document.createElement("canvas");
    back.width = back.height = canvas.width;
    const pen = back.getContext("2d");
    pen.scale(ratio, ratio);
    const middle = width / 2;
    pen.lineWidth = width * 0.016;
    for (let k = 0; k < POSES; k += 1) {
      pen.strokeStyle = inks[k];
      pen.beginPath();
      pen.arc(middle, middle, width * 0.47, ((k - 0.55) / POSES) * 2 * Math.PI - Math.PI / 2, ((k + 0.55) / POSES) * 2 * Math.PI - Math.PI / 2);
      pen.stroke();
    }
    pen.strokeStyle = token("--choreo-line");
    pen.lineWidth = 1;
    pen.beginPath();
    pen.arc(middle, middle, size.radius, 0, 7);
    pen.stroke();
  };
  const draw = (phases, people) => {
    if (!back) return 0;
    const { width, ratio, radius, ink, card } = size;
    const middle = width / 2;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.drawImage(back, 0, 0);
    let [x, y] = [0, 0];
    const side = dots.height;
    const half = side / 2;
    for (let k = 0; k < people; k += 1) {
      const angle = (phases[k] / 256) * 2 * Math.PI;
      const [s, c] = [Math.sin(angle), -Math.cos(angle)];
      x += s;
      y += c;
      const r = radius * (1 + (((k * 7919) % 13) / 13 - 0.5) * 0.16);
      const dot = Math.floor((phases[k] * POSES) / 256) % POSES;
      const left = Math.round((middle + s * r) * ratio - half);
      const top = Math.round((middle + c * r) * ratio - half);
      ctx.drawImage(dots, dot * side, 0, side, side, left, top, side, side);
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    x /= people;
    y /= people;
    const length = Math.hypot(x, y);
    const [tx, ty] = [middle + x * radius * 0.88, middle + y * radius * 0.88];
    for (const [wide, colour] of [[8, card], [4, ink]]) {
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.lineWidth = wide;
      ctx.lineCap = "round";
      ctx.beginPath();
      ctx.moveTo(middle, middle);
      ctx.lineTo(tx, ty);
      ctx.stroke();
    }
    ctx.beginPath();
    ctx.arc(middle, middle, 4.5, 0, 7);
    ctx.fill();
    if (length > 0.06) {
      const turn = Math.atan2(y, x);
      ctx.beginPath();
      ctx.moveTo(tx + Math.cos(turn) * 9, ty + Math.sin(turn) * 9);
      ctx.lineTo(tx + Math.cos(turn + 2.3) * 9, ty + Math.sin(turn + 2.3) * 9);
      ctx.lineTo(tx + Math.cos(turn - 2.3) * 9, ty + Math.sin(turn - 2.3) * 9);
      ctx.closePath();
      ctx.fill();
    }
    return length;
  };
  return { layOut, draw };
}

function together(phases, people) {
  let [x, y] = [0, 0];
  for (let k = 0; k < people; k += 1) {
    x += Math.cos((phases[k] / 128) * Math.PI);
    y += Math.sin((phases[k] / 128) * Math.PI);
  }
  return Math.hypot(x, y) / people;
}
