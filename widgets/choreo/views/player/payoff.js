import { element } from "../shared/element.js";
import { colourOf, ROLES } from "../shared/roles.js";

const PIECES = 44;
const SECONDS = 1.5;

/**
 * What the stage does when a goal is reached: a short rain of the four colours; a frame of light for who asked for less
 * motion.
 */
export function payoff(field, calm) {
  if (calm) {
    field.setAttribute("data-reached", "");
    return;
  }
  const rain = element("div", { class: "choreo-player-rain", "aria-hidden": "true" });
  for (let k = 0; k < PIECES; k += 1) {
    const piece = element("span", { "data-shape": String(k % 3) });
    const unrest = (salt) => Math.abs(Math.sin((k + 1) * salt) * 43758.5453) % 1;
    piece.style.cssText =
      `left: ${(unrest(12.9) * 100).toFixed(1)}%; background: ${colourOf(ROLES[k % 4])};` +
      ` animation-delay: ${(unrest(7.3) * 0.35).toFixed(2)}s;` +
      ` --choreo-drift: ${(unrest(3.7) * 80 - 40).toFixed(0)}px;` +
      ` --choreo-spin: ${(unrest(5.1) * 900 - 450).toFixed(0)}deg`;
    rain.append(piece);
  }
  field.append(rain);
  field.setAttribute("data-reached", "");
  setTimeout(() => rain.remove(), 1000 * (SECONDS + 0.5));
}
