const THRESHOLD = 6; // px after which a press is a drag
const EDGE = 48; // px at the page's top and bottom where it scrolls
const SCROLL = 14; // px a move

/**
 * @typedef {object} Means
 * @property {HTMLElement} [grip] where a touch takes hold
 * @property {() => HTMLElement[]} targets where it can be let go
 * @property {(target: HTMLElement) => void} drop it was let go there
 * @property {() => void} [begin]
 * @property {() => void} [end]
 */

/**
 * Let `item` be dragged: by mouse or pen from anywhere on it, by touch from its `grip`, so that a page can still be
 * scrolled. A picture of it follows the pointer.
 *
 * @param {HTMLElement} item @param {Means} means
 */
export function draggable(item, means) {
  const { grip = item } = means;
  item.addEventListener("pointerdown", (down) => {
    const held = down.pointerType !== "touch" || grip.contains(/** @type {Node} */ (down.target));
    if (down.button === 0 && !item.dataset.fixed && held) new Drag(item, means, down);
  });
}

/** One drag, from the press to its end. */
class Drag {
  /** @param {HTMLElement} item @param {Means} means @param {PointerEvent} down */
  constructor(item, means, down) {
    this.item = item;
    this.means = means;
    this.down = down;
    this.box = item.getBoundingClientRect();
    this.stop = new AbortController();
    this.ghost = null; // the picture; there is none before the pointer has moved far enough
    this.over = null;
    const { signal } = this.stop;
    addEventListener("pointermove", (event) => this.move(event), { signal });
    addEventListener("pointerup", () => this.finish(this.over), { signal });
    addEventListener("pointercancel", () => this.finish(null), { signal });
    addEventListener("keydown", (event) => event.key === "Escape" && this.finish(null), { signal });
  }

  /** @param {PointerEvent} event */
  move({ pointerId, clientX, clientY }) {
    const { down, box } = this;
    if (pointerId !== down.pointerId) return;
    if (!this.ghost && Math.hypot(clientX - down.clientX, clientY - down.clientY) < THRESHOLD) return;
    if (!this.ghost) this.begin();
    this.ghost.style.translate = `${box.left + clientX - down.clientX}px ${box.top + clientY - down.clientY}px`;
    const edge = clientY < EDGE ? -SCROLL : clientY > innerHeight - EDGE ? SCROLL : 0;
    if (edge) scrollBy({ top: edge, behavior: "instant" });
    this.point(this.means.targets().find((target) => within(target, clientX, clientY)) ?? null);
  }

  begin() {
    const { item, box, down } = this;
    const ghost = /** @type {HTMLElement} */ (item.cloneNode(true));
    ghost.classList.add("choreo-drag-ghost");
    for (const one of [ghost, ...ghost.querySelectorAll("[id], [name]")]) {
      one.removeAttribute("id");
      one.removeAttribute("name");
    }
    ghost.inert = true;
    ghost.style.width = `${box.width}px`;
    ghost.style.transformOrigin = `${down.clientX - box.left}px ${down.clientY - box.top}px`;
    this.ghost = ghost;
    item.dataset.held = "yes";
    item.setPointerCapture(down.pointerId);
    document.body.append(ghost);
    this.means.begin?.();
  }

  point(target) {
    if (this.over === target) return;
    if (this.over) delete this.over.dataset.over;
    this.over = target;
    if (target) target.dataset.over = "yes";
  }

  finish(target) {
    this.stop.abort();
    this.point(null);
    if (!this.ghost) return;
    this.ghost.remove();
    delete this.item.dataset.held;
    const none = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // The click that follows a drag is none.
    this.item.addEventListener("click", none, { capture: true, once: true, signal: AbortSignal.timeout(50) });
    this.means.end?.();
    if (target) this.means.drop(target);
  }
}

function within(target, x, y) {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}
