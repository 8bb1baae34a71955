// The running order: a title, and activities that can be added, moved, set and taken away. The first `locked` stay.

import { element } from "../shared/element.js";
import { n, t } from "../shared/words.js";
import { button, fold, labelled, numberInput, textInput } from "./elements.js";
import { remembers } from "./promised.js";
import { setting } from "./setting.js";

export class PlanEditor {
  constructor(activities, plan, { locked = 0, changed = () => {}, say = (_words) => {} } = {}) {
    this.kinds = new Map(activities.map((one) => [one.name, one]));
    this.title = plan.title;
    this.notes = plan.notes ?? "";
    this.late = plan.late ?? "";
    this.last = plan.last_time ?? null; // what the room promised when it was here before
    this.items = plan.items.map(({ activity, minutes, settings }) => ({
      activity,
      minutes,
      settings: { ...settings },
    }));
    this.locked = locked;
    this.changed = changed;
    this.say = say;
    this.open = new Set(); // items whose settings are unfolded
    this.list = element("ol", { class: "choreo-console-items" });
    this.total = element("p", { class: "choreo-console-total" });
    this.el = element(
      "div",
      { class: "choreo-console-plan" },
      labelled(t("Title"), this.titleField(), t("People see it when they join.")),
      this.list,
      this.total,
      this.offers(),
      this.forOneself(),
      this.lastTime(),
    );
    this.draw();
  }

  /** The plan as the hub takes it. */
  get plan() {
    const { title, notes, late, items, last } = this;
    return { title: title.trim(), notes, late, items, ...(last && { last_time: last }) };
  }

  /** What the coach wants at hand while it runs. */
  forOneself() {
    const field = (name, label, most, rows, help) => {
      const made = element("textarea", { class: "choreo-console-input", rows, maxlength: most });
      made.value = this[name];
      made.addEventListener("input", () => {
        this[name] = made.value;
        this.changed();
      });
      return labelled(label, made, help);
    };
    return fold(
      t("Notes for yourself"),
      undefined,
      field("notes", t("What comes when, and what to mind"), 4000, 8, t("Markdown; a table of minutes, for example.")),
      field("late", t("Running late? What to cut"), 400, 2, t("Never the last ten minutes.")),
    );
  }

  /** What was promised last time, until the coach leaves it out. */
  lastTime() {
    if (!this.last) return null;
    const made = remembers(this.last, () => {
      this.last = null;
      made.remove();
      this.say(t("What was promised last time is left out."));
      this.changed();
    });
    return made;
  }

  titleField() {
    const title = textInput({ value: this.title, maxlength: 80, required: true });
    title.addEventListener("input", () => {
      this.title = title.value;
      this.changed();
    });
    return title;
  }

  /** A button for each activity that can be added. */
  offers() {
    const buttons = [...this.kinds.values()].map((kind) => {
      const facts = [
        t("{minutes} min", { minutes: kind.minutes }),
        kind.lesson && t("lesson {lesson}", { lesson: Number(kind.lesson) }),
      ]
        .filter(Boolean)
        .join(", ");
      const offer = button("", () => this.add(kind), "choreo-console-offer");
      offer.append(element("strong", {}, kind.title), element("span", {}, facts));
      return offer;
    });
    const legend = element("legend", {}, t("Add an activity"));
    return element("fieldset", { class: "choreo-console-add" }, legend, ...buttons);
  }

  add(kind) {
    const settings = Object.fromEntries(kind.fields.map((field) => [field.name, field.value]));
    this.items.push({ activity: kind.name, minutes: kind.minutes, settings });
    this.say(t("{title} is now number {place}.", { title: kind.title, place: this.items.length }));
    this.draw();
  }

  move(index, by) {
    const to = index + by;
    [this.items[index], this.items[to]] = [this.items[to], this.items[index]];
    this.say(t("Moved to place {place}.", { place: to + 1 }));
    this.draw();
    const [same, other] = by < 0 ? ["up", "down"] : ["down", "up"];
    const again = this.find(`${same}-${to}`);
    (again?.disabled ? this.find(`${other}-${to}`) : again)?.focus();
  }

