import { element, svgElement } from "../shared/element.js";
import { t } from "../shared/words.js";

const WHILE = 9000; // ms that something said stays over the stage

const LOOKS = [
  ["#8a5a3c", "#1f1a17", "var(--choreo-others)"],
  ["#e2b088", "#4a3426", "var(--choreo-you)"],
  ["#c98f62", "#7a4a22", "var(--choreo-apart)"],
  ["#f0c8a0", "#8d8478", "var(--choreo-goal)"],
];

/**
 * Somebody with a name who stands in a corner of the stage and says a few words about what is to be seen. After a while
 * the words make room for the stage; a press on the face brings them back.
 */
export function person({ name }) {
  const words = element("span");
  const said = element("p", { class: "choreo-player-said", role: "status" }, element("strong", {}, `${name}: `), words);
  const face = element("button", { type: "button", class: "choreo-player-facebutton" }, figure(name));
  face.setAttribute("aria-label", t("What {name} says", { name }));
  const el = element("div", { class: "choreo-player-person" }, face, said);
  let timer = 0;
  const open = (now) => {
    clearTimeout(timer);
    el.toggleAttribute("data-open", now);
    face.setAttribute("aria-expanded", String(now));
  };
  face.addEventListener("click", () => open(!el.hasAttribute("data-open")));
  return {
    el,
    say(text) {
      el.hidden = !text;
      if (!text || words.textContent === text) return;
      words.textContent = text;
      open(true);
      timer = setTimeout(open, WHILE, false);
    },
    get spoke() {
      return Boolean(words.textContent);
    },
    close: () => clearTimeout(timer),
  };
}

function figure(name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const [skin, hair, coat] = LOOKS[sum % LOOKS.length];
  return svgElement(
    "svg",
    { viewBox: "0 0 48 48", class: "choreo-player-face", "aria-hidden": "true" },
    svgElement("circle", { cx: 24, cy: 24, r: 23, style: "fill: var(--choreo-sunk)" }),
    svgElement("path", { d: "M6 45c1-11 8-16 18-16s17 5 18 16a23 23 0 0 1-36 0z", style: `fill: ${coat}` }),
    svgElement("path", { d: "M20 26h8v6a4 4 0 0 1-8 0z", style: `fill: ${skin}` }),
    svgElement("circle", { cx: 24, cy: 19, r: 9, style: `fill: ${skin}` }),
    svgElement("path", {
      d: "M14.4 19c-.6-8 4.2-11.6 9.6-11.6S34.2 11 33.6 19c-1.6-3.4-4-5-9.6-5s-8 1.6-9.6 5z",
      style: `fill: ${hair}`,
    }),
    svgElement("path", {
      d: "M20.5 22.5q3.5 2.8 7 0",
      style: "fill: none; stroke: #23262d; stroke-width: 1.4; stroke-linecap: round",
    }),
    svgElement("path", {
      d: "M20.6 18.4h.01M27.4 18.4h.01",
      style: "stroke: #23262d; stroke-width: 2.2; stroke-linecap: round",
    }),
  );
}
