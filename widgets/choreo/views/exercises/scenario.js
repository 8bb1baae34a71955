const SCENARIO_LETTERS = "ABCDEFGHIJKL";

function scenarioSvg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** The name of a place on the map: moments have numbers, endings letters. */
function scenarioName(place, places) {
  return place.ending ? SCENARIO_LETTERS[place.at - places.filter((one) => !one.ending).length] : String(place.at + 1);
}

/** The ways from above to below: a moment is a circle, an ending a square; full lines were walked. */
function scenarioPicture({ places, ways }) {
  const rows = Math.max(...places.map((place) => place.depth)) + 1;
  const layers = Array.from({ length: rows }, (_, depth) => places.filter((place) => place.depth === depth));
  const widest = Math.max(...layers.map((layer) => layer.length));
  const [width, gap, edge] = [Math.max(300, widest * 58), 84, 30];
  const spots = new Map();
  for (const layer of layers) {
    layer.forEach((place, at) => spots.set(place.at, { x: (width * (at + 0.5)) / layer.length, y: edge + place.depth * gap }));
  }
  const twins = new Map();
  const lines = ways.map((way) => {
    const [a, b] = [spots.get(way.from), spots.get(way.to)];
    const key = `${way.from}-${way.to}`;
    const twin = twins.get(key) ?? 0;
    twins.set(key, twin + 1);
    const bow = twin * 34 + (b.y - a.y > gap * 1.5 && Math.abs(a.x - b.x) < 20 ? 40 : 0);
    const middle = (a.y + b.y) / 2;
    const path = `M${a.x} ${a.y}C${a.x + bow} ${middle} ${b.x + bow} ${middle} ${b.x} ${b.y}`;
    return scenarioSvg("path", { d: path, class: "choreo-scenario-line", "data-walked": way.walked, "data-now": way.now });
  });
  const onWay = new Set(ways.filter((way) => way.now).flatMap((way) => [way.from, way.to]));
  const marks = places.map((place) => {
    const { x, y } = spots.get(place.at);
    const look = { class: "choreo-scenario-place", "data-seen": place.seen, "data-now": onWay.has(place.at) };
    const shape = place.ending
      ? scenarioSvg("rect", { x: x - 15, y: y - 15, width: 30, height: 30, rx: 6 })
      : scenarioSvg("circle", { cx: x, cy: y, r: 15 });
    return scenarioSvg("g", look, shape, scenarioSvg("text", { x, y: y + 5, "text-anchor": "middle" }, scenarioName(place, places)));
  });
  lines.sort((a, b) => a.hasAttribute("data-now") - b.hasAttribute("data-now"));
  const height = edge * 2 + (rows - 1) * gap;
  return scenarioSvg(
    "svg",
    { class: "choreo-scenario-map", viewBox: `0 0 ${width} ${height}`, style: `max-width:${width * 1.15}px`, "aria-hidden": "true" },
    ...lines,
    ...marks,
  );
}

/** The same map in words: every moment with its choices, and where each leads as far as it was walked. */
function scenarioList({ places, ways }) {
  const label = (place) => {
    const name = scenarioName(place, places);
    return place.ending ? `ending ${name}` : `moment ${name}`;
  };
  const moments = places.filter((place) => !place.ending);
  const walkedTo = (place) => ways.some((way) => way.to === place.at && way.now);
  const rows = moments.filter((place) => place.seen).map((place) => {
    const from = ways.filter((way) => way.from === place.at);
    return choreoElement(
      "li",
      {},
      choreoElement("strong", {}, `Moment ${scenarioName(place, places)}`),
      choreoElement(
        "ul",
        {},
        ...from.map((way) => {
          const to = places.find((one) => one.at === way.to);
          const where = way.walked ? `leads to ${label(to)}` : "not tried yet";
          return choreoElement(
            "li",
            { "data-walked": way.walked },
            choreoElement("span", { html: way.text }),
            choreoElement("span", { class: "choreo-scenario-where" }, ` – ${where}${way.now ? " (this time)" : ""}`),
          );
        }),
      ),
    );
  });
  const unseen = moments.filter((place) => !place.seen).length;
  if (unseen) rows.push(choreoElement("li", {}, unseen === 1 ? "One moment that you have not come to." : `${unseen} moments that you have not come to.`));
  const endings = places.filter((place) => place.ending);
  const ends = endings.map((place) =>
    choreoElement(
      "li",
      { "data-seen": place.seen },
      choreoElement("span", { class: "choreo-scenario-letter", "aria-hidden": "true" }, scenarioName(place, places)),
      choreoElement("span", {}, choreoElement("span", { class: "choreo-unseen" }, `Ending ${scenarioName(place, places)}: `), place.seen ? place.title : "not seen yet", walkedTo(place) ? choreoElement("em", {}, " – you are here") : null),
    ),
  );
  return [
    choreoElement("ul", { class: "choreo-scenario-ends", "aria-label": "Endings" }, ...ends),
    choreoElement("details", { class: "choreo-scenario-ways" }, choreoElement("summary", {}, "The map in words"), choreoElement("ol", {}, ...rows)),
  ];
}

