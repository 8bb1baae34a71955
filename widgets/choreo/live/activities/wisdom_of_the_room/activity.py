"""Wisdom of the room: everybody estimates alone, and again after seeing others; then the truth, and what became of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.wisdom_of_the_room import debrief, room, what_if
from choreo.live.activities.wisdom_of_the_room.estimates import tidy
from choreo.live.activities.wisdom_of_the_room.game import Estimating
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.words import _


class WisdomOfTheRoom(Estimating):
    """The estimates as phones, room and coach see them."""

    name = "wisdom-of-the-room"
    title = "Wisdom of the room"
    lesson = "08"
    minutes = 15
    keeps = "What is kept: your estimates, and when you gave them."

    def phone(self, who: str) -> dict[str, Any]:
        """The question, one's own estimates, and in the second step what some others estimated: numbers, no names."""
        settings = self.settings
        view: dict[str, Any] = {
            "step": "closed" if self.closed else "again" if who in self.seen else "alone",
            "question": settings.question,
            "unit": settings.unit,
            "least": settings.least,
            "most": settings.most,
            "alone": self.alone.get(who),
            "again": self.again.get(who),
        }
        if view["step"] == "again":
            view |= {"sees": settings.sees, "others": self.seen[who]}
        if self.people[who].virtual:
            view["hunch"] = self._hunch(who)
        return view

    def _hunch(self, who: str) -> float:
        """What a bot knows: the truth, blurred. People's phones never get it."""
        settings, chance = self.settings, random.Random(f"{self.seed} {who}")
        blur = chance.gauss(-0.3, 1)
        if settings.factors:
            hunch = settings.truth * 10 ** (0.4 * blur)
        else:
            hunch = settings.truth + blur * min(0.4 * abs(settings.truth), 0.15 * (settings.most - settings.least))
        return float(min(max(tidy(hunch, 4), settings.least), settings.most))

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Estimate near its hunch; then go some way towards what it sees, or stay."""
        step, least, most = view.get("step"), view.get("least", 0), view.get("most", 0)
        if step == "alone" and view.get("alone") is None:
            hunch = view.get("hunch", least + (most - least) * chance.betavariate(2, 5))
            return Move(chance.uniform(4, 30), {"alone": min(max(tidy(hunch, 3), least), most)})
        if step == "again" and view.get("again") is None:
            own = view["alone"]
            others = sum(view["others"]) / len(view["others"]) if view["others"] else own
            keep = chance.choice((1.0, 0.8, 0.6, 0.4))
            again = keep * own + (1 - keep) * others
            return Move(chance.uniform(4, 30), {"again": min(max(tidy(again, 4), least), most)})
        return None

    def room(self) -> Scene:
        """The question and how many have answered; no estimates before the truth is shown, as they would spread."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """The mean of all beside the nearest of all."""
        return debrief.scene(self)

    def finding(self) -> str:
        """How many people were further off than the mean of what was estimated alone."""
        if len(self.alone) < 2 or not self.shown:
            return ""
        estimates = self.all_alone()
        return _("The mean of all estimates made alone was nearer the truth than {beaten} of {count} people.").format(
            beaten=estimates.before.beaten, count=len(estimates.alone)
        )

    def further(self) -> tuple[Scene, ...]:
        """What seeing others did, and how the lesson's model moves this room's own first estimates."""
        return debrief.further(self)

    def result_of(self, who: str) -> Result:
        """Their estimates, and how many of the others were nearer."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """Fewer people asked, by an exact formula; and other ways of seeing each other, by the lesson's model."""
        return what_if.scenes(self)
