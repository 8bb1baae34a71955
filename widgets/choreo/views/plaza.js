const PLAY_SECONDS = 20; // how long a run takes to watch
const REST = 150; // ms without news after which what stands still is drawn in full

const ICONS = {
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  again: "M12 5V1L7 6l5 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
  back: "M6 5h3v14H6zM20 5v14l-9-7z",
  forth: "M15 5h3v14h-3zM4 5v14l9-7z",
};

function render({ model, el }) {
  el.classList.add("choreo-plaza");
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  };
  const button = (className, label, name, act) => {
    const made = make("button", className);
    made.type = "button";
    if (name) {
      made.append(icon(name));
      made.setAttribute("aria-label", label);
      made.title = label;
    } else made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const scene = make("div", "choreo-plaza-scene");
  scene.tabIndex = 0;
  scene.setAttribute("role", "group");
  const ground = make("div", "choreo-plaza-ground");
  const canvas = make("canvas", "choreo-plaza-canvas");
  canvas.setAttribute("aria-hidden", "true");
  ground.append(canvas);
  const side = make("div", "choreo-plaza-side");
  const dial = make("canvas", "choreo-plaza-dial");
  dial.setAttribute("aria-hidden", "true");
  const figure = make("p", "choreo-plaza-figure");
  const percent = make("strong", "choreo-plaza-percent");
  figure.append(percent, make("span", "", "together"));
  const legend = make("p", "choreo-plaza-legend", "One dot per person. At the top: their beat. The longer the arrow, the more they move as one.");
  const words = make("div", "choreo-plaza-words");
  words.append(figure, legend);
  side.append(dial, words);
  scene.append(ground, side);

  const bar = make("div", "choreo-plaza-bar");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Playing");
  const play = button("choreo-plaza-play", "Play", "play", () => (playing ? pause() : start()));
  const back = button("choreo-plaza-step", "One second back", "back", () => step(-1));
  const forth = button("choreo-plaza-step", "One second on", "forth", () => step(1));
  const replay = button("choreo-plaza-step", "Replay from the start", "again", () => {
    time = 0;
    start();
  });
  const scrub = make("input", "choreo-plaza-scrub");
  scrub.type = "range";
  scrub.min = 0;
  scrub.step = 0.1;
  scrub.setAttribute("aria-label", "Moment of the run");
  const clock = make("span", "choreo-plaza-clock");
  clock.setAttribute("aria-hidden", "true");
  const crowd = make("div", "choreo-plaza-crowd");
  const number = make("span", "choreo-plaza-number");
  const same = button("choreo-plaza-button", "Same people again", null, () => model.send({ type: "again" }));
  const fresh = button("choreo-plaza-button", "New people", null, () => model.send({ type: "new" }));
  crowd.append(same, fresh);
  const transport = make("div", "choreo-plaza-transport");
  transport.append(play, back, forth, replay, scrub, clock);
  bar.append(transport, crowd);

  const stills = make("div", "choreo-plaza-stills");
  const trace = make("details", "choreo-plaza-trace");
  const traceHead = make("summary", "", "What happened, in words");
  const traceList = make("ol");
  traceHead.append(number);
  trace.append(traceHead, traceList);
  const news = make("p", "choreo-plaza-news");
  news.setAttribute("role", "status");
  el.append(scene, bar, stills, trace, news);

  const plaza = plazaOn(canvas);
  const circle = circleOn(dial);
  let run = null;
  let frames = null;
  let phases = new Float32Array(0);
  let time = 0; // seconds of the run
  let playing = false;
  let seen = false;
  let loop = 0;
  let refining = 0;
  let last = 0;
  let odd = false;
  let length = 0; // of the mean arrow
  let slow = 16; // ms between frames, smoothed
  let sharp = Math.min(2, globalThis.devicePixelRatio || 1); // canvas pixels to a CSS pixel
  let spoken = 0; // when the words were last brought up to date

  const momentInto = (into, at) => {
    const exact = Math.min(run.frames - 1, Math.max(0, (at / run.seconds) * (run.frames - 1)));
    const frame = Math.min(run.frames - 2, Math.floor(exact));
    const part = exact - frame;
    const [a, b] = [frame * run.people, (frame + 1) * run.people];
    const beat = run.beat * at * 256;
    for (let k = 0; k < run.people; k += 1) {
      const from = frames[a + k];
      const way = ((frames[b + k] - from + 128) & 255) - 128; // the short way round
      into[k] = (((from + way * part + beat) % 256) + 256) % 256;
    }
    return into;
  };

  const draw = (whole = still.matches) => {
    if (!run) return;
    momentInto(phases, time);
    const exact = plaza.draw(phases, (run.beat * time * 256) % 256, whole);
    clearTimeout(refining);
    if (!exact && !playing) refining = setTimeout(draw, REST, true);
    odd = playing && !odd; // while it plays, the circle is drawn every other time
    if (!odd) length = circle.draw(phases, run.people);
    const now = performance.now();
    if (!playing || now - spoken > 120) {
      spoken = now;
      const share = Math.round(100 * length);
      percent.textContent = `${share}%`;
      scrub.value = time;
      scrub.style.setProperty("--choreo-filled", time / run.seconds);
      clock.textContent = `${Math.floor(time)} s of ${run.seconds} s`;
      scrub.setAttribute("aria-valuetext", `${Math.floor(time)} s of ${run.seconds} s, ${share}% together`);
    }
    el.dispatchEvent(new CustomEvent("choreo:frame", { bubbles: true, detail: { time } }));
  };

  // Where drawing is slow, less sharp and smooth is better than sharp and jerky.
  const judge = (gap) => {
    slow = slow * 0.96 + Math.min(100, gap) * 0.04;
    if (slow > 24 && sharp > 1) {
      sharp = Math.max(1, sharp * 0.7);
      slow = 16;
      layOut();
    }
  };
  const tick = (now) => {
    loop = 0;
    if (!playing || !seen || document.hidden) return;
    judge(now - last);
    time += (Math.min(0.1, (now - last) / 1000) * run.seconds) / PLAY_SECONDS;
    last = now;
    if (time >= run.seconds) {
      time = run.seconds;
      pause();
    } else {
      draw();
      loop = requestAnimationFrame(tick);
    }
  };
  const go = () => {
    if (loop || !playing || !seen || document.hidden) return;
    last = performance.now();
    loop = requestAnimationFrame(tick);
  };
  const showPlay = () => {
    const [name, label] = playing ? ["pause", "Pause"] : ["play", "Play"];
    play.replaceChildren(icon(name));
    play.setAttribute("aria-label", label);
    play.title = label;
  };
  const start = () => {
    if (!run) return;
    if (time >= run.seconds) time = 0;
    playing = true;
    showPlay();
    go();
  };
  const pause = () => {
    playing = false;
    cancelAnimationFrame(loop);
    loop = 0;
    showPlay();
    draw();
  };
  const step = (seconds) => {
    if (!run) return;
    time = Math.min(run.seconds, Math.max(0, Math.round(time) + seconds));
    pause();
  };
  scrub.addEventListener("input", () => {
    time = Number(scrub.value);
    pause();
  });
  scene.addEventListener("keydown", (event) => {
    if (event.target !== scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      " ": () => (playing ? pause() : start()),
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      Home: () => step(-1e6),
      End: () => step(1e6),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  ground.addEventListener("click", () => (playing ? pause() : start()));

  const layOut = () => {
    if (!run || !ground.clientWidth) return;
    const ratio = sharp;
    const styles = getComputedStyle(el);
    const width = ground.clientWidth;
    plaza.layOut(run, width, ground.clientHeight, ratio, styles, dark.matches);
    circle.layOut(dial.clientWidth, ratio, styles, dark.matches);
    draw();
    layOutStills(ratio, styles);
  };
  // For who asked for less motion: five moments side by side.
  const layOutStills = (ratio, styles) => {
    stills.hidden = !still.matches;
    if (still.matches && !run.settled) return; // the run's course comes when the control rests
    stills.replaceChildren();
    if (!still.matches) return;
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      const at = part * run.seconds;
      const shot = make("figure", "choreo-plaza-still");
      const small = make("canvas");
      small.setAttribute("aria-hidden", "true");
      const share = Math.round(100 * together(momentInto(new Float32Array(run.people), at), run.people));
      shot.append(small, make("figcaption", "", `${Math.round(at)} s: ${share}%`));
      stills.append(shot);
      const mini = plazaOn(small);
      mini.layOut({ ...run, far: [] }, small.clientWidth || 180, small.clientHeight || 110, ratio, styles, dark.matches);
      mini.draw(momentInto(new Float32Array(run.people), at), (run.beat * at * 256) % 256, true);
    }
  };

  let shape = "";
  const take = () => {
    const given = model.get("run");
    if (!given?.phase) return;
    const bytes = given.phase;
    run = given;
    frames = new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength);
    if (phases.length !== run.people) phases = new Float32Array(run.people);
    scrub.max = run.seconds;
    scene.setAttribute(
      "aria-label",
      `The plaza: ${run.people} people who raise their arms at their beat. Space plays and pauses, arrow keys step.`,
    );
    traceList.replaceChildren(...run.trace.map((sentence) => make("li", "", sentence)));
    if (run.settled && run.news) news.textContent = run.news;
    time = run.settled && !still.matches ? 0 : run.seconds;
    playing = run.settled && !still.matches;
    const now = JSON.stringify([run.people, run.columns, run.conductor, run.far]);
    if (now !== shape || still.matches) {
      shape = now;
      layOut();
    }
    showPlay();
    draw();
    go();
  };
  const showCrowd = () => {
    number.textContent = model.get("crowd") ? `crowd no. ${model.get("crowd")}` : "";
  };

  const watch = new IntersectionObserver((entries) => {
    seen = entries.at(-1).isIntersecting;
    go();
  });
  watch.observe(scene);
  const sized = new ResizeObserver(layOut);
  sized.observe(ground);
  const onHidden = () => go();
  const onStill = () => {
    if (still.matches) {
      time = run?.seconds ?? 0;
      pause();
    }
    layOut();
  };
  document.addEventListener("visibilitychange", onHidden);
  dark.addEventListener("change", layOut);
  still.addEventListener("change", onStill);
  model.on("change:run", take);
  model.on("change:crowd", showCrowd);
  showCrowd();
  take();
  return () => {
    cancelAnimationFrame(loop);
    clearTimeout(refining);
    playing = false;
    watch.disconnect();
    sized.disconnect();
    document.removeEventListener("visibilitychange", onHidden);
    dark.removeEventListener("change", layOut);
    still.removeEventListener("change", onStill);
    model.off("change:run", take);
    model.off("change:crowd", showCrowd);
  };
}

export default { render };
