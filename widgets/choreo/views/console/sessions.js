// What this browser knows of the coach's sessions: {sessions, current, draft}; a browser that keeps nothing runs the
// session all the same, until the page is closed.

const KEPT = "live-desk"; // not "choreo-...": another learner in this browser must not end a coach's session
const MOST = 12;

/**
 * @typedef {{ host: string, code: string, opened: number, kept: boolean, title?: string }} Session one that this
 * browser can open again; `kept`: its coach has the link elsewhere, too
 */

const NOTHING = { sessions: [], current: "", draft: null, plans: [] };

/** @returns {{ sessions: Session[], current: string, draft: any, plans: any[] }} */
export function remembered() {
  try {
    return { ...NOTHING, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return { ...NOTHING };
  }
}

/** Whether it is remembered from now on. */
export function remember(change) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...remembered(), ...change }));
    return true;
  } catch {
    return false; // see above
  }
}

/** The plans that are kept, this one first; another one of its title makes way. */
export function withPlan(plans, plan) {
  return [plan, ...withoutPlan(plans, plan.title)].slice(0, MOST);
}

export function withoutPlan(plans, title) {
  return plans.filter((one) => one.title !== title);
}

/** The sessions once one was opened at the time `now`: it comes first, and what was known of it stays. */
export function withOpened(sessions, { host, code, kept }, now) {
  const known = sessions.find((one) => one.host === host);
  const others = sessions.filter((one) => one.host !== host);
  const opened = known?.opened ?? now;
  return [{ ...known, host, code, opened, kept: known?.kept ?? kept }, ...others].slice(0, MOST);
}

export function withKept(sessions, host) {
  return sessions.map((one) => (one.host === host ? { ...one, kept: true } : one));
}

export function withTitle(sessions, host, title) {
  return sessions.map((one) => (one.host === host ? { ...one, title } : one));
}

export function without(sessions, host) {
  return sessions.filter((one) => one.host !== host);
}

/** The coach's token in an address's fragment; "" where there is none. */
export function tokenIn(hash) {
  return /^#coach=([\w.~-]+)$/.exec(hash)?.[1] ?? "";
}

/** Whether this token is a second coach's. @param {string} [token] */
export const isSecond = (token) => token?.startsWith("c") ?? false;

/** The coach's token in what somebody pasted: a whole link, its end, or the token alone. */
export function tokenTyped(text) {
  return /(?:#coach=)?([\w.~-]+)$/.exec(text.trim())?.[1] ?? "";
}
