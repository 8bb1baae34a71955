"""Safe to say?: one sealed ballot each: what I think, and how many of the others, I believe, agree. Then the gap."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.safe_to_say import debrief, room, what_if
from choreo.live.activities.safe_to_say.game import VIEWS, Views
from choreo.live.activity import Move
from choreo.live.scene import Scene
from choreo.words import _


class SafeToSay(Views):
    """The question as phones, room and coach see it."""

    name = "safe-to-say"
    title = "Safe to say?"
    lesson = "04"
    minutes = 15

    def phone(self, who: str) -> dict[str, Any]:
        """The statement and the views to choose from; the same for all."""
        open_ = self.step.name == "ask" and not self.own
        view = {"step": "ask" if open_ else "closed", "statement": self.settings.statement, "views": list(VIEWS)}
        return view | {"too_few": self.too_few}

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Agree more often than not, and believe that few others do."""
        if view.get("step") != "ask" or "ballot" in view:
            return None
        own = min(len(VIEWS) - 1, int(chance.betavariate(3, 2) * len(VIEWS)))
        others = 10 * round(10 * chance.betavariate(3, 5))
        return Move(chance.uniform(4, 25), {"own": own, "others": others})

    def room(self) -> Scene:
        """A count while the question is open; then what people believe of each other; then that beside what they think."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """What the room thinks beside what it believed."""
        return debrief.scene(self)

    def finding(self) -> str:
        """What people think of the statement, and what they believed the others think."""
        if not self.own:
            return ""
        agree, held, believed = self.norm()
        places = {"statement": self.settings.statement, "held": f"{held:.0%}", "believed": f"{believed:.0%}"}
        if agree:
            told = _("“{statement}” {held} agree; the middle guess was that {believed} do.")
        else:
            told = _("“{statement}” {held} disagree; the middle guess was that {believed} do.")
        return told.format(**places)

    def further(self) -> tuple[Scene, ...]:
        """What either side believes; and the Emperor's Dilemma: how many follow a view in public that few hold."""
        return debrief.further(self)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The model with this room's number, changed in one thing at a time."""
        return what_if.scenes(self)
