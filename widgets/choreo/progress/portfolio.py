"""What a learner takes home: everything that entries tell, put in order. Pure, over course, banks and entries.

Entries may be older than the exercises, or come from another installation; whatever they hold, it is shown as far as it
can be understood, and nothing in it can raise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from choreo.bank.course import Course
from choreo.bank.loader import LessonBank
from choreo.grading.exercise import Exercise
from choreo.grading.goal import Goal
from choreo.grading.predict import Alternatives, Number, Predict
from choreo.grading.profile import Profile
from choreo.grading.verdict import AnswerError
from choreo.grading.written import Written
from choreo.progress.completion import Progress, progress
from choreo.progress.entry import Entry, moment

Bank = Callable[[str], LessonBank | None]


@dataclass(frozen=True)
class Prediction:
    """What was predicted, once and for good."""

    item: str
    title: str
    exercise: Exercise | None  # None where the exercise is gone, or has changed since
    answer: Mapping[str, Any]
    said: str  # the answer in words
    on: date


@dataclass(frozen=True)
class Writing:
    """What was written in one's own words, newest version."""

    item: str
    title: str
    texts: tuple[tuple[str, str], ...]  # label (may be empty) and text
    on: date
    versions: int  # how often it was kept


@dataclass(frozen=True)
class Reached:
    """A setting that reached a goal."""

    item: str
    title: str
    goal: str
    explorable: str  # empty where the exercise is gone
    settings: Mapping[str, Any]
    order: float | None  # 0 to 1
    on: date


@dataclass(frozen=True)
class Pinned:
    """A setting of an explorable that somebody found worth keeping."""

    item: str
    title: str
    words: str
    result: str


@dataclass(frozen=True)
class Commitment:
    """What somebody will do, newest version."""

    id: str  # of the first version, so that it stays the same
    lesson: str  # the lesson's title
    item: str
    what: str
    whom: str
    by: date | None
    at: str  # when it was last changed (an entry's `at`)
    changes: int  # since the first version


@dataclass(frozen=True)
class Practice:
    """One exercise, as far as it was practised."""

    item: str
    title: str
    tries: int
    score: float | None  # of the newest answer, 0 to 1; None where nothing is right or wrong
    on: date


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


@dataclass(frozen=True)
class Chapter:
    """One lesson's part of the portfolio."""

    name: str
    title: str
    number: int | None  # on the path; None for a lesson that is not on it
    progress: Progress
    predictions: tuple[Prediction, ...]
    writings: tuple[Writing, ...]
    reached: tuple[Reached, ...]
    pinned: tuple[Pinned, ...]
    practice: tuple[Practice, ...]
    reviews: int  # review questions answered


@dataclass(frozen=True)
class Certificate:
    """When the path was walked to its end, and what was done in all, later work too."""

    begun: date
    finished: date
    days: int  # between these two on which something was done
    lessons: int
    exercises: int
    attempts: int  # answers to exercises, retries among them
    reviews: int


@dataclass(frozen=True)
class Portfolio:
    """Everything."""

    title: str  # the course's
    chapters: tuple[Chapter, ...]  # those in which something was done, in the order of the path
    commitments: tuple[Commitment, ...]  # by date
    portraits: tuple[Portrait, ...]
    entries: int
    begun: date | None
    last: date | None
    done: int  # lessons that are complete
    lessons: int  # lessons on the path
    certificate: Certificate | None  # None until every lesson of the path is complete

    @property
    def predictions(self) -> int:
        """How many were made."""
        return sum(len(chapter.predictions) for chapter in self.chapters)

    @property
    def writings(self) -> int:
        """How many texts were written."""
        return sum(len(chapter.writings) for chapter in self.chapters)

    @property
    def attempts(self) -> int:
        """Answers to exercises, retries among them."""
        return sum(practice.tries for chapter in self.chapters for practice in chapter.practice)

    @property
    def exercises(self) -> int:
        """Exercises that were practised."""
        return sum(len(chapter.practice) for chapter in self.chapters)

    @property
    def reviews(self) -> int:
        """Review questions answered."""
        return sum(chapter.reviews for chapter in self.chapters)


