// Watches a stage on which ties are drawn: `window.choreoTied` is then the ms from when the pointer next let go there to the
// frame that shows the new run. Every picture of a run begins as a copy of the run's own floor, as large as the canvas.
(canvas) => {
  const floors = new WeakSet();
  let changed = () => {};
  window.choreoDrawn = (onto, picture) => {
    if (onto !== canvas || picture.width !== onto.width || picture.height !== onto.height || floors.has(picture))
      return;
    floors.add(picture);
    changed();
  };
  window.choreoTie = () => {
    window.choreoTied = new Promise((done) => {
      const from = ({ timeStamp }) => {
        changed = () => requestAnimationFrame(() => done(performance.now() - timeStamp));
      };
      canvas.parentElement.addEventListener("pointerup", from, { capture: true, once: true });
      setTimeout(done, 5000, null);
    });
  };
};
