// The page on paper: all of it, and charts as wide as the paper.

/**
 * Before somebody prints: show what is not open yet, and let charts be scaled; they are drawn for the width of the
 * window.
 */
export function readyForPaper(outputs) {
  addEventListener("beforeprint", () => {
    outputs.show({ whole: true });
    /** @type {NodeListOf<SVGSVGElement>} */
    const pictures = document.querySelectorAll("svg.main-svg:not([viewBox])");
    for (const picture of pictures) {
      picture.setAttribute("viewBox", `0 0 ${picture.getAttribute("width")} ${picture.getAttribute("height")}`);
      picture.dataset.paper = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const picture of document.querySelectorAll("svg[data-paper]")) picture.removeAttribute("viewBox");
  });
}
