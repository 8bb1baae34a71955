// The phone's part of "safe to say?": what I think, then how many of ten others agree; both as one sealed ballot.

import { t } from "../../../views/shared/words.js";
import { ownAndOthers } from "../../phone/own_and_others.js";

const WORDS = {
  lead: (view) => view.statement,
  own: t("What do you think?"),
  options: (view) => view.views.map((label, value) => ({ label, value })),
  others: t("Of ten others in this room, how many agree?"),
  first: "own",
  second: "others",
};

export default function safeToSay(place, room) {
  return ownAndOthers(place, room, WORDS);
}
