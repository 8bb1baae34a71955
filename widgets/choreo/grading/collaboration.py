"""Name one collaboration of one's own: what for, with whom, what is stuck. It is theirs alone, and there is no score.

Later lessons ask about it again. Every line may stay empty, and a name may be taken back: then nothing is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from choreo.grading.answer import parts, words
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.verdict import AnswerError, Verdict
from choreo.words import _

LONGEST = 1000  # characters in a line
LINES = {
    "purpose": (_("What for"), _("What should come of it that none of you could do alone?")),
    "people": (_("With whom"), _("People you do not command. Roles are enough: the two depots, the works council.")),
    "stuck": (_("What is stuck"), _("What somebody who looked on for a week would see. No reasons yet.")),
}
"""The three lines by name, each with its label and a help."""

PRIVATE = _(
    "**Who can read this?** You. The course shows it to nobody else, to no coach and in no report, and keeps it under no "
    "name. But whoever uses your browser can open it, and whoever runs the course's computer could look into its files. "
    "So write roles instead of names. “Forget me” on the home page deletes it."
)


class Collaboration(Exercise):
    """One's own collaboration, in three lines; it can be changed or emptied at any time."""

    entry_kind: ClassVar[str] = "collaboration"

    kind: Literal["collaboration"]

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"purpose": text, "people": text, "stuck": text}; all three empty where nothing is named (any more)."""
        given = parts(answer, '{"purpose": "...", "people": "...", "stuck": "..."}', *LINES)
        texts = [
            words(text, label, longest=LONGEST) for text, (label, _help) in zip(given, LINES.values(), strict=True)
        ]
        if any(texts):
            return Verdict(None, _("Kept. Later lessons come back to it, and you can change it here at any time."))
        return Verdict(None, _("Kept: none is named. Every lesson works without one, and you can name one here later."))

    def face(self) -> dict[str, Any]:
        """The three lines, and who can read them."""
        lines = [{"id": name, "label": label, "help": help_} for name, (label, help_) in LINES.items()]
        return {"lines": lines, "private": {"prose": PRIVATE}}


@dataclass(frozen=True)
class Named:
    """A collaboration as somebody named it; a line may be empty, not all three."""

    purpose: str
    people: str
    stuck: str


def named(answer: Answer) -> Named | None:
    """What a kept answer names; None where that is nothing (any more), or it is no answer.

    >>> named({"purpose": " One timetable ", "people": "two ferries", "stuck": ""})
    Named(purpose='One timetable', people='two ferries', stuck='')
    >>> named({"purpose": "", "people": " ", "stuck": ""})
    """
    try:
        lines = [words(answer.get(name, ""), label, longest=LONGEST) for name, (label, _help) in LINES.items()]
    except AnswerError:
        return None
    return Named(*lines) if any(lines) else None
