// A link that carries a run leads to its stage: into its step as soon as the gate lets, and never beyond.

import { asked } from "../../../views/shared/run_link.js";
import { t } from "../../../views/shared/words.js";
import { farthest } from "./gate.js";
import { stay } from "./stay.js";
import { goTo } from "./steps.js";

/**
 * Bring the window to the stage of the run that the address asks for, or say why it is not there (yet).
 *
 * @param {HTMLElement} main @param {import("./steps.js").Steps} steps
 * @returns {Promise<boolean>} whether the window has been brought somewhere
 */
export async function followRun(main, steps) {
  const link = asked();
  if (!link) return false;
  /** @type {HTMLElement | null} */
  const place = link.run ? main.querySelector(`[data-call=explore]#at-${CSS.escape(link.run.play)}`) : null;
  if (!place) {
    const why = link.why ?? t("It asks for a stage that is not in this lesson (any more).");
    const words = t("The link to a run could not be read. {why} The lesson opens as usual.", { why });
    main.querySelector("h1").after(note(words));
    return false;
  }
  const section = /** @type {HTMLElement} */ (place.closest("main > [data-step]"));
  const index = section ? steps.sections.indexOf(section) : -1;
  if (index < 0 || (await opened(steps, index))) return arrive(main, place);
  return waitAtTheGate(main, steps, index, place);
}

/** Open the steps up to this one; whether no prediction stands before it. */
async function opened(steps, index) {
  for (;;) {
    const last = steps.sections.indexOf(await steps.reach(index));
    if (last === index) return true;
    // cards say how they stand in a frame's time
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    if (farthest(steps.states) === last) return false;
  }
}

/** A prediction stands before it: say so there, and go on by itself once it is made or declined. */
async function waitAtTheGate(main, steps, index, place) {
  const gate = steps.unanswered[0];
  const words = t(
    "Somebody sent you a run from a later part. First say what you expect here, or go on without predicting: then it opens.",
  );
  const said = note(words);
  gate.before(said);
  goTo(gate, "instant");
  stay(main, said, edge());
  let going = false;
  steps.onChange(async () => {
    if (going || !said.isConnected || steps.unanswered[0] === gate) return;
    going = true;
    said.remove();
    if (await opened(steps, index)) arrive(main, place);
    else await waitAtTheGate(main, steps, index, place); // another prediction comes before it
  });
  return true;
}

/** The window stands at the stage, also while the page above it still grows. */
function arrive(main, place) {
  goTo(place, "instant");
  stay(main, place, edge());
  return true;
}

const edge = () => Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;

function note(words) {
  const said = document.createElement("p");
  said.className = "choreo-run-note";
  said.setAttribute("role", "status");
  said.textContent = words;
  return said;
}
