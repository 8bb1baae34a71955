"""Self-profiles: where somebody saw themselves the first time, and where they do now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from choreo.bank.loader import LessonBank
from choreo.grading.exercise import Exercise
from choreo.grading.profile import Profile
from choreo.grading.verdict import AnswerError
from choreo.progress.days import day_of
from choreo.progress.entry import Entry, moment


@dataclass(frozen=True)
class Portrait:
    """A self-profile: the first time, and the newest if it was taken again."""

    lesson: str  # the lesson's title, where it was first taken
    title: str
    low: str
    high: str
    points: int
    axes: tuple[str, ...]  # at least three; Markdown, one line each
    times: tuple[tuple[date, tuple[float, ...]], ...]  # one or two: a day, and a value from 1 to `points` for each axis


def portraits(
    entries: Sequence[Entry], banks: Mapping[str, LessonBank | None], titles: Mapping[str, str], zone: tzinfo
) -> tuple[Portrait, ...]:
    """Self-profiles; one that is laid over an earlier one (`first: lesson/exercise`) belongs to that one."""
    groups: dict[str, list[tuple[Entry, Profile]]] = {}
    for entry in entries:
        bank = banks[entry.lesson] if entry.kind == "profile" else None
        exercise = next((e for e in bank.exercises if e.id == entry.item), None) if bank else None
        if isinstance(exercise, Profile) and _is_answer(exercise, entry.answer):
            groups.setdefault(exercise.first or f"{entry.lesson}/{entry.item}", []).append((entry, exercise))
    return tuple(_portrait(made, titles, zone) for made in groups.values())


def _portrait(made: Sequence[tuple[Entry, Profile]], titles: Mapping[str, str], zone: tzinfo) -> Portrait:
    entry, first = made[0]
    axes = tuple((dimension.id, dimension.text) for dimension in first.dimensions)
    times = [(day_of(moment(one), zone), exercise.values(one.answer)) for one, exercise in (made[0], *made[1:][-1:])]
    return Portrait(
        lesson=titles[entry.lesson],
        title=first.title,
        low=first.scale.low,
        high=first.scale.high,
        points=first.scale.points,
        axes=tuple(text for _, text in axes),
        times=tuple(
            (on, tuple(values[name] for name, _ in axes)) for on, values in times if values.keys() == dict(axes).keys()
        ),
    )


def _is_answer(exercise: Exercise, answer: Mapping[str, Any]) -> bool:
    try:
        exercise.grade(answer)
    except AnswerError:
        return False
    return True
