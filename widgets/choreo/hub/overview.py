"""Where a learner stands in the course: pure, over course, banks and entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from choreo.bank.course import Course, Lesson
from choreo.bank.loader import LessonBank
from choreo.hub import paper
from choreo.progress.completion import Progress, progress
from choreo.progress.entry import Entry
from choreo.progress.review import due_now, schedule


@dataclass(frozen=True)
class Stop:
    """One lesson on the path, as a learner finds it."""

    lesson: Lesson
    number: int
    written: bool
    bank: LessonBank | None  # None where its exercises cannot be read, or are not written
    progress: Progress
    due: tuple[str, ...]  # review questions whose time has come
    next_due: datetime | None  # when the next one after these comes

    @property
    def state(self) -> str:
        """One of: waiting (not written yet), broken, fresh, begun, done."""
        if not self.written:
            return "waiting"
        if self.bank is None:
            return "broken"
        if self.progress.complete:
            return "done"
        return "begun" if self.progress.done else "fresh"


@dataclass(frozen=True)
class Overview:
    """The whole path."""

    stops: tuple[Stop, ...]

    @property
    def begun(self) -> bool:
        """Whether anything was done at all."""
        return any(stop.progress.last for stop in self.stops)

    @property
    def carry_on(self) -> Stop | None:
        """The lesson last worked in that is not complete; else the first open one after the last finished one."""
        started = [stop for stop in self.stops if stop.state == "begun"]
        if started:
            return max(started, key=lambda stop: stop.progress.last or "")
        done = [stop.number for stop in self.stops if stop.state == "done"]
        fresh = [stop for stop in self.stops if stop.state == "fresh"]
        later = [stop for stop in fresh if done and stop.number > max(done)]
        return next(iter(later or fresh), None)

    @property
    def done(self) -> int:
        """Finished lessons."""
        return sum(stop.state == "done" for stop in self.stops)

    @property
    def open(self) -> int:
        """Lessons that can be taken now."""
        return sum(stop.written for stop in self.stops)

    @property
    def finished(self) -> bool:
        """Whether every lesson there is has been finished."""
        return self.done > 0 and self.done == self.open

    @property
    def due(self) -> int:
        """Review questions whose time has come."""
        return sum(len(stop.due) for stop in self.stops)

    @property
    def next_due(self) -> datetime | None:
        """When the next question comes, leaving out those that are due."""
        return min((stop.next_due for stop in self.stops if stop.next_due), default=None)


def overview(
    course: Course,
    written: frozenset[str],
    bank: Callable[[str], LessonBank | None],
    entries: Sequence[Entry],
    now: datetime,
) -> Overview:
    """The path of `course` for whoever made `entries`; `bank` gives a written lesson's exercises, None if broken."""
    by_lesson: dict[str, list[Entry]] = {}
    for entry in entries:
        by_lesson.setdefault(entry.lesson, []).append(entry)
    return Overview(
        tuple(
            _stop(number, lesson, lesson.name in written, bank, by_lesson.get(lesson.name, []), now)
            for number, lesson in enumerate(course.lessons)
        )
    )


def _stop(
    number: int,
    lesson: Lesson,
    written: bool,
    bank: Callable[[str], LessonBank | None],
    entries: Sequence[Entry],
    now: datetime,
) -> Stop:
    exercises = bank(lesson.name) if written else None
    if exercises is None:
        return Stop(lesson, number, written, None, progress((), entries), (), None)
    questions = schedule(paper.questions(exercises), entries)
    due = tuple(due_now(questions, now))
    coming = min((q.at for q in questions if q.at is not None and q.at > now), default=None)
    return Stop(lesson, number, written, exercises, progress(exercises.items, entries), due, coming)
