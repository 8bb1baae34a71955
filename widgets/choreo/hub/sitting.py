"""Which review questions a learner meets now: those that are due, then those just missed once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from choreo.bank.course import Lesson
from choreo.grading.choice import Choice
from choreo.grading.exercise import Exercise
from choreo.hub.overview import Overview
from choreo.progress.entry import Entry, moment
from choreo.progress.review import PASS

SITTING = timedelta(hours=1)  # a question missed longer ago waits for its next day
KINDS = (Choice,)  # kinds that the review page can show


@dataclass(frozen=True)
class Question:
    """One question to ask now."""

    lesson: Lesson
    exercise: Exercise
    again: bool  # missed a moment ago


def sitting(path: Overview, entries: Sequence[Entry], now: datetime) -> tuple[Question, ...]:
    """All questions of this sitting: due ones in the order of the course, then missed ones in the order of missing."""
    due = [_question(path, stop.lesson.name, item, False) for stop in path.stops for item in stop.due]
    known = {(q.lesson.name, q.exercise.id) for q in due if q}
    newest = {(e.lesson, e.item): e for e in sorted(entries, key=lambda e: (e.at, e.id)) if e.kind == "review"}
    missed = sorted(
        (e for e in newest.values() if (e.score or 0) < PASS and now - moment(e) < SITTING), key=lambda e: (e.at, e.id)
    )
    again = [_question(path, e.lesson, e.item, True) for e in missed if (e.lesson, e.item) not in known]
    return tuple(question for question in [*due, *again] if question)


def find(path: Overview, lesson: str, item: str) -> Question | None:
    """A review question by its names; None if there is no such question (any more)."""
    return _question(path, lesson, item, False)


def _question(path: Overview, lesson: str, item: str, again: bool) -> Question | None:
    for stop in path.stops:
        if stop.lesson.name == lesson and stop.bank and item in stop.bank.questions:
            exercise = stop.bank.get(item)
            return Question(stop.lesson, exercise, again) if isinstance(exercise, KINDS) else None
    return None
