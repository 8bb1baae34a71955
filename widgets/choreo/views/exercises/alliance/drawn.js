// Players and their ties as somebody draws them, with the way back. No page here.

const MOST_BACK = 100; // steps that can be taken back

/** @typedef {{id: number, name: string, needs: number | null}} Player */

/** What is drawn: `players` in the order of their numbers, `ties` as pairs of ids, the smaller first. */
export class Drawn {
  /** @param {number} fewest how many players there are at least, named or not */
  constructor(fewest) {
    this.fewest = fewest;
    this.put({ players: [], ties: [] });
  }

  /** Take an answer, finished or not. @param {any} answer */
  put({ players, ties }) {
    this.next = 0;
    /** @type {Player[]} */
    this.players = players.map(({ name, needs }) => ({ id: this.next++, name: String(name), needs: needs ?? null }));
    while (this.players.length < this.fewest) this.add();
    const known = this.players.length;
    const sound = ties.filter(
      ([a, b]) => a !== b && [a, b].every((at) => Number.isInteger(at) && at >= 0 && at < known),
    );
    /** @type {[number, number][]} */
    this.ties = sound.map(([a, b]) => pair(a, b)); // ids count from 0 just now
    this.back = [];
  }

  add() {
    this.players.push({ id: this.next++, name: "", needs: null });
  }

  /** Somebody leaves, with their ties. */
  remove(id) {
    const at = this.players.findIndex((one) => one.id === id);
    const ties = this.ties.filter((tie) => tie.includes(id));
    this.note({ at, player: this.players[at], ties });
    this.players = this.players.filter((one) => one.id !== id);
    this.ties = this.ties.filter((tie) => !tie.includes(id));
  }

  tied(a, b) {
    return this.ties.some((tie) => tie.includes(a) && tie.includes(b));
  }

  /** Tie two, or untie them; whether they now are. */
  turn(a, b) {
    this.note({ turned: pair(a, b) });
    return this.swap(a, b);
  }

  swap(a, b) {
    const others = this.ties.filter((tie) => !(tie.includes(a) && tie.includes(b)));
    const added = others.length === this.ties.length;
    this.ties = added ? [...others, pair(a, b)] : others;
    return added;
  }

  note(step) {
    this.back = [...this.back, step].slice(-MOST_BACK);
  }

  /** Take the last tie, or the last leaving, back; what it was: {turned} or {player}. */
  undo() {
    const step = this.back.pop();
    if (step?.turned) this.swap(step.turned[0], step.turned[1]);
    else if (step) {
      this.players.splice(step.at, 0, step.player);
      this.ties.push(...step.ties);
    }
    return step;
  }

  /** Whom somebody talks to, in the order of their numbers. */
  contactsOf(id) {
    return this.players.filter((one) => one.id !== id && this.tied(one.id, id));
  }

  /** As it is kept. */
  answer() {
    const at = new Map(this.players.map(({ id }, place) => [id, place]));
    return {
      players: this.players.map(({ name, needs }) => ({ name: name.trim(), needs })),
      ties: this.ties.map(([a, b]) => pair(at.get(a), at.get(b))).sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    };
  }

  /** The first thing that is still missing: {what, id, name}; null where all is there. */
  missing() {
    const seen = new Set();
    for (const { id, name, needs } of this.players) {
      const said = name.trim().replaceAll(/\s+/g, " ").toLowerCase();
      if (!said) return { what: "name", id };
      if (seen.has(said)) return { what: "twice", id, name };
      seen.add(said);
      if (needs === null) return { what: "needs", id, name };
    }
    return this.ties.length ? null : { what: "ties" };
  }
}

/** @returns {[number, number]} */
function pair(a, b) {
  return [Math.min(a, b), Math.max(a, b)];
}
