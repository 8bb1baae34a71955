"""What a learner has done who took whole lessons, made from the proofs that every exercise carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from choreo.bank.course import Course, load_course
from choreo.bank.loader import LessonBank, load_lesson
from choreo.bank.notebook import needed
from choreo.grading.exercise import Exercise
from choreo.grading.play import Play
from choreo.progress.entry import Entry, new_entry

ROOT = Path(__file__).parents[2]
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
APART = timedelta(days=2)  # between two lessons
TURNS = ("prediction", "played", "goal")  # what comes first in a lesson; then all else

COLLABORATION = {
    "purpose": "Nobody leaves our wards for home without knowing who calls them the next morning.",
    "people": "Six wards, the pharmacy, two home care firms and the families.",
    "stuck": "Everybody plans well for themselves. On Fridays the plans meet for the first time, at the door.",
}


def course() -> Course:
    """The course as it is."""
    return load_course(ROOT / "lessons")


def bank(lesson: str) -> LessonBank | None:
    """The exercises of a lesson as its notebook shows them; None while there is no notebook."""
    notebook = ROOT / "lessons" / f"{lesson}.ipynb"
    return replace(load_lesson(ROOT / "exercises", lesson), needed=needed(notebook)) if notebook.is_file() else None


def written() -> list[str]:
    """The lessons whose notebook is there."""
    return [lesson.name for lesson in course().lessons if bank(lesson.name)]


def taken(lessons: Iterable[str], start: datetime = START) -> list[Entry]:
    """All that finishes these lessons, each two days after the one before."""
    return [entry for at, lesson in enumerate(lessons) for entry in whole(lesson, start + at * APART)]


def whole(lesson: str, start: datetime) -> Iterator[Entry]:
    """All that finishes a lesson, a minute apart; predictions come before they are played."""
    exercises = bank(lesson)
    assert exercises
    done = [
        (exercise, kind, answer)
        for exercise in exercises.exercises
        for kind, answer in _answers(exercise, exercise.id in exercises.items)
    ]
    done.sort(key=lambda one: TURNS.index(one[1]) if one[1] in TURNS else len(TURNS))
    for minute, (exercise, kind, answer) in enumerate(done):
        score = None if kind == "played" else exercise.grade(answer).score
        at = start + timedelta(minutes=minute)
        yield new_entry(lesson, exercise.id, kind, exercise.version, answer, score, at)


def _answers(exercise: Exercise, asked: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(exercise, Play) and exercise.after:
        yield "played", {"settings": {}}
    if asked:
        right = [check for check in exercise.checks if not check.invalid and not check.variant]
        yield exercise.entry_kind, max(right, key=lambda check: check.score or 0).answer
