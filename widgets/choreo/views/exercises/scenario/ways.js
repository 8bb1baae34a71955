const key = (path) => path.join(" ");

/** What each path of a story opened, as far as it was walked. */
export class Ways {
  constructor(opening) {
    this.known = new Map([["", opening]]);
  }

  /** @param {string[]} path */
  at(path) {
    return this.known.get(key(path));
  }

  /** What a path opened holds for the shorter ones too. */
  learn(found) {
    if (!found?.steps) return;
    for (let length = 0; length < found.path.length; length += 1) {
      const shorter = found.path.slice(0, length);
      if (this.known.has(key(shorter))) continue;
      const steps = found.steps
        .slice(0, length + 1)
        .map((step, at) => (at === length ? { ...step, chosen: null, consequence: null } : step));
      this.known.set(key(shorter), { path: shorter, steps });
    }
    this.known.set(key(found.path), found);
  }

  /** What was chosen, while what comes of it is on its way. */
  waiting(path) {
    const before = this.at(path.slice(0, -1));
    const steps = before?.steps ?? [];
    return { steps: steps.map((step) => (step.chosen ? step : { ...step, chosen: path.at(-1) })), waiting: true };
  }
}
