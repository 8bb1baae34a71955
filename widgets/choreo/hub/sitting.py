"""Which review questions a learner meets now: those that are due, then those just missed once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from choreo.bank.course import Lesson
from choreo.grading.exercise import Exercise
from choreo.hub import paper
from choreo.hub.overview import Overview
from choreo.progress.entry import Entry, moment
from choreo.progress.review import PASS

SITTING = timedelta(hours=1)  # a question missed longer ago waits for its next day


@dataclass(frozen=True)
class Question:
    """One question to ask now."""

    lesson: Lesson
    exercise: Exercise  # as it is asked: the variant, if there are several
    variant: int
    again: bool  # missed a moment ago


def sitting(path: Overview, entries: Sequence[Entry], mark: str, now: datetime) -> tuple[Question, ...]:
    """All questions of this sitting: due ones in the order of the course, then missed ones in the order of missing.

    Another try shows another variant of a question, where there are several; `mark` differs from learner to learner.
    """
    answers = [e for e in sorted(entries, key=lambda e: (e.at, e.id)) if e.kind == "review"]
    tries = Counter((e.lesson, e.item) for e in answers)
    newest = {(e.lesson, e.item): e for e in answers}
    due = [(stop.lesson.name, item) for stop in path.stops for item in stop.due]
    missed = sorted(
        (e for e in newest.values() if (e.score or 0) < PASS and now - moment(e) < SITTING), key=lambda e: (e.at, e.id)
    )
    again = [(e.lesson, e.item) for e in missed if (e.lesson, e.item) not in due]
    asked = []
    for names in (*due, *again):
        question = find(path, *names)
        if question:
            variant = question.exercise.variant_for(mark, tries[names])
            asked.append(replace(_varied(question, variant), again=names in again))
    return tuple(asked)


def find(path: Overview, lesson: str, item: str, variant: int = 0) -> Question | None:
    """A review question by its names; None if there is no such question (any more)."""
    for stop in path.stops:
        if stop.lesson.name == lesson and stop.bank and item in paper.questions(stop.bank):
            return _varied(Question(stop.lesson, stop.bank.get(item), 0, False), variant)
    return None


def _varied(question: Question, variant: int) -> Question:
    number = variant if variant <= len(question.exercise.variants) else 0
    return replace(question, exercise=question.exercise.variant(number), variant=number)
