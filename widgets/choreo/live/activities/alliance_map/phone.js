// The phone's part of the alliance map: where I belong, then with whom I really talked; both as one sealed ballot.

import { t } from "../../../views/shared/words.js";
import { ownAndOthers } from "../../phone/own_and_others.js";

const named = (view) => view.parties.map((label, value) => ({ label, value }));

const WORDS = {
  lead: () => t("Who really talks to whom?"),
  own: t("Where do you belong?"),
  options: named,
  others: t("With whom of the others did you really talk in the last month?"),
  which: (view, own) => named(view).filter(({ value }) => value !== own),
  kept: ({ named }) =>
    t("Then only lines that {named} people named are kept, and nothing of what each said.", { named }),
  first: "party",
  second: "talked",
};

export default function allianceMap(place, room) {
  return ownAndOthers(place, room, WORDS);
}
