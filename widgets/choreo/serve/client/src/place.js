// The place in the text: a reload, or the way back, ends where somebody was reading.
import { storedInTab } from "../../../views/shared/stored.js";
import { stay } from "./stay.js";

const LINE = 96; // px below the window's upper edge: what stands there is what somebody reads
const PAUSE = 200; // ms without scrolling after which the place is noted
const BLOCKS = ":scope > *, :scope > [data-step] > *"; // all that a place can be told by: headings, pieces of text, outputs

/**
 * @param {HTMLElement} main @returns {{block: number, below: number} | null} the block at the line, and where its
 * upper edge is
 */
function here(main) {
  if (scrollY === 0) return null;
  /** @type {NodeListOf<HTMLElement>} */
  const found = main.querySelectorAll(BLOCKS);
  const all = [...found];
  const block = all.findLastIndex((one) => one.offsetParent && one.getBoundingClientRect().top <= LINE);
  return block < 0 ? null : { block, below: Math.round(all[block].getBoundingClientRect().top) };
}

/**
 * Note the place as somebody reads, and go back to it.
 *
 * @param {HTMLElement} main
 * @param {string} lesson
 */
export function keepPlace(main, lesson) {
  const key = `choreo-place:${lesson}`;
  const back = history.scrollRestoration === "manual" ? storedInTab.read(key) : null;
  const block = back && main.querySelectorAll(BLOCKS)[back.block];
  let timer;
  let held = Boolean(block);
  let staying;
  const note = () => {
    clearTimeout(timer);
    if (!held) storedInTab.write(key, here(main));
  };
  addEventListener(
    "scroll",
    () => {
      clearTimeout(timer);
      timer = setTimeout(note, PAUSE);
    },
    { passive: true },
  );
  addEventListener("pagehide", note); // also a place that the window has come to within its last frame
  return {
    /** Whether there is a place to go back to. */
    known: held,
    /** Go there now, and stay while the page grows, until somebody moves it. */
    restore() {
      if (!held) return;
      // heights that were guessed would move it
      for (const step of main.querySelectorAll(":scope > [data-step]")) step.setAttribute("data-laid", "");
      staying = stay(main, block, back.below, () => {
        held = false;
      });
    },
    /** All is there: the browser keeps places again. */
    settle() {
      history.scrollRestoration = "auto";
      if (held) staying.again();
    },
    /** A link leads elsewhere. */
    letGo: () => staying?.letGo(),
  };
}