def portfolio(course: Course, bank: Bank, entries: Sequence[Entry]) -> Portfolio:
    """The portfolio of whoever made `entries`; `bank` gives a lesson's exercises, None if there are none to read."""
    ordered = sorted(entries, key=lambda e: (e.at, e.id))
    by_lesson: dict[str, list[Entry]] = {}
    for entry in ordered:
        by_lesson.setdefault(entry.lesson, []).append(entry)
    path = {lesson.name: lesson.title for lesson in course.lessons}
    numbers = {lesson.name: number for number, lesson in enumerate(course.lessons)}
    banks = {name: bank(name) for name in {*path, *by_lesson}}
    names = [*path, *sorted(set(by_lesson) - set(path))]
    chapters = tuple(
        _chapter(name, numbers.get(name), path.get(name) or in_words(name), banks[name], by_lesson[name])
        for name in names
        if name in by_lesson
    )
    days = sorted({moment(entry).date() for entry in ordered})
    complete = [c for c in chapters if c.number is not None and c.progress.complete]
    titles = {chapter.name: chapter.title for chapter in chapters}
    return Portfolio(
        title=course.title,
        chapters=chapters,
        commitments=_commitments(by_lesson, titles),
        portraits=_portraits(ordered, banks, titles),
        entries=len(ordered),
        begun=days[0] if days else None,
        last=days[-1] if days else None,
        done=len(complete),
        lessons=len(course.lessons),
        certificate=_certificate(chapters, banks, by_lesson, days) if len(complete) == len(course.lessons) else None,
    )


def _chapter(name: str, number: int | None, title: str, bank: LessonBank | None, entries: Sequence[Entry]) -> Chapter:
    known = {exercise.id: exercise for exercise in bank.exercises} if bank else {}
    groups: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        groups.setdefault(entry.kind, {}).setdefault(entry.item, []).append(entry)

    def titled(item: str) -> str:
        return known[item].title if item in known else in_words(item)

    return Chapter(
        name=name,
        title=title,
        number=number,
        progress=progress(bank.items if bank else (), entries),
        predictions=tuple(
            _prediction(titled(item), known.get(item), made[0]) for item, made in groups.get("prediction", {}).items()
        ),
        writings=tuple(
            Writing(item, titled(item), texts, moment(made[-1]).date(), len(made))
            for item, made in groups.get("reflection", {}).items()
            if (texts := _texts(known.get(item), made[-1].answer))
        ),
        reached=tuple(
            reached
            for item, made in groups.get("goal", {}).items()
            for reached in _reached(item, titled(item), known.get(item), made)
        ),
        pinned=tuple(
            pin for item, made in groups.get("settings", {}).items() for pin in _pinned(item, titled(item), made[-1])
        ),
        practice=tuple(
            Practice(item, titled(item), len(made), made[-1].score, moment(made[-1]).date())
            for item, made in groups.get("attempt", {}).items()
        ),
        reviews=sum(len(made) for made in groups.get("review", {}).values()),
    )


def _prediction(title: str, exercise: Exercise | None, entry: Entry) -> Prediction:
    same = exercise if exercise is not None and exercise.version == entry.version else None
    return Prediction(entry.item, title, same, entry.answer, _said(same, entry.answer), moment(entry).date())


def _said(exercise: Exercise | None, answer: Mapping[str, Any]) -> str:
    """A prediction in words; a curve as its heights."""
    ask = exercise.ask if isinstance(exercise, Predict) else None
    chosen, curve = answer.get("chosen"), answer.get("curve")
    if isinstance(chosen, str):
        options = ask.options if isinstance(ask, Alternatives) else ()
        return next((option.text for option in options if option.id == chosen), in_words(chosen))
    if isinstance(curve, list):
        return ", ".join(in_figures(height) for height in curve[:20])
    unit = ask.unit if isinstance(ask, Number) else ""
    return f"{in_figures(answer.get('number'))} {unit}".strip()


