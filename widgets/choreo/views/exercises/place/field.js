import { element, svgElement } from "../../shared/element.js";
import { t } from "../../shared/words.js";

const [SIDE, MARGIN] = [400, 18];

/** The line or plane as a picture: one's own point, and later the expert's and those of others. */
export class Field {
  /**
   * @param {{across: object, up: object | null, what: string}} face
   * @param {{put: (x: number, y: number) => void, done: () => void}} hand what a finger or a mouse says, from 0 to 100
   */
  constructor(face, hand) {
    this.plane = face.up !== null;
    this.height = this.plane ? SIDE : 116;
    this.svg = svgElement("svg", {
      class: "choreo-place-field",
      "aria-hidden": "true",
      viewBox: `0 0 ${SIDE} ${this.height}`,
    });
    this.others = svgElement("g");
    this.theirs = svgElement("g");
    this.dot = svgElement("circle", { r: 12 });
    this.name = svgElement("text", { "text-anchor": "middle" }, face.what.length <= 24 ? face.what : t("You"));
    this.mine = svgElement("g", { class: "choreo-place-mine" }, this.dot, this.name);
    this.invite = svgElement(
      "text",
      {
        x: SIDE / 2,
        y: this.height / 2 - (this.plane ? 12 : 24),
        "text-anchor": "middle",
        class: "choreo-place-invite",
      },
      this.plane ? t("Tap or drag to put it here") : t("Tap or drag along the line"),
    );
    this.svg.append(svgElement("g", {}, ...this.grid()), this.others, this.invite, this.mine, this.theirs);
    this.element = this.frame(face);
    this.listen(hand);
  }

  x(value) {
    return MARGIN + (value / 100) * (SIDE - 2 * MARGIN);
  }

  y(value) {
    return this.plane ? this.height - MARGIN - (value / 100) * (this.height - 2 * MARGIN) : this.height / 2;
  }

  grid() {
    const line = (x1, x2, y1, y2, middle) => svgElement("line", { x1, x2, y1, y2, "data-middle": middle });
    if (this.plane)
      return [25, 50, 75].flatMap((at) => [
        line(this.x(at), this.x(at), this.y(0), this.y(100), String(at === 50)),
        line(this.x(0), this.x(100), this.y(at), this.y(at), String(at === 50)),
      ]);
    const ticks = [0, 25, 50, 75, 100].map((at) => line(this.x(at), this.x(at), this.y(0) - 7, this.y(0) + 7));
    return [line(this.x(0), this.x(100), this.y(0), this.y(0), "true"), ...ticks];
  }

  /** The picture with the words at its ends. */
  frame({ across, up }) {
    const end = (place, ...words) =>
      element("p", { class: `choreo-place-end ${place}`.trim(), "aria-hidden": "true" }, ...words);
    const foot = end(
      "choreo-place-foot",
      element("span", {}, `←\u00a0${across.low}`),
      element("strong", {}, across.label),
      element("span", {}, `${across.high}\u00a0→`),
    );
    if (!up) return element("div", { class: "choreo-place-plane", "data-line": true }, this.svg, foot);
    const top = end("choreo-place-top", element("strong", {}, up.label), ` ↑ ${up.high}`);
    return element("div", { class: "choreo-place-plane" }, top, this.svg, end("", `↓ ${up.low}`), foot);
  }

  listen({ put, done }) {
    let held = false;
    const point = (event) => {
      const box = this.svg.getBoundingClientRect();
      const left = ((event.clientX - box.left) / box.width) * SIDE;
      const top = ((event.clientY - box.top) / box.height) * this.height;
      const share = (way, room) => Math.round((way / (room - 2 * MARGIN)) * 100);
      put(share(left - MARGIN, SIDE), share(this.height - MARGIN - top, this.height));
    };
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      held = true;
      point(event);
    });
    this.svg.addEventListener("pointermove", (event) => held && point(event));
    this.svg.addEventListener("lostpointercapture", () => {
      held = false;
      done();
    });
  }

  /** One's own point, and its name where the expert's point does not lie. */
  draw(across, up, expert) {
    const set = across !== null || up !== null;
    this.invite.style.display = set ? "none" : "";
    this.mine.style.display = set ? "" : "none";
    const [left, top] = [this.x(across ?? 50), this.y(up ?? 50)];
    this.dot.setAttribute("cx", String(left));
    this.dot.setAttribute("cy", String(top));
    const [theirX, theirY] = expert ? [this.x(expert.x), this.y(expert.y ?? 50)] : [Number.NaN, Number.NaN];
    const above = Math.abs(theirX - left) < 110 && theirY <= top && top - theirY < 50;
    this.name.setAttribute("y", String(top < 44 || above ? top + 30 : top - 19));
    const room = (this.name.textContent.length * 8.6) / 2;
    this.name.setAttribute("x", String(Math.min(SIDE - room - 4, Math.max(room + 4, left))));
  }

  /** The points of others, and the expert's. */
  beside(told) {
    this.others.replaceChildren(
      ...(told?.cohort?.points ?? []).map(([left, top]) =>
        svgElement("circle", { cx: this.x(left), cy: this.y(top ?? 50), r: 6, class: "choreo-place-other" }),
      ),
    );
    this.theirs.replaceChildren();
    if (!told) return;
    const [left, top] = [this.x(told.expert.x), this.y(told.expert.y ?? 50)];
    const d = `M${left} ${top - 11}L${left + 11} ${top}L${left} ${top + 11}L${left - 11} ${top}Z`;
    this.theirs.append(svgElement("path", { d, class: "choreo-place-expert" }));
  }
}
