// Small parts of the coach's console.

// An id for this page; crypto.randomUUID is missing where a room's laptop serves without TLS.
function choreoId() {
  return `choreo-${Array.from(crypto.getRandomValues(new Uint32Array(2)), (number) => number.toString(36)).join("")}`;
}

function choreoNode(tag, className = "", ...inside) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

function choreoButton(label, does, className = "") {
  const made = choreoNode("button", `choreo-console-button ${className}`.trim(), label);
  made.type = "button";
  made.addEventListener("click", does);
  return made;
}

function choreoLink(label, href, className = "") {
  const made = choreoNode("a", className, label, choreoNode("span", "choreo-console-hidden", " (opens a new window)"));
  Object.assign(made, { href, target: "_blank", rel: "noopener" });
  return made;
}

// HTML that Python made of Markdown; see views/markdown.py.
function choreoNotes(html) {
  const made = choreoNode("div", "choreo-console-prose");
  made.innerHTML = html;
  return made;
}

// A field with its label above it, and what helps below it.
function choreoField(label, control, help = "") {
  control.id ||= choreoId();
  const name = choreoNode("label", "choreo-console-label", label);
  name.htmlFor = control.id;
  const box = choreoNode("div", "choreo-console-field", name, control);
  if (help) {
    const note = choreoNode("p", "choreo-console-help", help);
    note.id = `${control.id}-help`;
    control.setAttribute("aria-describedby", note.id);
    box.append(note);
  }
  return box;
}

// Asks before something that cannot be undone; resolves to true or false.
function choreoConfirm(place, question, detail, yes) {
  return new Promise((resolve) => {
    const id = choreoId();
    const title = choreoNode("h2", "choreo-console-dialog-title", question);
    title.id = id;
    const box = choreoNode("dialog", "choreo-console-dialog");
    box.setAttribute("aria-labelledby", id);
    const close = (answer) => () => box.close(answer);
    const keep = choreoButton("Cancel", close(""));
    const row = choreoNode("div", "choreo-console-row", keep, choreoButton(yes, close("yes"), "choreo-console-grave"));
    box.append(title, choreoNode("p", "", detail), row);
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
    place.append(box);
    box.showModal();
    keep.focus();
  });
}

// A part of the page that is built anew only when what it shows has changed, and keeps the focus where it was.
class ChoreoPanel {
  constructor(el, build) {
    Object.assign(this, { el, build, shown: "" });
  }

  show(values) {
    const now = JSON.stringify(values);
    if (now === this.shown) return;
    this.shown = now;
    const active = this.el.contains(document.activeElement) ? document.activeElement : null;
    const key = active?.dataset.key;
    const folds = new Map([...this.el.querySelectorAll("details[data-key]")].map((one) => [one.dataset.key, one.open]));
    const scrolled = new Map([...this.el.querySelectorAll("[data-scroll]")].map((one) => [one.dataset.scroll, one.scrollTop]));
    this.el.replaceChildren(...this.build(values));
    for (const fold of this.el.querySelectorAll("details[data-key]")) fold.open = folds.get(fold.dataset.key) ?? fold.open;
    for (const box of this.el.querySelectorAll("[data-scroll]")) box.scrollTop = scrolled.get(box.dataset.scroll) ?? 0;
    if (!active) return;
    const again = (key && this.el.querySelector(`[data-key="${CSS.escape(key)}"]`)) || this.el.querySelector("[data-key], button, a[href]");
    again?.focus({ preventScroll: true });
  }
}
