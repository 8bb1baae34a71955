"""Which controls of an explorable may be moved: as a play says, and all once its goal is reached. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from choreo.explorables.control import Control, Settings, sound
from choreo.explorables.explorable import Explorable
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.words import _


class Bounds:
    """The settings that a play begins with, and what it holds fast; `free` says whether its goal is reached."""

    def __init__(self, play: Play, explorable: Explorable) -> None:
        """Take what the play says of the explorable's controls."""
        self._play, self._explorable = play, explorable
        self.begin = sound(explorable.controls, play.begin, explorable.start)
        self._given: dict[str, Any] = {}  # what the learner set in other exercises, by control

    def hold(self, given: Settings) -> None:
        """Hold fast what the learner set elsewhere, by control; it is where the play begins."""
        self._given = dict(given)
        self.begin = {**self.begin, **self._given}

    def controls(self, free: bool) -> list[Control]:
        """The controls that are shown. What is fixed in a play without a goal will never move: it is none of them."""
        play = self._play
        controls = [
            one for one in self._explorable.controls if free or play.controls is None or one.name in play.controls
        ]
        controls = [one for one in controls if one.name not in play.given]
        return controls if self.later else [one for one in controls if one.name not in play.fixed]

    def locked(self, free: bool) -> dict[str, str]:
        """By control that is shown: why it cannot be moved now."""
        later = _("Free once the goal is reached.")
        return {} if free else {one.name: later for one in self.controls(free) if one.name in self._play.fixed}

    def allowed(self, wanted: object, now: Settings, free: bool) -> dict[str, Any]:
        """What is wanted, with what makes no sense left as it is `now`, and what is fixed or not shown as it began."""
        asked = wanted if isinstance(wanted, Mapping) else {}
        kept = {**sound(self._explorable.controls, asked, now), **self._given}
        return kept if free else {**kept, **{name: self.begin[name] for name in self._held()}}

    @property
    def later(self) -> bool:
        """Whether all of it may be moved once a goal is reached."""
        return isinstance(self._play, Goal)

    def _held(self) -> set[str]:
        shown = (
            {one.name for one in self._explorable.controls} if self._play.controls is None else {*self._play.controls}
        )
        return {one.name for one in self._explorable.controls if one.name not in shown or one.name in self._play.fixed}
