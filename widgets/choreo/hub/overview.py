"""Where a learner stands in the course: pure, over course, banks and entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from choreo.bank.course import Course, Lesson
from choreo.bank.loader import LessonBank
from choreo.hub import exercise_form
from choreo.progress.completion import Progress, progress
from choreo.progress.days import days_later
from choreo.progress.entry import Entry
from choreo.progress.rehearsal import Rehearsal, rehearsals
from choreo.progress.review import Due, days_ahead, due_now, room_today, schedule


@dataclass(frozen=True)
class Stop:
    """One lesson on the path, as a learner finds it."""

    lesson: Lesson
    number: int
    written: bool
    bank: LessonBank | None  # None where its exercises cannot be read, or are not written
    progress: Progress
    due: tuple[Due, ...]  # review questions whose time has come, the longest waiting first
    later: tuple[datetime, ...]  # when those after these come, the next one first

    @property
    def next_due(self) -> datetime | None:
        """When the next question after those that are due comes."""
        return next(iter(self.later), None)

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
    room: int  # review questions that may still be asked today
    plans: tuple[Rehearsal, ...]  # if-then plans to be called to mind now
    now: datetime

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
    def in_sight(self) -> tuple[Stop, ...]:
        """The stops as the home page lists them: what is open first, each part in the order of the path."""
        return tuple(sorted(self.stops, key=lambda stop: not stop.written))

    @property
    def done(self) -> int:
        """Finished lessons."""
        return sum(stop.state == "done" for stop in self.stops)

    @property
    def open(self) -> int:
        """Lessons that can be taken now."""
        return sum(stop.written for stop in self.stops)

    @property
    def minutes_to_go(self) -> int:
        """What the lessons that can be taken and are not finished take, as a sum."""
        return sum(stop.lesson.minutes for stop in self.stops if stop.written and stop.state != "done")

    @property
    def finished(self) -> bool:
        """Whether every lesson there is has been finished."""
        return self.done > 0 and self.done == self.open

    @property
    def due(self) -> int:
        """What review asks today: questions whose time has come, as many as a day has room for, and plans."""
        return min(self.waiting, self.room) + len(self.plans)

    @property
    def waiting(self) -> int:
        """Review questions whose time has come, today's and those for which another day has room."""
        return sum(len(stop.due) for stop in self.stops)

    @property
    def next_due(self) -> datetime | None:
        """When the next question comes, leaving out those of today."""
        coming = [stop.next_due for stop in self.stops if stop.next_due]
        if self.waiting > self.room:
            coming.append(days_later(self.now, timedelta(days=1), self.now.tzinfo or UTC))
        return min(coming, default=None)


def overview(
    course: Course,
    written: frozenset[str],
    bank: Callable[[str], LessonBank | None],
    entries: Sequence[Entry],
    now: datetime,
) -> Overview:
    """The path of `course` for whoever made `entries`; `bank` gives a written lesson's exercises, None if broken.

    `now` is in the time zone that decides what a day is.
    """
    by_lesson: dict[str, list[Entry]] = {}
    for entry in entries:
        by_lesson.setdefault(entry.lesson, []).append(entry)
    stops = tuple(
        _stop(number, lesson, lesson.name in written, bank, by_lesson.get(lesson.name, []), now)
        for number, lesson in course.numbered
    )
    there = {stop.lesson.name for stop in stops if stop.bank}
    plans = tuple(plan for plan in rehearsals(entries, now.tzinfo or UTC) if plan.at <= now and plan.lesson in there)
    return Overview(stops, room_today(entries, now), plans, now)


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
        return Stop(lesson, number, written, None, progress((), entries), (), ())
    questions = schedule(exercises, exercise_form.questions(exercises), entries, now.tzinfo or UTC)
    due = tuple(due_now(questions, now))
    later = tuple(sorted(q.at for q in questions if q.at is not None and q.at > now))
    return Stop(lesson, number, written, exercises, progress(exercises.items, entries), due, later)


def review_days(path: Overview, entries: Sequence[Entry]) -> list[tuple[date, int]]:
    """The days on which review asks something, and how much."""
    questions = [at for stop in path.stops for at in (*(due.at for due in stop.due if due.at), *stop.later)]
    there = {stop.lesson.name for stop in path.stops if stop.bank}
    plans = [plan.at for plan in rehearsals(entries, path.now.tzinfo or UTC) if plan.lesson in there]
    return days_ahead(questions, plans, path.room, path.now)
