// Plotly for every chart of the page: loaded once, dressed in the theme.

const REST = 150; // ms without news after which Plotly draws what moved

function choreoPlotly(model, figure) {
  const basic = (figure.data ?? []).every(({ type = "scatter" }) => ["scatter", "bar"].includes(type));
  const loads = (globalThis.choreoPlotlyLoads ??= {});
  const build = basic && !loads.cartesian ? "basic" : "cartesian"; // the larger one draws everything
  loads[build] ??= loadChoreoPlotly(model, build).catch((error) => {
    loads[build] = undefined;
    throw error;
  });
  return loads[build];
}

async function loadChoreoPlotly(model, build) {
  const served = document.querySelector(`meta[name="choreo-plotly-${build}"]`)?.content;
  const url = served || URL.createObjectURL(await askForChoreoPlotly(model, build));
  try {
    await new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = url;
      tag.onload = resolve;
      tag.onerror = () => reject(new Error("the drawing library did not arrive"));
      document.head.append(tag);
    });
  } finally {
    if (!served) URL.revokeObjectURL(url);
  }
  if (!globalThis.Plotly) throw new Error("the drawing library did not start");
  return globalThis.Plotly;
}

function askForChoreoPlotly(model, build) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error("the drawing library did not arrive")), 20000);
    const finish = (error, blob) => {
      clearTimeout(timer);
      model.off("msg:custom", heard);
      if (error) reject(error);
      else resolve(blob);
    };
    const heard = (content, buffers) => {
      if (content?.type !== "plotly") return;
      if (content.error || !buffers?.length) return finish(new Error(content.error ?? "an empty answer"));
      const unpacked = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
      new Response(unpacked).text().then(
        (text) => finish(null, new Blob([text], { type: "text/javascript" })),
        finish,
      );
    };
    model.on("msg:custom", heard);
    model.send({ type: "plotly", build });
  });
}

// The figure with every var(--token) replaced by what it is here and now, laid over the theme's layout.
function dressChoreoFigure(figure, el) {
  const styles = getComputedStyle(el);
  const token = (name) => styles.getPropertyValue(name).trim();
  const dress = (value) => {
    if (typeof value === "string") {
      const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
      return name ? token(name) || "#808080" : value;
    }
    if (Array.isArray(value)) return value.length && typeof value[0] === "number" ? value : value.map(dress);
    if (value && typeof value === "object" && value.constructor === Object)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dress(inner)]));
    return value;
  };
  const axis = {
    gridcolor: token("--choreo-line"), linecolor: token("--choreo-edge"), zeroline: false, fixedrange: true,
    tickcolor: token("--choreo-line"), automargin: true,
  };
  const own = dress(figure.layout ?? {});
  const layout = {
    autosize: true, dragmode: false, hovermode: "x unified", showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 60, r: 20, t: 14, b: 58 }, // enough for most: Plotly draws all twice where labels need more
    hoverlabel: {
      bgcolor: token("--choreo-card"), bordercolor: token("--choreo-line"),
      font: { color: token("--choreo-ink"), family: token("--choreo-ui"), size: 15 },
    },
    ...own,
    font: { family: token("--choreo-ui"), size: 15, color: token("--choreo-quiet"), ...own.font },
  };
  for (const name of ["xaxis", "yaxis"]) {
    layout[name] = { ...axis, ...own[name] };
    if (own[name]?.title) layout[name].title = { standoff: 10, ...own[name].title }; // an axis with it measures its labels
  }
  return { data: dress(figure.data ?? []), layout };
}

// Lines on the move: drawn over Plotly's axes in a tenth of its time, while one figure follows another.
const CHOREO_LINE = new Set(["type", "mode", "name", "line", "x", "x0", "dx", "y", "hovertemplate", "hoverinfo", "showlegend"]);

function choreoLines(box) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", "choreo-plot-lines");
  picture.setAttribute("aria-hidden", "true");
  const look = ({ type, mode, name, line }) => JSON.stringify([type, mode, name, line]);
  const moves = (trace, before) =>
    Object.keys(trace).every((key) => CHOREO_LINE.has(key)) && trace.mode === "lines" && before && look(trace) === look(before);
  const dashes = ({ width = 2, dash = "solid" }) => ({ dot: [1, 1], dash: [3, 3] }[dash] ?? []).map((part) => part * Math.max(width, 3));
  const path = ({ x, x0 = 0, dx = 1, y }, across, up) => {
    let [way, pen] = ["", "M"];
    y.forEach((value, k) => {
      if (value === null) return void (pen = "M");
      way += `${pen}${across.d2p(x?.[k] ?? x0 + k * dx).toFixed(1)} ${up.d2p(value).toFixed(1)}`;
      pen = "L";
    });
    return way;
  };
  return {
    /** Draw them if they are the only news since Plotly has drawn; whether they were. */
    draw(data) {
      const before = box.data ?? [];
      if (!data.length || data.length !== before.length || !data.every((trace, k) => moves(trace, before[k]))) return false;
      const { xaxis, yaxis } = box._fullLayout;
      if (xaxis.autorange || yaxis.autorange) return false; // the axes will move, too
      picture.style.inset = `${yaxis._offset}px auto auto ${xaxis._offset}px`;
      picture.setAttribute("width", xaxis._length);
      picture.setAttribute("height", yaxis._length);
      while (picture.children.length > data.length) picture.lastChild.remove();
      while (picture.children.length < data.length) picture.append(document.createElementNS(picture.namespaceURI, "path"));
      data.forEach((trace, k) => {
        const line = picture.children[k];
        line.setAttribute("d", path(trace, xaxis, yaxis));
        line.setAttribute("stroke", trace.line?.color ?? "currentColor");
        line.setAttribute("stroke-width", trace.line?.width ?? 2);
        line.setAttribute("stroke-dasharray", dashes(trace.line ?? {}).join(" "));
      });
      if (!picture.isConnected) box.append(picture);
      box.setAttribute("data-moving", "");
      return true;
    },
    /** Plotly has them. */
    rest() {
      box.removeAttribute("data-moving");
      picture.remove();
    },
  };
}

