// How answers travel along ties, and what is cut off when somebody leaves: numbers only.

/** Who knows whom: for each person [{other, bridge}], bridges (what was drawn, or is tried) first. */
export function contactsOf({ group, ties, drawn, added }) {
  const found = Array.from({ length: group.data.length }, () => []);
  const add = (pairs, bridge) => {
    for (let k = 0; k < (pairs?.data.length ?? 0); k += 2) {
      const [one, other] = [pairs.data[k], pairs.data[k + 1]];
      found[one].push({ other, bridge });
      found[other].push({ other: one, bridge });
    }
  };
  add(drawn, true);
  add(added, true);
  add(ties, false);
  return found;
}

/** What was taken over from one frame to the next: [{from, to, bridge}], each from a contact who had it. */
export function journeysOf({ fill, hue }, contacts, before, after) {
  const people = contacts.length;
  const found = [];
  if (before === after) return found;
  for (let person = 0; person < people; person += 1) {
    const [old, fresh] = [before * people + person, after * people + person];
    if (fill.data[fresh] === fill.data[old]) continue;
    const gave = ({ other }) => {
      const had = before * people + other;
      return hue ? hue.data[had] === hue.data[fresh] : fill.data[had] >= fill.data[fresh];
    };
    const source = contacts[person].find(gave);
    if (source) found.push({ from: source.other, to: person, bridge: source.bridge });
  }
  return found;
}

/** How many pairs of people can reach each other, without `absent`. */
export function pairsReached(contacts, absent = -1) {
  const seen = new Uint8Array(contacts.length);
  if (absent >= 0) seen[absent] = 1;
  let pairs = 0;
  for (let start = 0; start < contacts.length; start += 1) {
    if (seen[start]) continue;
    const reached = [start];
    seen[start] = 1;
    for (const person of reached)
      for (const { other } of contacts[person])
        if (!seen[other]) {
          seen[other] = 1;
          reached.push(other);
        }
    pairs += (reached.length * (reached.length - 1)) / 2;
  }
  return pairs;
}

/** Of the pairs that reach each other, how many are cut apart when somebody leaves (their own pairs not counted). */
export function cutWithout(contacts, person) {
  const reached = [person];
  const seen = new Set(reached);
  for (const one of reached)
    for (const { other } of contacts[one])
      if (!seen.has(other)) {
        seen.add(other);
        reached.push(other);
      }
  return pairsReached(contacts) - pairsReached(contacts, person) - (reached.length - 1);
}

/** The person without whom most pairs are cut apart, and how many; null where nobody is needed. */
export function brokerOf(contacts) {
  let best = null;
  contacts.forEach((ties, person) => {
    if (!ties.some(({ bridge }) => bridge)) return;
    const cut = cutWithout(contacts, person);
    if (cut > (best?.cut ?? 0)) best = { person, cut };
  });
  return best;
}

/**
 * The bridges after somebody joined two people, or took their bridge away.
 *
 * @param {number[][]} bridges as they are now: [[one, other], ...]
 */
export function withBridge(bridges, one, other) {
  const pairs = bridges.filter((pair) => !(pair.includes(one) && pair.includes(other)));
  const added = pairs.length === bridges.length;
  if (added) pairs.push([Math.min(one, other), Math.max(one, other)]);
  return { pairs, added };
}

/** Pairs without those of somebody who has left. */
export function without(pairs, person) {
  const data = [];
  for (let k = 0; k < (pairs?.data.length ?? 0); k += 2) {
    const [one, other] = [pairs.data[k], pairs.data[k + 1]];
    if (one !== person && other !== person) data.push(one, other);
  }
  return { data };
}
