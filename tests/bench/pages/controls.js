// Moves the first slider of a player to and fro around where it stands, ten moves a second; resolves with the ms from each move
// to the frame in which the stage is new. Empty where a player has no slider.
async (play, count) => {
  const paint = CanvasRenderingContext2D.prototype.drawImage;
  const slider = [...play.querySelectorAll(".choreo-controls input[type=range]")].find(
    (one) => !one.disabled && one.offsetWidth,
  );
  if (!slider) return [];
  const [low, high, step, middle] = [slider.min, slider.max, slider.step || 1, slider.value].map(Number);
  const some = step * Math.max(1, Math.round((high - low) / step / 40));
  const around = [1, 0, 2, -1, 0, -2, 1, -1].map((k) => Math.min(high, Math.max(low, middle + k * some)));
  const taken = [];
  for (let move = 0; move <= count; move += 1) {
    const start = performance.now();
    const shown = new Promise((done) => {
      CanvasRenderingContext2D.prototype.drawImage = function (...given) {
        paint.apply(this, given);
        if (!play.contains(this.canvas)) return;
        CanvasRenderingContext2D.prototype.drawImage = paint;
        requestAnimationFrame(() => done(performance.now() - start));
      };
    });
    slider.value = String(around[move % around.length]);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const ms = await Promise.race([shown, new Promise((done) => setTimeout(done, 2000, null))]);
    if (move && ms !== null) taken.push(ms); // the first one stops what plays
    await new Promise((done) => setTimeout(done, Math.max(0, start + 100 - performance.now())));
  }
  CanvasRenderingContext2D.prototype.drawImage = paint;
  return taken;
};
