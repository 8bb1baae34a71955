// Shows the cells' outputs in their places.
const VIEW = "application/vnd.jupyter.widget-view+json";

const LONG = 30; // ms of work after which the page breathes

/** Let the page hear and paint what waits. */
const breath = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
});

/** Show what the page brought along as JSON, from the top down. */
export async function showAll(manager) {
  const shown = [];
  let since = -Infinity; // the first widget is not kept waiting by the others
  for (const record of document.querySelectorAll("script[data-outputs]")) {
    const place = document.querySelector(`[data-cell="${record.dataset.outputs}"]`);
    shown.push(show(JSON.parse(record.textContent), place, manager));
    if (performance.now() - since < LONG) continue;
    await breath();
    since = performance.now();
  }
  await Promise.all(shown);
  document.documentElement.dataset.ready = "";
  layOut([...document.querySelectorAll("[data-step]:not([data-laid])")]);
}

/** Lay steps out that nobody looks at yet: one at a time when the page has nothing else to do, all before a link leads to one. */
function layOut(steps) {
  if (!steps.length) return;
  const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 100));
  const lay = (step) => { step.dataset.laid = ""; };
  const next = () => {
    if (steps.length) idle(() => {
      steps.splice(0, 1).forEach(lay);
      next();
    }, { timeout: 500 });
  };
  addEventListener("click", ({ target }) => target.closest("a[href^='#']") && steps.splice(0).forEach(lay), { capture: true });
  next();
}

async function show(outputs, place, manager) {
  place.replaceChildren();
  for (const output of outputs) {
    const box = document.createElement("div");
    place.append(box);
    box.append(...await parts(output, box, manager));
  }
  place.removeAttribute("aria-busy");
  place.dataset.shown = "";
}

async function parts(output, box, manager) {
  if (output.output_type === "error") return [broken(`${output.ename}: ${output.evalue}`)];
  if (output.output_type === "stream") return [text(output.text)];
  const data = output.data ?? {};
  if (data[VIEW]) return widget(data[VIEW].model_id, box, manager);
  if (data["text/html"]) return [html(data["text/html"])]; // the author's, like the page itself
  if (data["image/svg+xml"]) return [html(data["image/svg+xml"])];
  if (data["image/png"]) return [image(data["image/png"], data["text/plain"])];
  return [text(data["text/plain"] ?? "")];
}

async function widget(id, box, manager) {
  try {
    await manager.display(id, box);
    return [];
  } catch (error) {
    console.error(error);
    return [broken(error.message)];
  }
}

function broken(why) {
  const box = document.createElement("div");
  box.className = "choreo-broken";
  box.setAttribute("role", "alert");
  const sentence = document.createElement("p");
  sentence.textContent = "This part of the lesson could not be shown. Your work is safe; the rest of the lesson works. "
    + "Reload the page once; if it stays like this, please tell whoever runs the course what it says here:";
  const detail = document.createElement("pre");
  detail.textContent = why;
  box.append(sentence, detail);
  return box;
}

function text(value) {
  const lines = document.createElement("pre");
  lines.textContent = value;
  return lines;
}

function html(value) {
  const box = document.createElement("div");
  box.innerHTML = value;
  return box;
}

function image(value, alt) {
  const picture = document.createElement("img");
  picture.src = `data:image/png;base64,${value}`;
  picture.alt = alt ?? "";
  return picture;
}
