// Draws a scene as live/scene.py describes it: for the projector, the replay and the report. What people wrote is set as
// text; Plotly reads a little HTML in its texts, so what is meant as text is escaped there.

const ROLES = ["you", "others", "goal", "apart", "quiet"];
const drawn = new WeakMap(); // place -> what stands in it

function element(tag, cls = "", words = "") {
  const one = document.createElement(tag);
  if (cls) one.className = cls;
  if (words) one.textContent = words;
  return one;
}

// Make `list` of the given length by adding what `make` gives, or taking away from the end.
function count(list, parent, length, make) {
  while (list.length > length) list.pop().el.remove();
  while (list.length < length) {
    const one = make();
    list.push(one);
    parent.append(one.el);
  }
}

function set(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

function frame(place, heading) {
  place.classList.add("choreo-room");
  const parts = {
    title: element(heading, "choreo-room-title"),
    lines: element("div", "choreo-room-lines"),
    facts: element("dl", "choreo-room-facts"),
    figures: element("div", "choreo-room-figures"),
    words: element("ul", "choreo-room-words"),
  };
  const told = element("div", "choreo-room-told");
  told.append(parts.title, parts.lines, parts.facts);
  place.replaceChildren(told, parts.figures, parts.words);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const state = { parts, told, lines: [], facts: [], figures: [], words: "" };
  const again = () => state.figures.forEach((one) => one.draw());
  const sized = new ResizeObserver(() => {
    fit(place, told, true);
    fill(parts.words);
    again();
  });
  sized.observe(place);
  sized.observe(parts.figures);
  sized.observe(parts.words);
  dark.addEventListener("change", again);
  state.stop = () => {
    sized.disconnect();
    dark.removeEventListener("change", again);
    for (const one of state.figures) one.stop();
  };
  return state;
}

// Show `scene` in `place`. `plotly` is the library, a promise of it, or null where there is none: then the figures' own
// sentences stand in for them. Call it again with the next scene: what stays the same is left alone. Returns a
// function that clears the place.
export function drawScene(place, scene, plotly, { heading = "h2" } = {}) {
  let state = drawn.get(place);
  if (!state) drawn.set(place, (state = frame(place, heading)));
  const { parts } = state;
  const { title = "", lines = [], facts = [], figures = [], words = [] } = scene;
  set(parts.title, title);
  parts.title.dataset.length = title.length > 90 ? "long" : title.length > 40 ? "middle" : "short";
  count(state.lines, parts.lines, lines.length, () => ({ el: element("p") }));
  lines.forEach((line, index) => set(state.lines[index].el, line));
  count(state.facts, parts.facts, facts.length, () => {
    const [el, name, value] = [element("div"), element("dt"), element("dd")];
    el.append(name, value);
    return { el, name, value };
  });
  facts.forEach(([name, value], index) => {
    set(state.facts[index].name, name);
    set(state.facts[index].value, value);
    state.facts[index].el.toggleAttribute("data-long", value.length > 12);
  });
  count(state.figures, parts.figures, figures.length, () => picture(plotly));
  figures.forEach((figure, index) => state.figures[index].show(figure));
  parts.figures.dataset.count = figures.length;
  const cloud = JSON.stringify(words);
  let fresh = false;
  if (cloud !== state.words) {
    state.words = cloud;
    parts.words.replaceChildren(...wordCloud(words));
    fresh = true;
  }
  for (const name of ["title", "lines", "facts", "figures", "words"])
    parts[name].hidden = !(name === "title" ? title : scene[name]?.length);
  place.dataset.shape = figures.length ? "figures" : words.length ? "words" : facts.length ? "facts" : "lines";
  place.toggleAttribute("data-dense", isDense(scene));
  fit(place, state.told);
  if (fresh) fill(parts.words);
  return () => {
    state.stop();
    drawn.delete(place);
    place.replaceChildren();
  };
}

// Whether there is so much to read that it stands better beside the figures than above them.
function isDense({ lines = [], facts = [], figures = [] }) {
  const letters = lines.join("").length;
  const values = facts.map(([, value]) => value).join("").length;
  return figures.length > 0 && (letters > 200 || facts.length > 5 || values > 36 || (figures.length > 1 && letters > 120));
}

// On a stage, whose height is bounded, what is told gets smaller until it fits.
const SIZES = [1, 0.92, 0.85, 0.78, 0.72, 0.66];

function fit(place, told, anew = false) {
  const state = `${place.clientWidth} ${place.clientHeight} ${told.textContent.length} ${place.hasAttribute("data-dense")}`;
  if (!anew && told.dataset.fitted === state) return;
  told.dataset.fitted = state;
  told.style.fontSize = "";
  if (!place.closest(".choreo-stage") || !place.clientHeight) return;
  const dense = place.hasAttribute("data-dense");
  for (const size of SIZES) {
    told.style.fontSize = `${size}em`;
    const most = dense || place.dataset.shape === "facts" || place.dataset.shape === "lines" ? 1 : 0.4;
    if (told.scrollHeight <= place.clientHeight * most + 1) break;
  }
}

// -- words --------------------------------------------------------------------------------------------------------------

// Large in the middle, small around; the size goes with the root of the count, so that the area tells it.
function wordCloud(words) {
  const most = Math.max(1, ...words.map(([, count]) => count));
  const sorted = [...words].sort((one, other) => other[1] - one[1]);
  const items = sorted.map(([word, count]) => {
    const share = most === 1 ? 0.3 : Math.sqrt((count - 1) / (most - 1));
    const item = element("li", share > 0.66 ? "choreo-word-most" : share < 0.2 ? "choreo-word-few" : "", word);
    item.dataset.share = share.toFixed(3);
    if (count > 1) item.append(element("span", "choreo-hidden", ` (${count} people)`));
    return item;
  });
  return items.reduce((row, item, index) => (index % 2 ? [item, ...row] : [...row, item]), []);
}

const LARGE = [4, 3.4, 2.9, 2.4, 2, 1.7, 1.4, 1.2]; // the largest word, in sizes of the text around

// As large as the place allows: the smallest word is never smaller than the text around.
function fill(list) {
  const { clientWidth: width, clientHeight: height } = list;
  const state = `${width} ${height} ${list.children.length}`;
  if (list.hidden || !width || list.dataset.filled === state) return;
  for (const large of LARGE) {
    const least = Math.max(1, large / 3);
    for (const item of list.children) item.style.fontSize = `${(least + (large - least) * item.dataset.share).toFixed(2)}em`;
    const rows = list.lastElementChild.getBoundingClientRect().bottom - list.firstElementChild.getBoundingClientRect().top;
    if (rows <= height * 0.92 && list.scrollWidth <= width) break;
  }
  list.dataset.filled = `${list.clientWidth} ${list.clientHeight} ${list.children.length}`;
}

// -- figures ------------------------------------------------------------------------------------------------------------

function picture(plotly) {
  const el = element("figure", "choreo-room-figure");
  const key = element("ul", "choreo-room-key");
  key.setAttribute("aria-hidden", "true");
  const box = element("div", "choreo-room-plot");
  box.setAttribute("role", "img");
  el.append(key, box);
  let library = null;
  let gone = false;
  let figure = null;
  let shown = "";
  let queued = 0;
  const config = { displayModeBar: false, staticPlot: true, responsive: false };
  const draw = () => {
    if (!queued) queued = requestAnimationFrame(now);
  };
  const now = () => {
    queued = 0;
    const [width, height] = [box.clientWidth, box.clientHeight];
    if (gone || !library || !figure || !width || !height) return;
    const { data, layout } = dress(figure, box, width, height);
    library.react(box, data, { ...layout, width, height }, config).then(() => box.setAttribute("data-drawn", ""), console.error);
  };
  const tell = () => {
    box.removeAttribute("role");
    box.replaceChildren(element("p", "", figure.says));
  };
  const arrived = (found) => {
    library = found;
    if (found) draw();
    else if (figure) tell();
  };
  const asked = Promise.resolve(plotly).then(arrived, () => arrived(null));
  return {
    el,
    draw,
    show(next) {
      const text = JSON.stringify(next);
      if (text === shown) return;
      shown = text;
      figure = next;
      if (box.getAttribute("aria-label") !== next.says) box.setAttribute("aria-label", next.says);
      keys(key, next);
      asked.then(() => (library ? draw() : tell()));
    },
    stop() {
      gone = true;
      cancelAnimationFrame(queued);
      library?.purge(box);
    },
  };
}

// What the colours mean, where a figure shows more than one thing.
function keys(list, { data, layout }) {
  const named = data.filter((trace) => trace.name && trace.showlegend !== false);
  list.hidden = named.length < 2 || layout?.showlegend === false;
  const seen = named.map((trace, index) => [trace.name, roleOf(trace, index), trace.line?.dash ?? "", trace.mode ?? trace.type ?? ""]);
  const text = JSON.stringify(seen);
  if (list.dataset.seen === text) return;
  list.dataset.seen = text;
  list.replaceChildren(
    ...seen.map(([name, role, dash, mode]) => {
      const item = element("li");
      const line = mode.includes("lines") || mode === "line";
      const shape = line ? "choreo-mark-line" : mode === "markers" ? "choreo-mark-point" : "";
      const mark = element("span", `choreo-mark choreo-mark-${role} ${shape} ${dash && dash !== "solid" ? `choreo-mark-${dash.includes("dash") ? "dash" : "dot"}` : ""}`);
      item.append(mark, name);
      return item;
    }),
  );
}

function roleOf(trace, index) {
  return ROLES.includes(trace.meta?.role) ? trace.meta.role : ROLES[index % 4];
}

const TENS = Array.from({ length: 27 }, (_, index) => Number(`${[1, 2, 5][index % 3]}e${Math.floor(index / 3) - 2}`)); // 0.01 to 5,000,000
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(/&lt;br ?\/?>/g, "<br>");
const safe = (value) => (typeof value === "string" ? escape(value) : Array.isArray(value) ? value.map(safe) : value);

// Names under an axis in lines that fit `most` characters.
function wrapped(name, most) {
  const lines = [""];
  for (const word of name.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= most) lines.push(word);
    else lines[last] = lines[last] ? `${lines[last]} ${word}` : word;
  }
  return lines.map(escape).join("<br>");
}

