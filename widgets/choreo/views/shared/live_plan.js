// The running order: a title, and activities that can be added, moved, set and taken away. The first `locked` stay.

class ChoreoPlanEditor {
  constructor(activities, plan, { locked = 0, changed = () => {}, say = () => {} } = {}) {
    this.kinds = new Map(activities.map((one) => [one.name, one]));
    this.title = plan.title;
    this.notes = plan.notes ?? "";
    this.items = plan.items.map(({ activity, minutes, settings }) => ({ activity, minutes, settings: { ...settings } }));
    Object.assign(this, { locked, changed, say, open: new Set() });
    this.el = choreoNode("div", "choreo-console-plan");
    this.build();
  }

  /** The plan as the hub takes it. */
  get plan() {
    return { title: this.title.trim(), notes: this.notes, items: this.items };
  }

  build() {
    const title = choreoNode("input", "choreo-console-input");
    Object.assign(title, { type: "text", value: this.title, maxLength: 80, required: true });
    title.addEventListener("input", () => {
      this.title = title.value;
      this.changed();
    });
    this.list = choreoNode("ol", "choreo-console-items");
    this.total = choreoNode("p", "choreo-console-total");
    const add = choreoNode("fieldset", "choreo-console-add", choreoNode("legend", "", "Add an activity"));
    for (const kind of this.kinds.values()) {
      const facts = [`${kind.minutes} min`, kind.lesson && `lesson ${Number(kind.lesson)}`].filter(Boolean).join(", ");
      const button = choreoButton("", () => this.add(kind), "choreo-console-offer");
      button.append(choreoNode("strong", "", kind.title), choreoNode("span", "", facts));
      add.append(button);
    }
    this.el.append(choreoField("Title", title, "People see it when they join."), this.list, this.total, add);
    this.draw();
  }

  add(kind) {
    const settings = Object.fromEntries(kind.fields.map((field) => [field.name, field.value]));
    this.items.push({ activity: kind.name, minutes: kind.minutes, settings });
    this.say(`${kind.title} is now number ${this.items.length}.`);
    this.draw();
  }

  move(index, by) {
    const to = index + by;
    [this.items[index], this.items[to]] = [this.items[to], this.items[index]];
    this.say(`Moved to place ${to + 1}.`);
    this.draw();
    const key = by < 0 ? `up-${to}` : `down-${to}`;
    const button = this.list.querySelector(`[data-key="${key}"]`);
    (button?.disabled ? this.list.querySelector(`[data-key="${by < 0 ? "down" : "up"}-${to}"]`) : button)?.focus();
  }

  remove(index) {
    const [gone] = this.items.splice(index, 1);
    this.say(`${this.kinds.get(gone.activity)?.title ?? gone.activity} is taken out.`);
    this.draw();
    const near = Math.min(index, this.items.length - 1);
    (this.list.querySelector(`[data-key="remove-${near}"]`) ?? this.el.querySelector(".choreo-console-offer"))?.focus();
  }

  draw() {
    this.list.replaceChildren(...this.items.map((item, index) => this.row(item, index)));
    if (!this.items.length)
      this.list.append(choreoNode("li", "choreo-console-none", "Nothing is planned yet. Add a first activity below."));
    this.sum();
  }

  sum() {
    const minutes = this.items.reduce((sum, item) => sum + (item.minutes || 0), 0);
    const many = `${this.items.length} ${this.items.length === 1 ? "activity" : "activities"}`;
    this.total.textContent = this.items.length ? `${many}, ${minutes} minutes in all.` : "";
    this.changed();
  }

