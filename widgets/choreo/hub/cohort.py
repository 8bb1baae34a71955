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
from choreo.hub.catalogue import Catalogue
from choreo.hub.database import Database
from choreo.hub.identity import Identity

GROUP = 5  # people; fewer are never shown, and more only when a whole group has come
COARSE = 5  # points of a hundred


class Cohort:
    """Gives a lesson's kernel the answers of others."""

    def __init__(self, database: Database, identity: Identity, catalogue: Catalogue) -> None:
        """Keep the collaborators."""
        self._database = database
        self._identity = identity
        self._catalogue = catalogue

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
        return answer({"answers": told(exercise, answers_to(exercise, given), random.SystemRandom())})

    def _exercise(self, lesson: str, item: str) -> Exercise | None:
        bank = self._catalogue.bank(lesson)
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


def told(exercise: Exercise, answers: Sequence[Answer], dice: random.Random) -> list[dict[str, Any]] | None:
    """What is given out of whole groups of answers: counts where the kind counts, else points; None below one group.

    Because they come by groups, comparing before and after does not show what the one did who has just come.
    """
    whole = answers[: len(answers) - len(answers) % GROUP]
    if not whole:
        return None
    counts = exercise.counted(whole)
    return blurred(whole, dice) if counts is None else counts


def blurred(answers: Sequence[Answer], dice: random.Random) -> list[dict[str, Any]]:
    """Answers in no order, their numbers rounded and nothing else in them."""
    points = [
        {name: COARSE * round(value / COARSE) for name, value in one.items() if isinstance(value, (int, float))}
        for one in answers
    ]
    dice.shuffle(points)
    return points
