// A place that stays where it is in the window while the page around it still grows.
const HANDS = ["wheel", "pointerdown", "keydown", "touchstart", "click"];
const SLACK = 2; // px: windows scroll to whole pixels of the screen

/**
 * Bring `block` to where it belongs, and back there whenever the page grows, until somebody moves it: by hand, or by
 * what scrolls without one (a scroll bar, a search in the page, a screen reader).
 *
 * Browsers keep a place by themselves only from where it already is, and not all of them do.
 * @param {HTMLElement} main what grows
 * @param {Element} block
 * @param {number} below px from the window's upper edge to the block's
 * @param {() => void} [moved] called once somebody has moved it
 * @returns {{again: () => void, letGo: () => void}}
 */
export function stay(main, block, below, moved) {
  const top = () => block.getBoundingClientRect().top;
  const height = () => main.getBoundingClientRect().height;
  let stood, tall;
  const again = () => {
    scrollTo({ top: scrollY + top() - below, behavior: "instant" });
    stood = top(); // at the end of the page that is not where it belongs
    tall = height();
  };
  const watch = globalThis.ResizeObserver && new ResizeObserver(again);
  const letGo = () => {
    watch?.disconnect();
    for (const hand of HANDS) removeEventListener(hand, letGo);
    removeEventListener("scroll", look);
    moved?.();
  };
  const look = () => {
    if (height() === tall && Math.abs(top() - stood) > SLACK) letGo();
  };
  for (const hand of HANDS) addEventListener(hand, letGo, { passive: true });
  addEventListener("scroll", look, { passive: true });
  again();
  watch?.observe(main);
  return { again, letGo };
}
