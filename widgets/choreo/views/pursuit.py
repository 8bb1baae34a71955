"""A goal as a learner pursues it: the hints that were asked for, whether it is reached, and whether that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.explorables.judge import Tried, enough, means, meets
from choreo.grading.exercise import Answer
from choreo.grading.goal import Goal
from choreo.grading.verdict import AnswerError
from choreo.progress.store import StoreError
from choreo.progress.work import Work
from choreo.views import telling
from choreo.views.crowds import Crowds
from choreo.views.markdown import html
from choreo.words import _

WITHOUT_GOAL: dict[str, Any] = {  # what `Pursuit.shown` has, of a play
    "meters": [],
    "headline": "",
    "message": "",
    "lucky": False,
    "saved": "",
    "hints": [],
    "hints_left": 0,
    "crowds": [],
    "crowds_words": "",
    "trying": False,
}


class Pursuit:
    """How far one learner has come with one goal."""

    def __init__(self, goal: Goal, explorable: Explorable) -> None:
        """Nothing is reached, and no hint was asked for."""
        self.goal, self._explorable = goal, explorable
        self.reached: Answer | None = None
        self.hints = 0
        self._unsaved = False
        self._claimed: Settings | None = None  # what reached it on an earlier page that could not have it kept

    def bring_back(self, answer: Answer) -> None:
        """Take in a goal that was reached and kept earlier; one of today that is yet to be kept goes before it."""
        if not self._unsaved:
            self.reached = dict(answer)

    @property
    def unsent(self) -> dict[str, Any]:
        """What of the player's `state` a browser holds on to until the goal is kept: the setting, which is tried again."""
        settings = self.reached["settings"] if self._unsaved and self.reached is not None else self._claimed
        return {} if settings is None else {"settings": dict(settings)}

    def claim(self, settings: Settings) -> None:
        """Take a setting that is said to have reached the goal; whether it does will be seen."""
        self._claimed = dict(settings)

    def move(self, settings: Settings) -> None:
        """Another setting takes the place of one that was said to reach the goal."""
        if settings != self._claimed:
            self._claimed = None

    def wants(self, settings: Settings) -> bool:
        """Whether a setting is worth trying: the goal is not reached yet, and allows so much means."""
        return self.reached is None and not telling.beyond(self.goal, self._explorable, settings)

    def win(self, settings: Settings, crowds: Crowds) -> bool:
        """Whether a setting reaches the goal: in enough crowds, and with no more means than the goal allows."""
        tried = crowds.tried
        if not enough(self.goal, tried, len(crowds.seeds)):
            return False
        held = sum(one.held for one in tried)
        answer = {"settings": dict(settings), "values": means(tried), "held": held, "of": len(tried)}
        try:
            self.goal.grade(answer)
        except AnswerError:
            return False
        self.reached, self._unsaved, self._claimed = answer, True, None
        return True

    def save(self, work: Work) -> str:
        """Keep the goal as reached, if it is and is not kept yet; what went wrong, in words, or nothing."""
        if not self._unsaved or self.reached is None:
            return ""
        try:
            work.keep(self.goal, self.reached, 1.0)
        except StoreError as fault:
            return str(fault)
        self._unsaved = False
        return ""

    def shown(
        self, settings: Settings, found: Mapping[str, float], crowds: Crowds, acted: bool, settled: bool
    ) -> dict[str, Any]:
        """What of the player's `state` is the goal's; `found` is the run's summary, `acted` whether anything was done."""
        goal, explorable, tried, several = self.goal, self._explorable, crowds.tried, crowds.several
        words = "", _("Move a control and watch. Nothing can break.")
        if self.reached is not None:
            words = telling.reached(explorable, self.reached)
        elif acted:
            words = telling.verdict(goal, explorable, settings, found, settled, tried)
        hints = goal.hints[: self.hints]
        there = self.reached is None and bool(meets(goal.reach, found))
        return {
            "meters": telling.meters(goal, explorable, settings, found),
            "headline": words[0],
            "message": words[1],
            "lucky": acted and several and settled and there,
            "saved": "" if self.reached is None else "no" if self._unsaved else "yes",
            "hints": [html(hint) for hint in hints],
            "hints_left": len(goal.hints) - len(hints),
            "crowds": self._of_crowds(tried) if several else [],
            "crowds_words": telling.so_far(explorable, tried, goal) if several else "",
            "trying": several and 0 < len(tried) < len(crowds.seeds),
        }

    def _of_crowds(self, tried: Sequence[Tried]) -> list[dict[str, Any]]:
        measure = next(m for m in self._explorable.measures if m.name == self.goal.reach[0].measure)
        return [
            {"seed": one.seed, "words": measure.words(one.values[measure.name]), "holds": one.held} for one in tried
        ]
