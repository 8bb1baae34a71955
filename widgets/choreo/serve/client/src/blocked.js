// Where a page comes through and its live connection does not: which of the two it is, and what helps.
import { t } from "../../../views/shared/words.js";

const PATIENCE = 4000; // ms for a server that is there

/** Whether the server answers to what is no websocket. */
export async function reachable() {
  try {
    return (await fetch("health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

/** What is blocked, what is safe, and whom to ask. */
export const blocked = () =>
  t(
    "Something between this browser and the course lets pages through, but not their live connection (a WebSocket to {host}). What you kept is safe; what you type and answer stays in this browser and is sent once the connection works. Ask whoever runs your network to allow WebSockets to {host}, or open the lesson in another network, such as your phone’s.",
    { host: location.host },
  );

export const AWAY = t("No connection to the course just now. What you kept is safe; this page keeps trying.");
