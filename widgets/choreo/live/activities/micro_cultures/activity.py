"""Micro-cultures: a territory of phones, on which habits spread among neighbours."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.micro_cultures import debrief, room, what_if
from choreo.live.activities.micro_cultures.game import HABITS, Territory
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.words import _


class MicroCultures(Territory):
    """The territory as phones, room and coach see it."""

    name = "micro-cultures"
    title = "Micro-cultures"
    lesson = "03"
    minutes = 15
    keeps = "What is kept: what you adopt or refuse, and when."

    def phone(self, who: str) -> dict[str, Any]:
        """The own habits, and the meeting that waits for an answer."""
        site = self.site_of.get(who)
        view: dict[str, Any] = {"step": self.step.name, "habits": [], "offer": None}
        if site is None:
            return view
        own = self.sites[site]
        view["habits"] = [[HABITS[topic][0], HABITS[topic][1][habit]] for topic, habit in enumerate(own)]
        if self.step.name != "meet":
            return view
        if (offer := self.offers.get(site)) is not None:
            number, other, topic, habit = offer
            common = sum(map(int.__eq__, own, self.sites[other]))
            view["offer"] = {"number": number, "topic": topic, "habit": HABITS[topic][1][habit], "common": common}
        else:
            near = [self.sites[other] for other in self.around[site]]
            soon = any(self.can_meet(own, other) for other in near)
            alike = all(other == own for other in near)
            view["why"] = "alone" if not near else "soon" if soon else "alike" if alike else "strangers"
        return view

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Take most habits over, after a few seconds."""
        offer = view.get("offer")
        if not offer:
            return None
        return Move(chance.uniform(2, 7), {"offer": offer["number"], "adopt": chance.random() < 0.85})

    def room(self) -> Scene:
        """The territory, each site in the shade of its culture, and how many regions there are."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """The territory, large: how many regions are left."""
        return debrief.scene(self)

    def finding(self) -> str:
        """How many of the habits that people were offered they took over."""
        kept, taken = self.answers
        if not kept + taken:
            return ""
        return _(
            "People took over {share} of the habits that a neighbour offered them, and kept their own otherwise."
        ).format(share=f"{taken / (kept + taken):.0%}")

    def further(self) -> tuple[Scene, ...]:
        """The regions beside the model: same start, as many meetings, and every habit taken over."""
        return debrief.further(self)

    def result_of(self, who: str) -> Result:
        """Which square they are, and how many are like them."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same start in the model for longer, as it stands and with two bridges across the territory."""
        return what_if.scenes(self)
