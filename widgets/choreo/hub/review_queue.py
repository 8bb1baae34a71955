"""Which review questions a learner meets now: those that are due, then those just missed once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from choreo.bank.course import Lesson
from choreo.grading.exercise import Exercise
from choreo.hub import exercise_form
from choreo.hub.overview import Overview
from choreo.progress.entry import Entry, in_order, moment
from choreo.progress.review import PASS, interleaved

AGAIN_WITHIN = timedelta(hours=1)  # a question missed longer ago waits for its next day


@dataclass(frozen=True)
class Question:
    """One question to ask now."""

    lesson: Lesson
    exercise: Exercise  # as it is asked: the variant, if there are several
    variant: int
    again: bool  # missed a moment ago


def review_queue(path: Overview, entries: Sequence[Entry], mark: str, now: datetime) -> tuple[Question, ...]:
    """All questions to ask now: as many due ones as the day has room for, then missed ones in the order of missing.

    Those that wait longest come today; the lessons take turns.

    Another try shows another variant of a question, where there are several; `mark` differs from learner to learner.
    """
    answers = [e for e in in_order(entries) if e.kind == "review"]
    tries = Counter((e.lesson, e.item) for e in answers)
    newest = {(e.lesson, e.item): e for e in answers}
    due = _today(path)
    missed = in_order(
        e for e in newest.values() if e.score is not None and e.score < PASS and now - moment(e) < AGAIN_WITHIN
    )
    again = [(e.lesson, e.item) for e in missed if (e.lesson, e.item) not in due]
    asked = []
    for names in (*due, *again):
        question = find(path, *names)
        if question:
            variant = question.exercise.variant_for(mark, tries[names])
            asked.append(replace(_varied(question, variant), again=names in again))
    return tuple(asked)


def _today(path: Overview) -> list[tuple[str, str]]:
    """Today's due questions as (lesson, item)."""
    waiting = [(due.at, stop.number, stop.lesson.name, due.item) for stop in path.stops for due in stop.due if due.at]
    chosen = sorted(waiting, key=lambda one: one[:2])[: path.room]
    lessons: dict[str, list[tuple[str, str]]] = {}
    for _at, _number, lesson, item in chosen:
        lessons.setdefault(lesson, []).append((lesson, item))
    return interleaved(lessons)


def find(path: Overview, lesson: str, item: str, variant: int = 0) -> Question | None:
    """A review question by its names; None if there is no such question (any more)."""
    for stop in path.stops:
        if stop.lesson.name == lesson and stop.bank and item in exercise_form.questions(stop.bank):
            return _varied(Question(stop.lesson, stop.bank.get(item), 0, False), variant)
    return None


def _varied(question: Question, variant: int) -> Question:
    number = variant if variant <= len(question.exercise.variants) else 0
    return replace(question, exercise=question.exercise.variant(number), variant=number)
