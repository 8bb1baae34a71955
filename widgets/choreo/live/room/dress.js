// A figure in the colours and the type of the place where it stands. Plotly reads a little HTML in its texts, so what
// is meant as text is escaped here. Nothing of a page in here.

import { coloured, namedRole, ROLES, resolved } from "../../views/shared/roles.js";

// 0.01 to 5,000,000
const TENS = Array.from({ length: 27 }, (_, index) => Number(`${[1, 2, 5][index % 3]}e${Math.floor(index / 3) - 2}`));

const BESIDE = 24; // letters of a name in a line beside its bar, where there is room for all lines
const LINE = 1.3; // heights of a letter that a line takes

/**
 * @typedef {object} Place where a figure stands
 * @property {(name: string) => string} token the value of a role of the theme
 * @property {number} full px of the text around
 * @property {number} width px
 * @property {number} height px
 */

/** @typedef {Place & { size: number, ink: string }} Dress a place, with the size of its figure's type */

/** @param {{ data: any[], layout?: any }} figure @param {Place} place */
export function dressed({ data, layout }, place) {
  const { full, width, height, token } = place;
  const room = Math.max(0.6 * full, Math.min(width / 26, height / 10)); // less in little room
  const dress = { ...place, size: Math.round(Math.min(full, room) * 10) / 10, ink: token("ink") };
  const traces = data.map((trace, index) => dressedTrace(trace, roleOf(trace, index), layout, dress));
  return { data: traces, layout: dressedLayout(layout ?? {}, traces, dress) };
}

/** The role of a trace's colour: its own, or one by its place. */
export function roleOf(trace, index) {
  return namedRole(trace) ?? ROLES[index % 4];
}

// -- traces -----------------------------------------------------------------------------------------------------------

const KINDS = { bar, scatter, box, heatmap: field, contour: field, histogram };

/** @param {any} trace @param {string} role @param {any} layout @param {Dress} dress */
function dressedTrace(trace, role, layout, dress) {
  const { token } = dress;
  const one = coloured(resolved(trace, token), role, token);
  if (Array.isArray(one.marker.color) && typeof one.marker.color[0] === "number")
    one.marker.colorscale ??= scale(role, token);
  KINDS[one.type ?? "scatter"]?.(one, role, dress, layout);
  for (const name of ["error_x", "error_y"])
    if (one[name]) one[name] = { color: token(role), thickness: 3, ...one[name] };
  for (const name of ["text", "hovertext", "name"]) if (one[name] !== undefined) one[name] = safe(one[name]);
  one.hoverinfo = "skip";
  return one;
}

function scale(role, token) {
  return [
    [0, token("sunk")],
    [1, token(role)],
  ];
}

function wash(role, token) {
  return token(`${role}-wash`) || token("sunk");
}

function bar(one, _role, { token, ink, size }, layout) {
  one.textposition ??= one.orientation === "h" || layout?.barmode !== "stack" ? "outside" : "inside";
  one.cliponaxis ??= false;
  one.textfont = {
    color: one.textposition === "inside" ? token("on-role") : ink,
    size: size * 1.15,
    ...one.textfont,
  };
}

function scatter(one, role, { token, ink, size }) {
  one.line = { width: Math.max(3, size / 4.5), ...one.line };
  one.marker.size ??= Math.max(9, size / 2);
  if (one.fill && one.fill !== "none") one.fillcolor ??= wash(role, token);
  one.textfont = { color: ink, size, ...one.textfont };
  one.cliponaxis ??= false;
}

function box(one, role, { token }) {
  one.line = { color: token(role), width: 3, ...one.line };
  one.fillcolor ??= wash(role, token);
}

function field(one, role, { token, size }) {
  delete one.marker;
  one.colorscale ??= scale(role, token);
  one.colorbar = { outlinewidth: 0, thickness: size, tickfont: { size }, ...one.colorbar };
  one.textfont = { size, ...one.textfont };
}

function histogram(one, _role, { token }) {
  one.marker.line = { color: token("paper"), width: 2, ...one.marker.line };
}

// -- layout -----------------------------------------------------------------------------------------------------------

