// Shows the cells' outputs in their places.
import { whenIdle } from "../../../views/shared/idle.js";
import { plotlyServed } from "../../../views/shared/plotly.js";

const LONG = 30; // ms of work after which the page breathes

/** Let the page hear and paint what waits. */
const breath = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });

/** What the page brought along as JSON, shown where it belongs once that is open. */
export class Outputs {
  #manager = null;
  #waiting = []; // records that are not shown yet, from the top down
  #busy = 0;

  /** Show all that is open by this manager, also what another one has shown before; resolves when it is there. */
  use(manager) {
    this.#manager = manager;
    manager.show = (output, box) => part(output, box, manager); // for what shows outputs inside it
    /** @type {NodeListOf<HTMLElement>} */
    const found = document.querySelectorAll("script[data-outputs]");
    const records = [...found];
    // once it is there, also what is still closed can be shown in the moment before it is printed
    if (records.some(({ textContent }) => /"(html|plotly)": /.test(textContent))) richly();
    this.#waiting = records.map((record) => ({
      record,
      place: document.querySelector(`[data-cell="${record.dataset.outputs}"]`),
    }));
    return this.show();
  }

  /**
   * Show what has been opened since, `whole` all else as well and without a breath; the page is ready when it is
   * there.
   */
  async show({ whole = false } = {}) {
    if (!this.#manager) return; // it will show all that is open by then
    const due = this.#waiting.filter(({ place }) => whole || isOpen(place));
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    this.#busy += 1;
    delete document.documentElement.dataset.ready;
    const shown = [];
    let since = -Infinity; // the first widget is not kept waiting by the others
    for (const { record, place } of due) {
      shown.push(show(JSON.parse(record.textContent), place, this.#manager));
      if (whole || performance.now() - since < LONG) continue;
      await breath();
      since = performance.now();
    }
    await Promise.all(shown);
    this.#busy -= 1;
    if (this.#busy) return;
    document.documentElement.dataset.ready = "";
    layOut([...document.querySelectorAll("main > [data-step]:not([data-laid])")].filter(isOpen));
  }
}

let rich = null;
const richly = () => {
  rich ??= import("./rich.js");
  return rich;
};

/** Whether somebody can get there: it stands before the first step, or in one that is open. */
function isOpen(place) {
  return place.closest("main > [data-step]")?.hasAttribute("data-open") ?? true;
}

/**
 * Lay steps out that nobody looks at yet: one at a time when the page has nothing else to do, all before a link leads
 * to one.
 */
function layOut(steps) {
  if (!steps.length) return;
  const lay = (step) => {
    step.dataset.laid = "";
  };
  const next = () => {
    if (steps.length)
      whenIdle(
        () => {
          steps.splice(0, 1).forEach(lay);
          next();
        },
        { timeout: 500 },
      );
  };
  const led = (/** @type {any} */ { target }) => target.closest("a[href^='#']") && steps.splice(0).forEach(lay);
  addEventListener("click", led, { capture: true });
  next();
}

async function show(outputs, place, manager) {
  place.replaceChildren();
  for (const output of outputs) {
    const box = document.createElement("div");
    place.append(box);
    await part(output, box, manager);
  }
  place.removeAttribute("aria-busy");
  place.dataset.shown = "";
}

/** Show one output; what it says is in rich.js and serve/outputs.py. */
async function part(output, box, manager) {
  try {
    if (output.error) throw output.error;
    if (output.widget) await manager.display(output.widget, box);
    else {
      const { show: showRich } = await richly();
      await showRich(output, box, { library: plotlyServed, part: (form, into) => part(form, into, manager) });
    }
  } catch (/** @type {any} */ error) {
    console.error(error);
    box.append(broken(error.message ?? error));
  }
}

function broken(why) {
  const box = document.createElement("div");
  box.className = "choreo-broken";
  box.setAttribute("role", "alert");
  const sentence = document.createElement("p");
  sentence.textContent =
    "This part of the lesson could not be shown. Your work is safe; the rest of the lesson works. " +
    "Reload the page once; if it stays like this, please tell whoever runs the course what it says here:";
  const detail = document.createElement("pre");
  detail.textContent = why;
  box.append(sentence, detail);
  return box;
}
