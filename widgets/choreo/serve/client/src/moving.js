// The page gets itself a kernel on another server, because its own leaves.
import { elsewhere, end } from "./elsewhere.js";
import { watchHand } from "./resting.js";

const LOOK = 200; // ms between two looks whether the hand rests
const AGAIN = 3000; // ms until the next attempt, where no server had room or something was done meanwhile: each costs a kernel

const pause = (wait) => new Promise((resolve) => setTimeout(resolve, wait));

/**
 * While the wire's server leaves: as soon as nobody would notice, go on with another kernel, which has brought the learner's
 * work by then. What was done meanwhile, it would not know: then yet another one is asked for.
 *
 * @param {import("./wire.js").Wire} wire @param {string} link the widget by which the learner's work comes
 */
export async function moveAway(wire, link) {
  const hand = watchHand();
  await moved(wire, link, hand).finally(hand.stop);
}

async function moved(wire, link, hand) {
  while (wire.leaves) {
    if (hand.rests && wire.rests) {
      const { count } = wire;
      const line = await elsewhere(wire.url, link);
      if (line && wire.leaves && hand.rests && wire.rests && wire.count === count) return wire.take(line);
      if (line) end(line.socket);
      await pause(AGAIN);
    } else await pause(LOOK);
  }
}

/** At most one of a kind at a time. @param {() => Promise<void>} work */
export function single(work) {
  let going = false;
  return async () => {
    if (going) return;
    going = true;
    await work().finally(() => {
      going = false;
    });
  };
}
