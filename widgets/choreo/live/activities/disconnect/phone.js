// The phone's part of "like me?": yes or no, then how many of ten others say the same; both as one sealed ballot.

import { t } from "../../../views/shared/words.js";
import { ownAndOthers } from "../../phone/own_and_others.js";

const WORDS = {
  lead: (view) => view.question,
  own: t("And you?"),
  options: () => [
    { label: t("Yes"), value: true },
    { label: t("No"), value: false },
  ],
  others: t("Of ten others in this room, how many say the same as you?"),
  first: "own",
  second: "same",
};

export default function disconnect(place, room) {
  return ownAndOthers(place, room, WORDS);
}
