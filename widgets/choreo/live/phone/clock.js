// The hub's clock as a phone can tell it, from exchanges {sent, in, out, got}: when the phone asked and had the answer,
// by its own clock, and when the hub heard and answered, by the hub's; all in ms.
//
// The hub is ahead of the phone by at most in - sent, as no way there takes less than no time, and by at least
// out - got. The quickest way there and the quickest way back, be they of two exchanges, bound it best; we take the
// middle. What is left is half the difference between the two quickest ways, which nobody can see from here.

const DRIFT = 1e-4; // two clocks part by less than this share of the time (quartz: a third of it)
const KEPT = 180_000; // ms for which an exchange says something
const COARSE = 4; // ms by which clocks that count in steps may contradict each other
const FIRST = 10; // exchanges, at first
const AGAIN = 4; // and with enough in mind
const APART = 80; // ms between two questions
const PATIENCE = 1500; // ms after the last one

// By how much the hub's clock is ahead, and to within what that is certain, `now` by the phone's clock. Certain to less
// than nothing: between the exchanges one of the clocks was set, or slept.
export function ahead(exchanges, now) {
  let least = -Infinity;
  let most = Infinity;
  for (const { sent, got, ...hub } of exchanges) {
    const worn = DRIFT * Math.max(0, now - got);
    least = Math.max(least, hub.out - got - worn);
    most = Math.min(most, hub.in - sent + worn);
  }
  return { by: (least + most) / 2, within: (most - least) / 2 };
}

// The exchanges that still hold once a new one came: not too old, and none from before a clock was set.
export function kept(exchanges, fresh) {
  const { sent, got, ...hub } = fresh;
  if (![sent, hub.in, hub.out, got].every(Number.isFinite) || hub.in > hub.out || sent > got) return exchanges;
  let good = [...exchanges.filter((one) => fresh.got - one.got < KEPT), fresh].sort(
    (one, other) => one.got - other.got,
  );
  while (good.length > 1 && ahead(good, fresh.got).within < -COARSE) good = good.slice(1);
  return good;
}

// A clock that remembers: give it a function that promises an exchange, and get the promise of the hub's lead in ms.
// Ask again after a new connection, when the phone woke, and every half minute; each time makes it more certain.
export function aligner() {
  let exchanges = [];
  let latest = 0;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const hear = (one) => {
    exchanges = kept(exchanges, one);
    latest = Math.max(latest, one.got);
  };
  return async function align(ask) {
    const asked = [];
    for (let left = exchanges.length >= FIRST ? AGAIN : FIRST; left > 0; left--) {
      asked.push(ask().then(hear, () => {}));
      if (left > 1) await wait(APART);
    }
    await Promise.race([Promise.all(asked), wait(PATIENCE)]);
    if (!exchanges.length) await Promise.all(asked);
    if (!exchanges.length) throw new Error("The clock of the session could not be read.");
    return ahead(exchanges, latest).by;
  };
}

export default aligner(); // a page has one clock
