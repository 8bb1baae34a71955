// The link for a second coach: made, shown once, and taken back by the first.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, fold, labelled, row, textInput } from "./elements.js";
import { coachLink } from "./keeping.js";

const WHAT = t(
  "A second coach reads along on a device of their own: the notes, the running order, and what people write. They can show answers to the room and take them back. They cannot move on, end, export or delete anything.",
);

/**
 * @param {any} desk
 * @param {object} values
 * @param {boolean} values.second whether there is a link
 * @param {string} values.invited its token, if it was made here
 * @param {boolean} values.ended
 */
export function secondLink(desk, { second, invited, ended }) {
  if (ended) return [];
  const inside = second ? given(desk, invited) : [make(desk)];
  return [fold(t("A second coach"), "second", element("p", {}, WHAT), ...inside)];
}

function make(desk) {
  return row(button(t("Make a link"), () => invite(desk), "", "invite"));
}

function given(desk, invited) {
  const back = button(t("Take the link back"), () => withdraw(desk), "choreo-console-grave", "withdraw");
  if (!invited) {
    const gone = t(
      "There is a link. It was shown when it was made, and cannot be shown again; a new one takes its place.",
    );
    return [
      element("p", {}, gone),
      row(
        button(t("Make a new link"), () => invite(desk), "", "invite"),
        back,
      ),
    ];
  }
  const address = textInput({ readonly: true, value: coachLink(desk.session, invited), "data-key": "second-link" });
  address.addEventListener("focus", () => address.select());
  const once = t("Copy it now: it is not shown again. Whoever has it can read what people write.");
  return [labelled(t("Second coach’s link"), address, once), row(copy(desk, address), back)];
}

function copy({ means }, address) {
  return button(t("Copy it"), async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      means.announce(t("Copied."));
    } catch {
      address.focus(); // a page without TLS may not copy by itself
      means.announce(t("This browser lets you copy only by hand: the link is selected."));
    }
  });
}

async function invite(desk) {
  const answer = await desk.act({ do: "invite" }, t("The link for a second coach is made."));
  if (!answer) return;
  desk.look({ invited: answer.second });
  desk.el.querySelector("[data-key=second-link]")?.focus();
}

async function withdraw(desk) {
  if (await desk.act({ do: "withdraw" }, t("The second coach’s link is taken back: it opens nothing any more.")))
    desk.look({ invited: "" });
}