function scenario({ face, changed, unfold }) {
  const known = new Map([["", face.opening]]); // what each path opened, as far as it was walked
  const key = (path) => path.join(" ");
  let path = [];
  let drawn = "";
  let moved = false; // by hand, since the answer that is kept
  let sent = ""; // the finished path that was handed in last
  let kept = "";
  const story = choreoElement("ol", { class: "choreo-scenario-story" });
  const end = choreoElement("div", { class: "choreo-scenario-end" });
  const element = choreoElement("div", { class: "choreo-scenario" }, story, end);
  let landing = story;

  /** Walk on, or back to an earlier moment. */
  function go(next) {
    path = next;
    moved = true;
    sent = "";
    changed();
    draw();
    landing.focus();
    settle();
  }

  /** What a path opened holds for the shorter ones too. */
  function learn(found) {
    if (!found?.steps) return;
    for (let length = 0; length < found.path.length; length += 1) {
      const shorter = found.path.slice(0, length);
      if (known.has(key(shorter))) continue;
      const steps = found.steps.slice(0, length + 1).map((step, at) => (at === length ? { ...step, chosen: null, consequence: null } : step));
      known.set(key(shorter), { path: shorter, steps });
    }
    known.set(key(found.path), found);
  }

  /** What was chosen, while what comes of it is on its way. */
  function waiting() {
    const before = known.get(key(path.slice(0, -1)));
    return { steps: (before?.steps ?? []).map((step) => (step.chosen ? step : { ...step, chosen: path.at(-1) })), waiting: true };
  }

  function draw() {
    const found = known.get(key(path));
    if (!found) unfold({ path });
    const shown = found ?? waiting();
    const mark = JSON.stringify(shown);
    if (mark === drawn) return;
    drawn = mark;
    story.replaceChildren(...shown.steps.map(moment));
    end.replaceChildren(...(shown.waiting ? [patience()] : []), ...(shown.ending ? [ending(shown.ending)] : []), ...(shown.map ? [atlas(shown.map)] : []));
    const stops = story.querySelectorAll(".choreo-scenario-consequence, .choreo-scenario-chosen > p");
    landing = stops[stops.length - 1] ?? story.querySelector(".choreo-scenario-text") ?? story;
  }

  /** A story that came to its end is handed in by itself. */
  function settle() {
    const here = key(path);
    if (!known.get(here)?.ending || sent === here || (!moved && kept === here)) return;
    sent = here;
    element.closest("form")?.requestSubmit();
  }

  function moment(step, at) {
    const chosen = step.choices.find((choice) => choice.id === step.chosen);
    const text = choreoElement("div", { class: "choreo-scenario-text", tabindex: "-1", html: step.prose });
    if (!chosen) {
      const buttons = step.choices.map((choice) =>
        choreoElement("button", { type: "button", class: "choreo-scenario-choice", onclick: () => go([...path, choice.id]) }, choreoElement("span", { html: choice.text })),
      );
      const ask = choreoElement("p", { class: "choreo-scenario-ask", "aria-hidden": "true" }, "What do you do?");
      return choreoElement("li", {}, text, choreoElement("div", { class: "choreo-scenario-choices", role: "group", "aria-label": "What do you do?" }, ask, ...buttons));
    }
    const back = choreoElement(
      "button",
      { type: "button", class: "choreo-button choreo-scenario-back", onclick: () => go(path.slice(0, at)) },
      "Go back here",
      choreoElement("span", { class: "choreo-unseen" }, ` to moment ${at + 1} and choose again`),
    );
    return choreoElement(
      "li",
      { class: "choreo-scenario-past" },
      text,
      choreoElement("div", { class: "choreo-scenario-chosen" }, choreoElement("p", { tabindex: "-1" }, choreoElement("span", { class: "choreo-scenario-you" }, "You"), choreoElement("span", { html: chosen.text })), back),
      step.consequence ? choreoElement("div", { class: "choreo-scenario-consequence", tabindex: "-1", html: step.consequence.prose }) : null,
    );
  }

  function patience() {
    return choreoElement("p", { class: "choreo-scenario-waiting" }, "One moment…", choreoElement("button", { type: "button", class: "choreo-button choreo-scenario-again", onclick: () => unfold({ path }) }, "Ask again"));
  }

  function ending(told) {
    return choreoElement(
      "section",
      { class: "choreo-scenario-ending" },
      choreoElement("p", { class: "choreo-scenario-eyebrow" }, "How it ends"),
      choreoElement("h4", {}, told.title),
      choreoElement("div", { class: "choreo-scenario-text", html: told.prose }),
      choreoElement("div", { class: "choreo-scenario-reflection" }, choreoElement("h5", {}, "To think about"), choreoElement("div", { html: told.reflection.prose })),
    );
  }

  function atlas(map) {
    const seen = map.places.filter((place) => place.ending && place.seen).length;
    return choreoElement(
      "section",
      { class: "choreo-scenario-atlas" },
      choreoElement("h4", {}, "The map of the ways"),
      choreoElement("p", { class: "choreo-scenario-count" }, seen === face.endings ? `You have seen all ${seen} endings.` : `You have seen ${seen} of ${face.endings} endings. Go back to any moment above and try another way.`),
      choreoElement("div", { class: "choreo-scenario-chart" }, scenarioPicture(map), choreoElement("p", { class: "choreo-scenario-legend", "aria-hidden": "true" }, "Full line: walked. Dashed: not yet. Circles are moments, squares are endings.")),
      ...scenarioList(map),
    );
  }

  draw();
  return {
    element,
    plain: true,
    eyebrow: "A case",
    action: "Keep this ending",
    again: "Keep this ending",
    get landing() {
      return landing;
    },
    read: () => (known.get(key(path))?.ending ? { answer: { path } } : { missing: "Go on until the story ends; then it is kept." }),
    draft: () => ({ path }),
    write(answer) {
      path = answer.path.map(String);
      moved = false;
      queueMicrotask(draw); // after an answer that comes with what it opened
    },
    show(state) {
      learn(state.unfolded);
      if (state.error && !known.has(key(path))) path = path.slice(0, -1); // of an older version of the story
      const before = kept;
      kept = key(state.answer?.path ?? []);
      if (kept === key(path) && (kept !== before || sent === kept)) moved = false;
      draw();
      settle();
    },
  };
}

export default { render: (context) => choreoCard(context, scenario) };
