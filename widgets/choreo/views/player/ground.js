import { element } from "../shared/element.js";
import { theme } from "../shared/theme.js";

const REST = 150; // ms without news after which what stands still is drawn in full
const SLOW = 24; // ms between frames from which less sharp and smooth is better than sharp and jerky

/**
 * The stage in its frame: its room, its light, its sharpness, and the drawing of moments.
 *
 * `make` is the stage's own function, `act` what it may change, `settings()` the present ones; `small` is a taste, which
 * shows less; `laid()` is called when it has taken another room.
 */
export function ground(make, { act, settings, laid, small }) {
  const field = element("div", { class: "choreo-player-ground" });
  const side = element("div", { class: "choreo-player-side", "aria-hidden": "true" });
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const picture = element("div", { class: "choreo-player-picture" });
  field.append(picture);
  const stage = make({ ground: picture, side, act, settings, small });
  let scene = null;
  let room = null;
  let [width, height, beside] = [0, 0, 0]; // px as last measured: to measure while a control moves costs a layout
  let slow = 16; // ms between frames, smoothed
  let sharp = Math.min(2, globalThis.devicePixelRatio || 1); // canvas pixels to a CSS pixel
  let refining = 0;

  const measure = () => {
    [width, height, beside] = [field.clientWidth, field.clientHeight, side.clientWidth];
  };
  const layOut = () => {
    if (!width) measure();
    if (!scene || !width) return false;
    room = { width, height, beside, ratio: sharp, dark: dark.matches, styles: theme, still: still.matches };
    stage.layOut(scene, room);
    return true;
  };
  const again = () => layOut() && laid();
  const sized = new ResizeObserver(() => {
    measure();
    if (room?.width !== width || room.height !== height || room.beside !== beside) again();
  });
  sized.observe(field);
  sized.observe(side);
  dark.addEventListener("change", again);

  return {
    stage,
    field,
    side,
    still,
    get room() {
      return room;
    },
    take(next) {
      scene = next;
      return layOut();
    },
    /** Draw a moment; what stands still is drawn in full, at once under reduced motion, else when the hand rests. */
    draw(at, playing) {
      clearTimeout(refining);
      if (!room || !scene) return;
      const exact = stage.draw(at, still.matches);
      if (!playing && !still.matches && exact === false) refining = setTimeout(() => stage.draw(at, true), REST);
    },
    /** Take note of the ms between two frames of the screen, and yield sharpness where they are many. */
    judge(gap) {
      slow = slow * 0.96 + Math.min(100, gap) * 0.04;
      if (slow <= SLOW || sharp <= 1) return;
      sharp = Math.max(1, sharp * 0.7);
      slow = 16;
      layOut();
    },
    close() {
      clearTimeout(refining);
      sized.disconnect();
      dark.removeEventListener("change", again);
      stage.close?.();
    },
  };
}
