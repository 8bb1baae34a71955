// The colours of a turn, told apart by brightness first, then by hue: at the beat, letting go, at rest, gathering.

export const POSES = 48; // in one turn

const LIGHT = ["#3b1350", "#d3602a", "#e9dcc3", "#3f83c2"];
const DARK = ["#fff3cf", "#f0904a", "#4d5361", "#5c9be0"];

/** The colour of each pose. */
export const turnColours = (night) => Array.from({ length: POSES }, (_, k) => mix(night ? DARK : LIGHT, k / POSES));

function mix(stations, turn) {
  const at = turn * stations.length;
  const from = Math.floor(at) % stations.length;
  const part = at - Math.floor(at);
  const [a, b] = [stations[from], stations[(from + 1) % stations.length]].map((hex) =>
    [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16) ** 2),
  );
  return `rgb(${a.map((x, k) => Math.round(Math.sqrt(x + (b[k] - x) * part))).join(" ")})`;
}