// The figure in the colours and the type of the place where it stands.
function dress({ data, layout: own }, box, width, height) {
  const styles = getComputedStyle(box);
  const token = (name) => styles.getPropertyValue(`--choreo-${name}`).trim();
  const full = parseFloat(styles.fontSize);
  const size = Math.round(Math.min(full, Math.max(0.6 * full, Math.min(width / 26, height / 10))) * 10) / 10; // less in little room
  const ink = token("ink");
  const resolve = (value) => {
    if (typeof value === "string") return /^var\(--choreo-([\w-]+)\)$/.test(value) ? token(value.slice(13, -1)) : value;
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(resolve);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
    return value;
  };
  const scale = (role) => [[0, token("sunk")], [1, token(role)]];

  const traces = data.map((trace, index) => {
    const role = roleOf(trace, index);
    const colour = token(role);
    const one = resolve(trace);
    const { type = "scatter" } = one;
    one.marker = { color: trace.meta?.roles?.map((name) => token(ROLES.includes(name) ? name : role)) ?? colour, ...one.marker };
    if (Array.isArray(one.marker.color) && typeof one.marker.color[0] === "number") one.marker.colorscale ??= scale(role);
    if (type === "bar") {
      one.textposition ??= one.orientation === "h" || own?.barmode !== "stack" ? "outside" : "inside";
      one.cliponaxis ??= false;
      one.textfont = { color: one.textposition === "inside" ? token("on-role") : ink, size: size * 1.15, ...one.textfont };
    } else if (type === "scatter") {
      one.line = { color: colour, width: Math.max(3, size / 6), ...one.line };
      one.marker.size ??= Math.max(9, size / 2);
      if (one.fill && one.fill !== "none") one.fillcolor ??= token(`${role}-wash`) || token("sunk");
      one.textfont = { color: ink, size, ...one.textfont };
      one.cliponaxis ??= false;
    } else if (type === "box") {
      one.line = { color: colour, width: 3, ...one.line };
      one.fillcolor ??= token(`${role}-wash`) || token("sunk");
    } else if (type === "heatmap" || type === "contour") {
      delete one.marker;
      one.colorscale ??= scale(role);
      one.colorbar = { outlinewidth: 0, thickness: size, tickfont: { size }, ...one.colorbar };
      one.textfont = { size, ...one.textfont };
    } else if (type === "histogram") {
      one.marker.line = { color: token("paper"), width: 2, ...one.marker.line };
    }
    for (const bar of ["error_x", "error_y"]) if (one[bar]) one[bar] = { color: colour, thickness: 3, ...one[bar] };
    for (const words of ["text", "hovertext", "name"]) if (one[words] !== undefined) one[words] = safe(one[words]);
    delete one.meta;
    one.hoverinfo = "skip";
    return one;
  });

  const layout = {
    autosize: false, dragmode: false, hovermode: false, bargap: 0.28,
    margin: { l: 8, r: traces.some((trace) => trace.orientation === "h" && trace.text) ? size * 3 : size, t: size, b: 8 },
    ...resolve(own ?? {}),
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
  };
  layout.font = { family: token("ui"), size, color: token("quiet"), ...layout.font };
  const axes = new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))]);
  for (const name of axes) {
    const mine = layout[name] ?? {};
    const across = name.startsWith("x");
    layout[name] = {
      gridcolor: token("line"), linecolor: token("edge"), zerolinecolor: token("edge"), zeroline: false, automargin: mine.visible !== false,
      fixedrange: true, showgrid: !across, tickfont: { color: ink, size }, nticks: across ? Math.max(3, Math.round(width / size / 5)) : 6,
      ...mine,
      title: { standoff: size * 0.8, ...(typeof mine.title === "string" ? { text: mine.title } : mine.title) },
    };
    const axis = layout[name];
    if (axis.type === "log" && !axis.tickvals && !axis.dtick) Object.assign(axis, { tickmode: "array", tickvals: TENS, ticktext: TENS.map(String) });
    if (axis.title.text) axis.title.text = wrapped(axis.title.text, Math.max(10, Math.floor((across ? width : height - 3 * size) / size / 0.6)));
    if (axis.ticktext) axis.ticktext = safe(axis.ticktext);
    else named(axis, name, traces, width, size);
    if (!across && axis.rangemode === undefined && !axis.range && traces.some((trace) => trace.type === "bar" || trace.type === "histogram"))
      axis.rangemode = "tozero";
  }
  layout.annotations = layout.annotations?.map((note) => ({
    arrowcolor: token("quiet"), ...note, text: safe(note.text ?? ""), font: { color: ink, size, ...note.font },
  }));
  layout.shapes = layout.shapes?.map((shape) => ({ ...shape, line: { color: token("quiet"), width: 3, ...shape.line } }));
  return { data: traces, layout };
}

// Ticks for an axis of names: each in as many lines as it needs.
function named(axis, name, traces, width, size) {
  const side = name[0];
  const short = name.replace("axis", "");
  const on = traces.filter((trace) => (trace[`${side}axis`] ?? side) === short && Array.isArray(trace[side]));
  const names = [...new Set(on.flatMap((trace) => trace[side]))];
  if (!names.length || !names.every((one) => typeof one === "string")) return;
  if (axis.type !== "category" && names.every((one) => !Number.isNaN(Number(one)) || !Number.isNaN(Date.parse(one)))) return;
  axis.type = "category";
  const most = side === "x" ? Math.max(6, Math.floor((width - 4 * size) / names.length / size / 0.6)) : 24;
  Object.assign(axis, { tickmode: "array", tickvals: names, ticktext: names.map((one) => wrapped(one, most)), tickangle: 0 });
  delete axis.nticks;
}
