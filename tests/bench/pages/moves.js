// Drags the explorable's first slider, ten moves a second; resolves with [ms to the frame in which the stage is new, ms
// until the chart's lines are drawn, ms to the frame in which they are] of each move, and with the ms until Plotly has drawn them
// too after the last one.
async (count) => {
  const play = document.querySelector(".choreo-player:not([data-small])");
  const slider = play.querySelector("input[id$='-coupling']");
  const box = play.querySelector(".choreo-chart .choreo-plot-box");
  const taken = [];
  let lines = () => {};
  new MutationObserver((changes) => {
    const added = changes
      .flatMap(({ addedNodes }) => [...addedNodes])
      .some((node) => node.matches?.(".choreo-plot-lines"));
    if (added || changes.some(({ attributeName }) => attributeName === "d")) lines();
  }).observe(box, { subtree: true, childList: true, attributeFilter: ["d"] });
  for (let move = 0; move <= count; move += 1) {
    slider.value = ((move * 7) % 49) / 10 + 0.1;
    const start = performance.now();
    const since = () => performance.now() - start;
    const frame = (done) => requestAnimationFrame(() => done(since()));
    const stage = new Promise((done) => {
      window.choreoDrawn = (canvas) => {
        if (!play.contains(canvas)) return;
        window.choreoDrawn = null;
        frame(done);
      };
    });
    const drawn = new Promise((done) => {
      lines = () => done(since());
    });
    const chart = drawn.then(() => new Promise(frame));
    const late = new Promise((done) => setTimeout(done, 5000, null));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const all = await Promise.race([Promise.all([stage, drawn, chart]), late]);
    if (move && all) taken.push(all); // the first one stops what plays
    await new Promise((done) => setTimeout(done, Math.max(0, start + 100 - performance.now())));
  }
  const start = performance.now();
  return [taken, await new Promise((done) => box.once("plotly_afterplot", () => done(performance.now() - start)))];
};
