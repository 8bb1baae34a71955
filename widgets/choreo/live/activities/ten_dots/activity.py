"""Ten dots: everybody divides ten dots among a few proposals. What they give is a sealed ballot."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, model_validator

from choreo import typed
from choreo.live.activities.ten_dots import room, what_if
from choreo.live.activities.ten_dots.given import DOTS, Given
from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.scene import Scene
from choreo.words import _

Proposal = Annotated[str, Field(min_length=1, max_length=80)]


class TenDotsSettings(Settings):
    """What is asked, and what there is to choose from."""

    question: Annotated[str, Field(min_length=1, max_length=200, description="What the dots are for")] = _(
        "Where should we put our effort in the next three months?"
    )
    proposals: Annotated[
        tuple[Proposal, ...], Field(min_length=2, max_length=8, description="Proposals, two to eight")
    ] = (
        _("Fewer meetings, and decisions in writing"),
        _("One page that says who decides what"),
        _("An hour a week to learn from each other"),
        _("A day with the people who use our work"),
    )

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> TenDotsSettings:
        if len({typed.bare(proposal) for proposal in self.proposals}) < len(self.proposals):
            raise ValueError("each proposal stands once")
        if not all(typed.visible(proposal) for proposal in self.proposals):
            raise ValueError("a proposal needs words")
        return self


class TenDots(Activity):
    """Everybody gives all ten dots, and may move them until the coach closes the question."""

    name = "ten-dots"
    title = _("Ten dots")
    lesson = ""
    fills_up = False
    minutes = 10
    steps = (Step("ask", _("Ask"), ballots=True), Step("show", _("Show the dots"), shows=True))
    Settings = TenDotsSettings

    def began(self, at: float) -> None:
        """No dots yet."""
        self.given: Given | None = None

    def _open(self) -> bool:
        return self.step.name == "ask" and self.given is None

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """All ten dots, one number for each proposal; none once they were counted, so that nobody can compare counts."""
        if not self._open():
            return _("The question is closed.")
        dots = say.get("dots")
        if not say.keys() <= {"dots", "virtual"} or not isinstance(dots, list):
            return _("Please divide your dots, and send nothing else.")
        good = len(dots) == len(self.settings.proposals) and all(type(one) is int and 0 <= one <= DOTS for one in dots)
        return "" if good and sum(dots) == DOTS else _("Please give all {dots} dots.").format(dots=DOTS)

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Keep what was given."""
        self.given = Given(self.settings.proposals, tuple(tuple(ballot["dots"]) for ballot in ballots))

    def phone(self, who: str) -> dict[str, Any]:
        """The question and the proposals."""
        settings = self.settings
        step = "ask" if self._open() else "show"
        return {
            "step": step,
            "too_few": self.too_few,
            "question": settings.question,
            "proposals": list(settings.proposals),
            "dots": DOTS,
        }

    def room(self) -> Scene:
        """The proposals and a count while the question is open; the dots as bars afterwards."""
        question = self.settings.question
        if self._open():
            lines, facts = self.so_far()
            return Scene(question, (*self.settings.proposals, *lines), facts)
        if self.given is None:
            return Scene(question, (self.unshown(),))
        return room.dots(question, self.given)

    def debrief(self) -> Scene:
        """The dots once more, with the question that opens the talk."""
        scene = self.room()
        ask = _("What would a proposal with few dots need, so that you would give it two?")
        return replace(scene, ask=ask)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same people with one vote each."""
        return what_if.scenes(self.given) if self.given is not None else ()

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Give most dots to one or two proposals, once."""
        if view.get("step") != "ask" or "ballot" in view:
            return None
        proposals = range(len(view["proposals"]))
        liked = [*chance.sample(proposals, 2), *proposals]
        dots = [0] * len(proposals)
        for _dot in range(view["dots"]):
            dots[chance.choice(liked)] += 1
        return Move(chance.uniform(4, 25), {"dots": dots})