/** @param {any} own @param {any[]} traces @param {Dress} dress */
function dressedLayout(own, traces, dress) {
  const { token, size, ink } = dress;
  const beside = traces.some((trace) => trace.orientation === "h" && trace.text); // words at the ends of bars
  const layout = {
    autosize: false,
    dragmode: false,
    hovermode: false,
    bargap: 0.28,
    margin: { l: 8, r: beside ? size * 3 : size, t: size, b: 8 },
    ...resolved(own, token),
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
  };
  layout.font = { family: token("ui"), size, color: token("quiet"), ...layout.font };
  const axes = new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))]);
  for (const name of axes) layout[name] = dressedAxis(name, layout[name] ?? {}, traces, dress);
  layout.annotations = layout.annotations?.map((note) => ({
    arrowcolor: token("quiet"),
    ...note,
    text: safe(note.text ?? ""),
    font: { color: ink, size, ...note.font },
  }));
  layout.shapes = layout.shapes?.map((shape) => ({
    ...shape,
    line: { color: token("quiet"), width: 3, ...shape.line },
  }));
  return layout;
}

/** @param {string} name @param {any} own @param {any[]} traces @param {Dress} dress */
function dressedAxis(name, own, traces, { token, ink, size, width, height }) {
  const across = name.startsWith("x");
  const axis = {
    gridcolor: token("line"),
    linecolor: token("edge"),
    zerolinecolor: token("edge"),
    zeroline: false,
    automargin: own.visible !== false,
    fixedrange: true,
    showgrid: !across,
    tickfont: { color: ink, size },
    nticks: across ? Math.max(3, Math.round(width / size / 5)) : 6,
    ...own,
    title: { standoff: size * 0.8, ...(typeof own.title === "string" ? { text: own.title } : own.title) },
  };
  if (axis.type === "log" && !axis.tickvals && !axis.dtick)
    Object.assign(axis, { tickmode: "array", tickvals: TENS, ticktext: TENS.map(String) });
  if (axis.title.text) {
    const most = Math.floor(((across ? width : height) - 3 * size) / size / 0.6);
    axis.title.text = wrapped(axis.title.text, Math.max(10, most));
  }
  if (axis.ticktext) axis.ticktext = safe(axis.ticktext);
  else nameTicks(axis, name, traces, { width, height, size });
  const counts = traces.some((trace) => trace.type === "bar" || trace.type === "histogram");
  if (!across && axis.rangemode === undefined && !axis.range && counts) axis.rangemode = "tozero";
  return axis;
}

/** Ticks for an axis of names: each in as many lines as it needs, and as have room. */
function nameTicks(axis, name, traces, { width, height, size }) {
  const side = name[0];
  const short = name.replace("axis", "");
  const on = traces.filter((trace) => (trace[`${side}axis`] ?? side) === short && Array.isArray(trace[side]));
  const names = [...new Set(on.flatMap((trace) => trace[side]))];
  if (!names.length || !names.every((one) => typeof one === "string")) return;
  if (axis.type !== "category" && names.every((one) => !Number.isNaN(Number(one)) || !Number.isNaN(Date.parse(one))))
    return;
  axis.type = "category";
  const letters = Math.floor((width - 4 * size) / names.length / size / 0.6); // that have room below a bar
  const most = side === "x" ? Math.max(6, letters) : lettersBeside(names, { width, height, size });
  const longest = Math.max(...names.flatMap((one) => one.split(" ")).map((word) => word.length));
  Object.assign(axis, {
    tickmode: "array",
    tickvals: names,
    ticktext: names.map((one) => wrapped(one, most)),
    tickangle: side === "x" && longest > letters ? -40 : 0,
  });
  delete axis.nticks;
}

/** How many letters of a name stand in a line beside its bar: more where its lines would reach into the next one's. */
function lettersBeside(names, { width, height, size }) {
  const lines = Math.max(1, Math.floor((height - 5 * size) / names.length / size / LINE));
  const widest = width / 2 / size / 0.6;
  let most = BESIDE;
  while (most < widest && names.some((one) => wrapped(one, most).split("<br>").length > lines)) most += 2;
  return most;
}

// -- texts ------------------------------------------------------------------------------------------------------------

function escaped(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/&lt;br ?\/?>/g, "<br>");
}

function safe(value) {
  return typeof value === "string" ? escaped(value) : Array.isArray(value) ? value.map(safe) : value;
}

/** A name in lines that fit `most` characters, escaped. */
export function wrapped(name, most) {
  const lines = [""];
  for (const word of name.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= most) lines.push(word);
    else lines[last] = lines[last] ? `${lines[last]} ${word}` : word;
  }
  return lines.map(escaped).join("<br>");
}
