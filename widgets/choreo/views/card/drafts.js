import { stored } from "../shared/stored.js";
import { ownName } from "../shared/whose.js";

/**
 * What this browser remembers of a card between visits: what was being typed, which hints were seen, when it was
 * kept.
 */
export class Drafts {
  /** @param {string} name the lesson and the item: "09-choreography/all-green" */
  constructor(name) {
    this.draftKey = `choreo-draft:${name}`;
    this.seenKey = `choreo-seen:${name}`;
    this.keptKey = `choreo-kept:${name}`; // when an answer was kept last, in whichever window
  }

  /** Keep what is being typed, as old as it is: what another window has written since, or has kept, stays. */
  keep(value, variant, at) {
    if ((stored.read(this.draftKey)?.at ?? "") > at) return;
    stored.write(this.draftKey, { at, variant, value });
  }

  /** What was typed into the variant on the page after the last answer. */
  waiting({ locked, at, variant }) {
    const draft = stored.read(this.draftKey);
    return draft && !locked && draft.at > at && (draft.variant ?? 0) === variant ? draft : null;
  }

  /** Let go of what was typed into this variant: it is kept now. */
  drop(variant) {
    if ((stored.read(this.draftKey)?.variant ?? 0) === variant) stored.write(this.draftKey, null);
  }

  get seen() {
    return stored.read(this.seenKey);
  }

  set seen(what) {
    stored.write(this.seenKey, what);
  }

  /** When an answer was kept last. */
  get kept() {
    return stored.read(this.keptKey) ?? "";
  }

  /** Whether a change under this name in the browser's storage says that another window has kept an answer. */
  isNews(name) {
    return name === ownName(this.keptKey);
  }

  /** Tell the other windows. */
  tell(at) {
    if (at > this.kept) stored.write(this.keptKey, at);
  }
}
