// In the page's head, in words that older browsers know: how the page begins, and what it says where it cannot.
{
  const root = document.documentElement;
  root.classList.add("choreo-scripted");

  // What this browser keeps belongs to the learner who is at work in it (views/shared/whose.js). What others left goes now;
  // so does all of it where somebody was just forgotten.
  const mark = (document.cookie.match(/(?:^|; )choreo_whose=([0-9a-f]{16})(?:;|$)/) || [])[1];
  const own = mark ? `choreo-of:${mark}:` : "";
  const personal = /^choreo-(of:|draft:|unsent:|seen:|kept:|steps:|place:|order$|whose$)/;
  const tidy = (storage) => {
    for (const name of Object.keys(storage))
      if (personal.test(name) && !(own && name.startsWith(own))) storage.removeItem(name);
  };
  if (own || root.hasAttribute("data-forgotten")) {
    try {
      tidy(localStorage);
      tidy(sessionStorage);
    } catch (_) {
      // a browser that keeps nothing keeps nothing of others either
    }
  }

  // Where somebody is decides what a day is to them, for the hub as well (hub/static/zone.js).
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  if (mark && /^[\w+/-]{1,98}$/.test(zone) && !`; ${document.cookie};`.includes(`; choreo_zone=${zone};`)) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing without TLS
    document.cookie = `choreo_zone=${zone}; path=${root.dataset.at || ""}/; max-age=34560000; samesite=lax${secure}`;
  }

  // A lesson opens step by step (client/src/steps.js). Those that were open are open before anything is painted.
  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(`${own}choreo-steps:${location.pathname.split("/").slice(-2)[0]}`)) || {};
    } catch (_) {
      return {}; // a browser that keeps nothing begins at the beginning
    }
  };
  const { all, open = [] } = remembered();
  if (root.hasAttribute("data-steps") && !all && !/[?&]all\b/.test(location.search)) {
    root.classList.add("choreo-stepwise");
    const style = document.createElement("style");
    style.id = "choreo-open-before";
    for (const slug of open)
      if (/^[a-z0-9-]+$/.test(slug)) style.append(`[id="${slug}"] { display: block !important }\n`);
    document.head.append(style);
  }

  // What only an author can mend is told to those who see the course on its own machine, or as a whole.
  if (/^(localhost|127\..*|\[::1\])$/.test(location.hostname) || /[?&]all\b/.test(location.search))
    root.classList.add("choreo-author");

  // The place in the text comes back when outputs are there (client/src/place.js); the browser would come too early.
  const visit = /** @type {PerformanceNavigationTiming} */ (performance.getEntriesByType("navigation")[0]);
  if (visit && /reload|back_forward/.test(visit.type)) history.scrollRestoration = "manual";

  // A page that cannot start says what to do, and shows its whole text.
  const trouble = () => {
    /** @type {HTMLElement} */
    const box = document.querySelector("[data-trouble]");
    if (!box || root.hasAttribute("data-ready")) return;
    root.classList.remove("choreo-stepwise", "choreo-more", "choreo-scripted");
    box.hidden = false;
  };
  // what works all the same is ready by then
  const soon = () => root.hasAttribute("data-ready") || setTimeout(trouble, 1500);
  const hear = ({ target }) => {
    if (target === window || target instanceof HTMLScriptElement) soon();
  };
  addEventListener("error", hear, true);
  addEventListener("unhandledrejection", soon);
  if (!("noModule" in HTMLScriptElement.prototype)) addEventListener("DOMContentLoaded", trouble);
}
