// Resolves with [ms since the frame before, ms since this frame's begin] of each frame that the stage draws in that many ms.
(length) =>
  new Promise((done) => {
    const play = [...document.querySelectorAll(".choreo-player:has(.choreo-player-goal)")].at(-1);
    const drawn = new Map(); // a frame's begin -> when its last picture was copied
    window.choreoDrawn = (canvas) =>
      play.contains(canvas) && drawn.set(document.timeline.currentTime, performance.now());
    setTimeout(() => {
      const times = [...drawn];
      done(times.slice(1).map(([begin, end], at) => [begin - times[at][0], end - begin]));
    }, length);
  });
