// People who are picked one at a time: what that means is said by the scene, and goes into one of its controls.

/**
 * @typedef {object} Picks
 * @property {string} control the control that holds who is picked: a list of people
 * @property {number} most how many can be picked; one more, and the first is let go
 * @property {string} ask what to do, before anybody was picked
 * @property {string} on what is said of somebody who was picked just now ("{name} ...")
 * @property {string} off and of somebody who was let go
 */

/** Who is picked once this person was, and whether the person now is. @param {number[]} before */
export function picked(before, person, most) {
  const others = before.filter((one) => one !== person);
  const added = others.length === before.length;
  return { who: added ? [...others, person].slice(-most) : others, added };
}

/** A stage’s `edit`, for people who are picked one at a time; `now()` has the scene, `nameOf` what somebody is called. */
export function picksOn({ now, nameOf, act, settings }) {
  return {
    ask: (scene) => scene.picks?.ask ?? "",
    pick(person) {
      const { picks } = now().scene;
      if (!picks) return "";
      const { who, added } = picked(settings()[picks.control] ?? [], person, picks.most); // a scene may lag behind a hand
      act({ [picks.control]: who });
      return (added ? picks.on : picks.off).replace("{name}", nameOf(person));
    },
  };
}
