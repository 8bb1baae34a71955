"""Where others put it: answers to a social exercise, so that nobody's own can be told."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.bank.fault import BankError
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.verdict import AnswerError
from choreo.hub.api import ENDED, answer, refusal
from choreo.hub.database import Database
from choreo.hub.identity import Identity
from choreo.hub.shelf import Shelf

GROUP = 5  # people; fewer are never shown, and more only when a whole group has come
COARSE = 5  # points of a hundred


class Cohort:
    """Gives a lesson's kernel the answers of others."""

    def __init__(self, database: Database, identity: Identity, shelf: Shelf) -> None:
        """Keep the collaborators."""
        self._database = database
        self._identity = identity
        self._shelf = shelf

    def routes(self) -> list[Route]:
        """The address."""
        return [Route("/api/cohort", self.show, methods=["GET"])]

    def show(self, request: Request) -> Response:
        """The newest answers of all; null where there are too few, or nothing to compare."""
        learner = self._identity.bearer(request)
        if learner is None or not self._database.has_learner(learner):
            return refusal(401, ENDED)
        lesson, item = request.query_params.get("lesson", ""), request.query_params.get("item", "")
        exercise = self._exercise(lesson, item)
        if exercise is None:
            return answer({"answers": None})
        given = self._database.newest(lesson, item, exercise.version)
        return answer({"answers": blurred(answers_to(exercise, given), random.SystemRandom())})

    def _exercise(self, lesson: str, item: str) -> Exercise | None:
        if lesson not in self._shelf.written():
            return None
        bank = self._shelf.bank(lesson)
        try:
            exercise = bank.get(item) if bank else None
        except BankError:
            return None
        return exercise if exercise is not None and exercise.social else None


def answers_to(exercise: Exercise, given: Iterable[Answer]) -> list[Answer]:
    """Those of the given answers that are answers to the exercise."""
    found = []
    for one in given:
        try:
            exercise.grade(one)
        except AnswerError:
            continue
        found.append(one)
    return found


def blurred(answers: Sequence[Answer], dice: random.Random) -> list[dict[str, Any]] | None:
    """Whole groups of answers in no order, their numbers rounded and nothing else in them; None below one group.

    Because they come by groups, comparing before and after does not show what the one did who has just come.
    """
    whole = len(answers) - len(answers) % GROUP
    if not whole:
        return None
    points = [
        {name: COARSE * round(value / COARSE) for name, value in one.items() if isinstance(value, (int, float))}
        for one in answers[:whole]
    ]
    dice.shuffle(points)
    return points
