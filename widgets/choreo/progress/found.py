"""What somebody has found in one lesson: predictions, the lesson in one sentence, their own words, and their plan."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from choreo.bank.course import Lesson
from choreo.bank.loader import LessonBank
from choreo.grading.commit import Commit
from choreo.grading.exercise import Exercise
from choreo.grading.predict import Predict
from choreo.grading.written import Written
from choreo.progress.chapter import Chapter


@dataclass(frozen=True)
class Found:
    """What came of one lesson, and what of it is still to come."""

    chapter: Chapter
    aha: str  # the lesson in one sentence; empty while a prediction is neither made nor declined, or where it has none
    unsaid: tuple[Exercise, ...]  # predictions neither made nor declined
    unwritten: tuple[Exercise, ...]  # not written in one's own words
    unplanned: tuple[Exercise, ...]

    @property
    def anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.chapter.predictions or self.chapter.writings or self.chapter.plans)


def found(lesson: Lesson, bank: LessonBank | None, chapter: Chapter) -> Found:
    """What was found in that lesson; its sentence stays back as long as it could give a prediction away."""
    said = {prediction.item for prediction in chapter.predictions}
    unsaid = _left(bank, Predict, said)
    return Found(
        chapter=chapter,
        aha=(lesson.aha or "") if bank and not unsaid else "",
        unsaid=unsaid,
        unwritten=_left(bank, Written, {writing.item for writing in chapter.writings}),
        unplanned=_left(bank, Commit, {plan.item for plan in chapter.plans}),
    )


def _left(bank: LessonBank | None, kind: type[Exercise], done: Container[str]) -> tuple[Exercise, ...]:
    exercises = bank.exercises if bank else ()
    needed = bank.needed if bank else None
    return tuple(
        one
        for one in exercises
        if isinstance(one, kind) and not one.review and one.id not in done and (needed is None or one.id in needed)
    )
