import { isStillMine, ownName } from "./whose.js";

/**
 * What a storage of this browser keeps for the learner under a name, as JSON; a browser that keeps nothing is no fault. For
 * somebody who is forgotten, or no longer at work here, nothing is read and nothing is written.
 *
 * @param {() => Storage} storage may raise, as it does where storage is forbidden
 */
const keptIn = (storage) => ({
  read(key) {
    try {
      return isStillMine() ? JSON.parse(storage().getItem(ownName(key))) : null;
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      if (!isStillMine()) return;
      if (value === null) storage().removeItem(ownName(key));
      else storage().setItem(ownName(key), JSON.stringify(value));
    } catch {
      // Private windows and full disks: it lasts as long as the page.
    }
  },
});

export const stored = keptIn(() => localStorage); // for good
export const storedInTab = keptIn(() => sessionStorage); // while the tab is open