  remove(index) {
    const [gone] = this.items.splice(index, 1);
    this.say(t("{title} is taken out.", { title: this.kinds.get(gone.activity)?.title ?? gone.activity }));
    this.draw();
    const near = this.find(`remove-${Math.min(index, this.items.length - 1)}`);
    /** @type {HTMLElement} */ (near ?? this.el.querySelector(".choreo-console-offer"))?.focus();
  }

  /** @returns {HTMLButtonElement | null} */
  find(key) {
    return this.list.querySelector(`[data-key="${key}"]`);
  }

  draw() {
    this.list.replaceChildren(...this.items.map((item, index) => this.row(item, index)));
    if (!this.items.length)
      this.list.append(
        element("li", { class: "choreo-console-none" }, t("Nothing is planned yet. Add a first activity below.")),
      );
    this.sum();
  }

  sum() {
    const minutes = this.items.reduce((sum, item) => sum + (item.minutes || 0), 0);
    const many = n("{count} activity", "{count} activities", this.items.length);
    this.total.textContent = this.items.length
      ? n("{many}, {count} minute in all.", "{many}, {count} minutes in all.", minutes, { many })
      : "";
    this.changed();
  }

  row(item, index) {
    const kind = this.kinds.get(item.activity);
    const name = kind?.title ?? item.activity;
    const about = element("p", { class: "choreo-console-about", dir: "auto" }, this.about(item, kind));
    const begun = index < this.locked;
    const head = element(
      "div",
      { class: "choreo-console-item-head" },
      element("strong", {}, name),
      about,
      begun ? element("span", { class: "choreo-console-tag" }, t("begun")) : this.tools(item, index, name),
    );
    const settings = !begun && kind?.fields.length > 0 && this.settings(item, kind, about);
    return element("li", { class: "choreo-console-item" }, head, settings);
  }

  tools(item, index, name) {
    const minutes = numberInput(item.minutes, { least: 1, most: 240, whole: true }, (typed) => {
      item.minutes = typed;
      this.sum();
    });
    minutes.setAttribute("aria-label", t("Minutes for {name}, place {place}", { name, place: index + 1 }));
    const act = (sign, title, does, key, disabled = false) => {
      const made = button(sign, does, "choreo-console-small", `${key}-${index}`);
      made.setAttribute("aria-label", `${title} ${name}, ${t("place {place}", { place: index + 1 })}`);
      return Object.assign(made, { disabled, title });
    };
    return element(
      "div",
      { class: "choreo-console-tools" },
      element("span", { class: "choreo-console-minutes" }, minutes, ` ${t("min")}`),
      act("↑", t("Move up"), () => this.move(index, -1), "up", index <= this.locked),
      act("↓", t("Move down"), () => this.move(index, 1), "down", index === this.items.length - 1),
      act("×", t("Take out"), () => this.remove(index), "remove"),
    );
  }

  settings(item, kind, about) {
    const fields = kind.fields.map((field) =>
      setting(field, item.settings[field.name] ?? field.value, (value) => {
        item.settings[field.name] = value;
        about.textContent = this.about(item, kind);
        this.changed();
      }),
    );
    const made = fold(t("Settings"), undefined, element("div", { class: "choreo-console-settings" }, ...fields));
    made.open = this.open.has(item);
    made.addEventListener("toggle", () => (made.open ? this.open.add(item) : this.open.delete(item)));
    return made;
  }

  /** What an item is about: what its coach has it ask, or the lesson that it comes from. */
  about(item, kind) {
    const words = kind?.fields.find((field) => ["text", "long"].includes(field.kind));
    const said = words && item.settings[words.name];
    return said || (kind?.lesson ? t("From lesson {lesson}", { lesson: Number(kind.lesson) }) : "");
  }
}
