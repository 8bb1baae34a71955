// Asking to be let into a session, also while it moves from one hub to another.

import { at } from "../../views/shared/at.js";
import { Holder } from "../../views/shared/holder.js";

const PATIENCE = 25000; // ms until a session must have found another hub: a lease runs for 12 seconds

/** What the hub says to this code: {status, told}; status 0 if nobody answers. */
export async function asked(code, wait = (ms) => new Promise((done) => setTimeout(done, ms))) {
  const holder = new Holder();
  const until = performance.now() + PATIENCE;
  for (;;) {
    const { reply, told } = await once(code);
    if (reply?.status !== 421 || performance.now() > until) return { status: reply?.status ?? 0, told };
    holder.told(reply.headers.get("X-Choreo-Process"));
    await wait(holder.wait);
  }
}

async function once(code) {
  let reply = null;
  try {
    const headers = { "Content-Type": "application/json" };
    reply = await fetch(at("/live/join"), { method: "POST", headers, body: JSON.stringify({ code }) });
    return { reply, told: await reply.json() };
  } catch {
    return { reply, told: {} };
  }
}
