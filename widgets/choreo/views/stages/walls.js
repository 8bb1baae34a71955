// What neighbours on a territory have in common: numbers only, of one frame of a scene.

/** On how many topics two sites agree in a frame. */
export function inCommon({ traits }, frame, one, other) {
  const [, sites, topics] = traits.shape;
  const [a, b] = [(frame * sites + one) * topics, (frame * sites + other) * topics];
  let same = 0;
  for (let topic = 0; topic < topics; topic += 1) if (traits.data[a + topic] === traits.data[b + topic]) same += 1;
  return same;
}

/** How many walls between neighbours are solid (nothing in common), thin (something) and gone (all). */
export function tallyOf(scene, frame) {
  const found = { solid: 0, thin: 0, gone: 0 };
  const { data } = scene.ties;
  const topics = scene.traits.shape[2];
  for (let k = 0; k < data.length; k += 2) {
    const same = inCommon(scene, frame, data[k], data[k + 1]);
    found[same === 0 ? "solid" : same === topics ? "gone" : "thin"] += 1;
  }
  return found;
}

/** How many areas of neighbours who agree on everything there are. */
export function culturesOf(scene, frame) {
  const [, sites, topics] = scene.traits.shape;
  const root = Array.from({ length: sites }, (_, site) => site);
  const top = (site) => {
    let at = site;
    while (root[at] !== at) at = root[at] = root[root[at]];
    return at;
  };
  let count = sites;
  const { data } = scene.ties;
  for (let k = 0; k < data.length; k += 2) {
    if (inCommon(scene, frame, data[k], data[k + 1]) < topics) continue;
    const [a, b] = [top(data[k]), top(data[k + 1])];
    if (a === b) continue;
    root[a] = b;
    count -= 1;
  }
  return count;
}

/** The neighbours of each site, by the scene's ties. */
export function neighboursOf({ ties, traits }) {
  const found = Array.from({ length: traits.shape[1] }, () => []);
  for (let k = 0; k < ties.data.length; k += 2) {
    found[ties.data[k]].push(ties.data[k + 1]);
    found[ties.data[k + 1]].push(ties.data[k]);
  }
  return found;
}

/** What was copied from one frame to the next: [{site, topic, value, from}], as far as a neighbour had it. */
export function copiesOf(scene, neighbours, before, after) {
  const { data, shape } = scene.traits;
  const [, sites, topics] = shape;
  const found = [];
  for (let place = 0; place < sites * topics; place += 1) {
    const value = data[after * sites * topics + place];
    if (value === data[before * sites * topics + place]) continue;
    const [site, topic] = [Math.floor(place / topics), place % topics];
    const had = (frame) => (other) => data[(frame * sites + other) * topics + topic] === value;
    const from = neighbours[site].find(had(before)) ?? neighbours[site].find(had(after));
    if (from !== undefined) found.push({ site, topic, value, from });
  }
  return found;
}
