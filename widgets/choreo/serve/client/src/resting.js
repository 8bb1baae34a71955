// Whether the learner's hand rests: the moment in which something may be put in another's place, and nobody notices.
const REST = 800; // ms without a key, a press or a turn of the wheel
const DEEDS = ["keydown", "pointerdown", "pointerup", "input", "wheel", "scroll", "touchmove", "compositionupdate"];

/** A run that is being watched. */
function watched() {
  if (document.hidden) return false;
  return [...document.querySelectorAll("[data-playing]")].some((stage) => {
    const { top, bottom } = stage.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
}

/** Watch the hand from now on; a page that nobody looks at rests at once. */
export function watchHand() {
  let moved = performance.now();
  let composing = false; // a word by several keys, as in Japanese
  const stop = new AbortController();
  const on = (deed, hear) => addEventListener(deed, hear, { capture: true, passive: true, signal: stop.signal });
  for (const deed of DEEDS) {
    on(deed, () => {
      moved = performance.now();
    });
  }
  for (const deed of ["compositionstart", "compositionend"]) {
    on(deed, () => {
      composing = deed === "compositionstart";
    });
  }
  return {
    get rests() {
      if (document.hidden) return true;
      return performance.now() - moved > REST && !composing && !document.querySelector("body :active") && !watched();
    },
    stop: () => stop.abort(),
  };
}
