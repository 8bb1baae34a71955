"""Push and pull: timed rounds in small groups, whose rules the coach changes; between them the room chooses a goal."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.push_and_pull import debrief, room, what_if
from choreo.live.activities.push_and_pull.game import ENDOWMENT, Pots
from choreo.live.activities.push_and_pull.goals import LONGEST
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.words import _

GOALS = (
    "Every pot full, every round",
    "Nobody goes home with less than 12 a round",
    "We give what we hope the others give",
    "Start with six, and then one more each time",
)


class PushAndPull(Pots):
    """The pots as phones, room and coach see them."""

    name = "push-and-pull"
    title = "Push and pull"
    lesson = "06"
    minutes = 20
    keeps = "What is kept: what you give in each round, and when. Goals and votes are sealed."

    def phone(self, who: str) -> dict[str, Any]:
        """The round, its rules, and what the last one brought this person; or the goals to write and to choose from."""
        step = self.step.name
        if step == "explain":
            return {"step": step, "most": ENDOWMENT, "worth": self.settings.worth, "rounds": self.settings.rounds}
        if step == "write":
            return {"step": step, "most": LONGEST}
        if step == "choose":
            return {"step": step, "options": [list(option) for option in self.options().items()]}
        view: dict[str, Any] = {
            "step": step,
            "state": "over" if not self.open else "open" if who in self.group_of else "next",
            "number": self.number,
            "round": self.turn,
            "of": self.settings.rounds,
            "most": ENDOWMENT,
            "worth": self.settings.worth,
            "gave": self.gifts.get(who) if self.open else None,
            "last": self.last.get(who),
            "points": self.points.get(who, 0.0),
        }
        if self.open and self.wake is not None:
            view["until"] = round(self.wake, 1)
        if who in self.group_of:
            view["group"] = len(self.groups[self.group_of[who]])
        if step == "fine":
            view |= {"fine": self.settings.fine, "enough": self.settings.enough}
        if step == "goal":
            view["goal"] = self.goal()[0]
        return view

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Give nearly what the others gave, sometimes nothing; a fine makes every second one give enough; goals do not."""
        if "ballot" in view:
            return None
        if view.get("step") == "write":
            return Move(chance.uniform(5, 25), {"text": chance.choice(GOALS)})
        if view.get("step") == "choose":
            options = view["options"]
            return Move(chance.uniform(3, 15), {"choose": chance.choice(options)[0]}) if options else None
        if view.get("state") != "open" or view["gave"] is not None:
            return None
        last = view["last"] or {}
        others = 6.0
        if last.get("gave") is not None and last["people"] > 1:
            others = (last["pot"] - last["gave"]) / (last["people"] - 1)
        gift = 0 if chance.random() < 0.15 else round(chance.gauss(0.95 * others, 1.5))
        if chance.random() < 0.5:
            gift = max(gift, view.get("enough", 0))
        gift = max(0, min(ENDOWMENT, gift))
        return Move(chance.uniform(2, 10), {"give": gift, "round": view["number"]})

    def room(self) -> Scene:
        """The rules, how many have given, and the mean gift of each round that is over."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """The mean gift of each round."""
        return debrief.scene(self)

    def finding(self) -> str:
        """What was given on average in each part."""
        means = [
            (called, room.mean(self.rounds[place].mean for place in inside)) for called, _, inside in room.parts(self)
        ]
        if not means:
            return ""
        told = ", ".join(f"{called} {mean:.1f}" for called, mean in means)
        return _("Of {most} points people gave on average: {told}.").format(most=ENDOWMENT, told=told)

    def further(self) -> tuple[Scene, ...]:
        """What a fine costs; and the room beside the model of people who give when others give."""
        return debrief.further(self)

    def result_of(self, who: str) -> Result:
        """Their points, and their last gift beside the others' in the pot."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same gifts, had people played among those who give as much as they do."""
        return what_if.scenes(self)