  row(item, index) {
    const kind = this.kinds.get(item.activity);
    const name = kind?.title ?? item.activity;
    const head = choreoNode("div", "choreo-console-item-head", choreoNode("strong", "", name));
    const row = choreoNode("li", "choreo-console-item", head);
    const about = choreoNode("p", "choreo-console-about", this.about(item, kind));
    head.append(about);
    if (index < this.locked) {
      head.append(choreoNode("span", "choreo-console-tag", "begun"));
      return row;
    }
    const minutes = choreoNode("input", "choreo-console-input");
    Object.assign(minutes, { type: "number", min: 1, max: 240, value: item.minutes, inputMode: "numeric" });
    minutes.setAttribute("aria-label", `Minutes for ${name}, place ${index + 1}`);
    minutes.addEventListener("input", () => {
      item.minutes = Number(minutes.value);
      this.sum();
    });
    const act = (sign, label, does, key, disabled = false) => {
      const button = choreoButton(sign, does, "choreo-console-small");
      button.setAttribute("aria-label", `${label} ${name}, place ${index + 1}`);
      Object.assign(button, { disabled, title: label });
      button.dataset.key = `${key}-${index}`;
      return button;
    };
    const tools = choreoNode(
      "div", "choreo-console-tools",
      choreoNode("span", "choreo-console-minutes", minutes, " min"),
      act("↑", "Move up", () => this.move(index, -1), "up", index <= this.locked),
      act("↓", "Move down", () => this.move(index, 1), "down", index === this.items.length - 1),
      act("×", "Take out", () => this.remove(index), "remove"),
    );
    head.append(tools);
    if (kind?.fields.length) {
      const fold = choreoNode("details", "choreo-console-fold", choreoNode("summary", "", "Settings"));
      fold.open = this.open.has(item);
      fold.addEventListener("toggle", () => (fold.open ? this.open.add(item) : this.open.delete(item)));
      fold.append(choreoNode("div", "choreo-console-settings", ...kind.fields.map((field) => this.field(field, item, about, kind))));
      row.append(fold);
    }
    return row;
  }

  about(item, kind) {
    const words = kind?.fields.find((field) => ["text", "long"].includes(field.kind));
    const said = words && item.settings[words.name];
    return said || (kind?.lesson ? `From lesson ${Number(kind.lesson)}` : "");
  }

  field(field, item, about, kind) {
    const set = (value) => {
      item.settings[field.name] = value;
      about.textContent = this.about(item, kind);
      this.changed();
    };
    const value = item.settings[field.name] ?? field.value;
    if (field.kind === "choice" || field.kind === "yes") return this.choice(field, value, set);
    const many = ["long", "list", "json"].includes(field.kind);
    const control = choreoNode(many ? "textarea" : "input", "choreo-console-input");
    let help = field.help;
    let read = () => control.value;
    if (field.kind === "list") {
      control.value = (value ?? []).join("\n");
      control.rows = Math.max(3, (value ?? []).length + 1);
      help = [help, "One on each line."].filter(Boolean).join(" ");
      read = () => control.value.split("\n").map((line) => line.trim()).filter(Boolean);
    } else if (field.kind === "json") {
      control.value = JSON.stringify(value, null, 1);
      control.rows = 4;
      read = () => JSON.parse(control.value);
    } else if (many || field.kind === "text") {
      control.value = value ?? "";
      control.maxLength = field.most;
      if (many) control.rows = 2;
    } else {
      Object.assign(control, { type: "number", value: value ?? "", step: field.kind === "whole" ? 1 : "any" });
      if (field.low !== null) control.min = field.low;
      if (field.high !== null) control.max = field.high;
      if (field.low !== null && field.high !== null) help = [help, `From ${field.low} to ${field.high}.`].filter(Boolean).join(" ");
      read = () => (control.value === "" ? field.value : Number(control.value));
    }
    control.addEventListener("input", () => {
      try {
        set(read());
        control.removeAttribute("aria-invalid");
      } catch {
        control.setAttribute("aria-invalid", "true"); // half-typed JSON; the last good value stays
      }
    });
    return choreoField(field.label, control, help);
  }

  choice(field, value, set) {
    if (field.kind === "yes") {
      const box = choreoNode("input");
      Object.assign(box, { type: "checkbox", checked: Boolean(value) });
      box.addEventListener("change", () => set(box.checked));
      const label = choreoNode("label", "choreo-console-check", box, choreoNode("span", "", field.label));
      return choreoNode("div", "choreo-console-field", label, field.help && choreoNode("p", "choreo-console-help", field.help));
    }
    const select = choreoNode("select", "choreo-console-input");
    for (const option of field.options) select.append(new Option(option.label, JSON.stringify(option.value)));
    select.value = JSON.stringify(value);
    select.addEventListener("change", () => set(JSON.parse(select.value)));
    return choreoField(field.label, select, field.help);
  }
}
