"""A debrief that a room leads itself through: four screens, each with a question in the activity's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from choreo.words import _

MINUTES = (2, 2, 3, 3)  # of the four screens: ten together
HAPPENED, WHY = 1, 2  # the screens with a picture: the room's own, then beside the model
BEGINS = "**Ten minutes of your own.**"
QUESTION = re.compile(r"^\d\. (.+(?:\n {2,}\S.*)*)", re.MULTILINE)


def heads() -> tuple[str, ...]:
    """What the four screens are for."""
    return _("What did we expect?"), _("What happened?"), _("Why?"), _("What do we change, and by when?")


def questions_in(notes: str) -> tuple[str, ...]:
    """The four questions that an activity's notes ask under their heading; none where it is missing."""
    part = notes.partition(BEGINS)[2].partition("\n**")[0]
    found = tuple(" ".join(one.split()) for one in QUESTION.findall(part))
    return found if len(found) == len(MINUTES) else ()


@dataclass
class Guide:
    """Where a room is in its ten minutes. It goes on when more than half of those who are here want to."""

    questions: tuple[str, ...]
    screen: int = 0
    ready: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> int:
        """How long this screen takes; a guide, nobody is cut off."""
        return 60 * MINUTES[self.screen]

    def go(self, screen: int) -> None:
        """Show another screen."""
        self.screen, self.ready = screen, set()

    def goes_on(self, here: Iterable[str]) -> bool:
        """Whether more than half of these want to go on."""
        people = set(here)
        return 2 * len(self.ready & people) > len(people)

    @property
    def is_last(self) -> bool:
        """Whether no screen comes after this one."""
        return self.screen == len(MINUTES) - 1