// Draws `read()` into `box` when it comes near the view or the page is idle, and again whenever the colours or the width change.
function choreoPlot(model, box, read, drawn = () => {}) {
  const config = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let Plotly = null;
  let gone = false;
  let queued = 0;
  let stale = false;
  let resting = 0;
  let size = "";
  let room = ""; // the axes that Plotly has drawn
  const lines = choreoLines(box);
  const draw = () => {
    stale = false;
    if (gone || !Plotly || !box.isConnected || !box.clientWidth) return;
    const [width, height] = [box.clientWidth, box.clientHeight];
    size = `${width} ${height}`;
    const { data, layout } = dressChoreoFigure(read(), box);
    const draws = () => {
      Plotly.react(box, data, { ...layout, width, height }, config).then(drawn, () => {});
      lines.rest();
    };
    clearTimeout(resting);
    const now = `${size} ${JSON.stringify(layout)}`;
    if (now === room && lines.draw(data)) resting = setTimeout(draws, REST);
    else draws();
    room = now;
    box.setAttribute("data-drawn", "");
  };
  const frame = () => {
    queued = 0;
    if (stale) draw();
  };
  const later = () => {
    stale = true;
    queued ||= requestAnimationFrame(frame);
  };
  // News is drawn at once, so that the next frame shows it; more news before that frame waits for it.
  const now = () => {
    if (queued) stale = true;
    else {
      draw();
      queued = requestAnimationFrame(frame);
    }
  };
  const start = () => {
    near.disconnect();
    clearTimeout(idle);
    box.removeAttribute("data-failed");
    choreoPlotly(model, read()).then(
      (library) => {
        Plotly = library;
        now();
      },
      (error) => {
        if (gone) return;
        box.setAttribute("data-failed", "");
        box.replaceChildren();
        const note = document.createElement("p");
        note.textContent = `The chart cannot be drawn: ${error.message}. The numbers are below. `;
        const again = document.createElement("button");
        again.type = "button";
        again.className = "choreo-plot-again";
        again.textContent = "Try again";
        again.onclick = () => {
          box.replaceChildren();
          start();
        };
        note.append(again);
        box.append(note);
      },
    );
  };
  const near = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && start(), {
    rootMargin: "600px",
  });
  near.observe(box);
  const idle = setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(() => !gone && !Plotly && start()), 2500);
  const sized = new ResizeObserver(() => `${box.clientWidth} ${box.clientHeight}` !== size && later());
  sized.observe(box);
  dark.addEventListener("change", later);
  return {
    draw: now,
    stop() {
      gone = true;
      near.disconnect();
      clearTimeout(idle);
      clearTimeout(resting);
      sized.disconnect();
      cancelAnimationFrame(queued);
      dark.removeEventListener("change", later);
      Plotly?.purge(box);
    },
  };
}

// A table of the chart's numbers, folded away under it.
function choreoNumbers(summary) {
  const fold = document.createElement("details");
  fold.className = "choreo-plot-numbers";
  const head = document.createElement("summary");
  head.textContent = summary;
  const scroll = document.createElement("div");
  scroll.className = "choreo-plot-scroll";
  const table = document.createElement("table");
  scroll.append(table);
  fold.append(head, scroll);
  const cell = (text, tag) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (tag === "th") made.scope = "col";
    return made;
  };
  const fill = ({ columns = [], rows = [] } = {}) => {
    fold.hidden = rows.length === 0;
    const top = document.createElement("tr");
    top.append(...columns.map((text) => cell(text, "th")));
    const lines = rows.map((row) => {
      const line = document.createElement("tr");
      line.append(...row.map((text) => cell(text, "td")));
      return line;
    });
    const [thead, tbody] = [document.createElement("thead"), document.createElement("tbody")];
    thead.append(top);
    tbody.append(...lines);
    table.replaceChildren(thead, tbody);
  };
  return { el: fold, fill };
}
