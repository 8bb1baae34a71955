// Whose page this is. What a browser keeps of a learner's work belongs to that learner and ends with them: their mark is
// part of its name. The hub says in a cookie who is at work here (hub/identity.py), and takes it away when it forgets them;
// where there is no hub, there is no mark. What is somebody else's goes when a page opens (serve/static/start.js).

/** The mark of whoever is at work in this browser just now; "" if nobody is, or where there is no hub. */
export function atWork() {
  try {
    return document.cookie.match(/(?:^|; )choreo_whose=([0-9a-f]{16})(?:;|$)/)?.[1] ?? "";
  } catch {
    return ""; // no page, or one that has no cookies
  }
}

const mine = atWork();

/** Whether the page still belongs to whoever is at work: in another window they may have been forgotten, or changed. */
export function isStillMine() {
  return atWork() === mine;
}

/** Whether the page was opened by the learner with this mark. */
export function isMine(mark) {
  return mark === mine;
}

/** The name under which this page keeps something of its learner's. */
export function ownName(key) {
  return mine ? `choreo-of:${mine}:${key}` : key;
}