def _texts(exercise: Exercise | None, answer: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Labels and texts, in the order of the exercise; what it does not know (any more) comes after."""
    fields = answer.get("fields")
    if not isinstance(fields, Mapping):
        return ()
    labels = {field.id: field.label for field in exercise.fields} if isinstance(exercise, Written) else {}
    names = [name for name in (*labels, *(name for name in fields if name not in labels)) if name in fields]
    return tuple((labels.get(n, in_words(n)), text) for n in names if (text := plain(fields[n]).strip()))


def _reached(item: str, title: str, exercise: Exercise | None, entries: Sequence[Entry]) -> list[Reached]:
    """Different settings, each with the best order it reached and the day it did, in the order they were found."""
    goal = exercise if isinstance(exercise, Goal) else None
    best: dict[str, Reached] = {}
    for entry in entries:
        settings, order = entry.answer.get("settings"), entry.answer.get("order")
        if isinstance(settings, Mapping):
            known = order if isinstance(order, (int, float)) and 0 <= order <= 1 else None
            name = json.dumps(dict(settings), sort_keys=True)
            if name not in best or (known or 0) > (best[name].order or 0):
                words = (goal.goal, goal.explorable) if goal else ("", "")
                best[name] = Reached(item, title, *words, settings, known, moment(entry).date())
    return list(best.values())


def _pinned(item: str, title: str, entry: Entry) -> list[Pinned]:
    """The settings on the newest list, newest first; what is no setting is left out."""
    pins = entry.answer.get("pinned")
    return [
        Pinned(item, title, plain(pin.get("words")), plain(pin.get("result")))
        for pin in (pins if isinstance(pins, list) else [])
        if isinstance(pin, Mapping)
    ]


def _commitments(by_lesson: Mapping[str, Sequence[Entry]], titles: Mapping[str, str]) -> tuple[Commitment, ...]:
    found = []
    for lesson, entries in by_lesson.items():
        items: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.kind == "commitment":
                items.setdefault(entry.item, []).append(entry)
        for item, made in items.items():
            answer = made[-1].answer
            what, whom = plain(answer.get("what")).strip(), plain(answer.get("whom")).strip()
            if what:
                by = day(answer.get("by"))
                found.append(Commitment(made[0].id, titles[lesson], item, what, whom, by, made[-1].at, len(made) - 1))
    return tuple(sorted(found, key=lambda c: (c.by or date.max, c.at, c.id)))


def _portraits(
    entries: Sequence[Entry], banks: Mapping[str, LessonBank | None], titles: Mapping[str, str]
) -> tuple[Portrait, ...]:
    """Self-profiles; one that is laid over an earlier one (`first: lesson/exercise`) belongs to that one."""
    groups: dict[str, list[tuple[Entry, Profile]]] = {}
    for entry in entries:
        bank = banks[entry.lesson] if entry.kind == "profile" else None
        exercise = next((e for e in bank.exercises if e.id == entry.item), None) if bank else None
        if isinstance(exercise, Profile) and _is_answer(exercise, entry.answer):
            groups.setdefault(exercise.first or f"{entry.lesson}/{entry.item}", []).append((entry, exercise))
    return tuple(_portrait(made, titles) for made in groups.values())


def _portrait(made: Sequence[tuple[Entry, Profile]], titles: Mapping[str, str]) -> Portrait:
    entry, first = made[0]
    axes = tuple((dimension.id, dimension.text) for dimension in first.dimensions)
    times = [(moment(one).date(), exercise.values(one.answer)) for one, exercise in (made[0], *made[1:][-1:])]
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


def _certificate(
    chapters: Sequence[Chapter],
    banks: Mapping[str, LessonBank | None],
    by_lesson: Mapping[str, Sequence[Entry]],
    days: Iterable[date],
) -> Certificate:
    """Facts only: each item counts from the day of its first answer."""
    firsts = []
    exercises = 0
    for chapter in chapters:
        bank = banks[chapter.name]
        if chapter.number is None or bank is None:
            continue
        exercises += len(bank.items)
        made: dict[str, date] = {}
        for entry in by_lesson[chapter.name]:
            if entry.kind != "review" and entry.item in bank.items:
                made.setdefault(entry.item, moment(entry).date())
        firsts += list(made.values())
    return Certificate(
        begun=min(firsts),
        finished=max(firsts),
        days=sum(min(firsts) <= day <= max(firsts) for day in days),
        lessons=sum(chapter.number is not None for chapter in chapters),
        exercises=exercises,
        attempts=sum(practice.tries for chapter in chapters for practice in chapter.practice),
        reviews=sum(chapter.reviews for chapter in chapters),
    )


def in_words(name: object) -> str:
    """A name as people read it.

    >>> in_words("my-next-move")
    'My next move'
    """
    words = plain(name).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def plain(value: object) -> str:
    """A text that can be written as UTF-8: half characters become question marks; what is no text is empty."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def day(value: object) -> date | None:
    """The day in "2026-12-01"; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-12-01") else None
    except ValueError:
        return None


def active_days(entries: Iterable[Entry]) -> frozenset[date]:
    """The days (UTC) on which something was done."""
    return frozenset(moment(entry).date() for entry in entries)


def in_figures(value: object) -> str:
    """A setting or a number as people read it; empty for anything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, (int, float)) else plain(value)
