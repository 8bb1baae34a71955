"""What a learner takes home: everything that entries tell, put in order. Pure, over course, banks and entries.

Entries may be older than the exercises, or come from another installation; whatever they hold, it is shown as far as it
can be understood, and nothing in it can raise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from choreo.bank.course import Course
from choreo.bank.loader import LessonBank
from choreo.progress.chapter import Chapter, chapter
from choreo.progress.entry import Entry, in_order
from choreo.progress.legible import in_words
from choreo.progress.own import Own, collaborations
from choreo.progress.plan import Commitment, by_day
from choreo.progress.portrait import Portrait, portraits

Bank = Callable[[str], LessonBank | None]


@dataclass(frozen=True)
class Portfolio:
    """Everything."""

    title: str  # the course's
    chapters: tuple[Chapter, ...]  # those in which something was done, in the order of the path
    collaborations: tuple[Own, ...]  # of their own; mostly one
    portraits: tuple[Portrait, ...]
    entries: int
    lessons: int  # lessons on the path

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """By day, the next one first."""
        return by_day([plan for chapter in self.chapters for plan in chapter.plans])

    @property
    def days(self) -> list[date]:
        """On which something was done, in order."""
        return sorted(frozenset().union(*(chapter.days for chapter in self.chapters)))

    @property
    def begun(self) -> date | None:
        """The first of these days."""
        return next(iter(self.days), None)

    @property
    def last(self) -> date | None:
        """The last of these days."""
        return next(reversed(self.days), None)

    @property
    def on_path(self) -> tuple[Chapter, ...]:
        """The chapters of this course's own lessons."""
        return tuple(chapter for chapter in self.chapters if chapter.number is not None)

    @property
    def done(self) -> int:
        """Lessons of the path that are complete."""
        return sum(chapter.progress.complete for chapter in self.on_path)

    @property
    def predictions(self) -> int:
        """How many were made."""
        return sum(one.came != "declined" for chapter in self.chapters for one in chapter.predictions)

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


def portfolio(course: Course, bank: Bank, entries: Sequence[Entry], zone: tzinfo = UTC) -> Portfolio:
    """The portfolio of whoever made `entries`, its days in `zone`.

    `bank` gives a lesson's exercises, None if there are none to read.
    """
    ordered = in_order(entries)
    by_lesson: dict[str, list[Entry]] = {}
    for entry in ordered:
        by_lesson.setdefault(entry.lesson, []).append(entry)
    path = {lesson.name: lesson.title for lesson in course.lessons}
    numbers = {lesson.name: number for number, lesson in course.numbered}
    names = [name for name in (*path, *sorted(set(by_lesson) - set(path))) if name in by_lesson]
    titles = {name: path.get(name) or in_words(name) for name in names}
    banks = {name: bank(name) for name in names}
    return Portfolio(
        title=course.title,
        chapters=tuple(
            chapter(name, numbers.get(name), titles[name], banks[name], by_lesson[name], zone) for name in names
        ),
        collaborations=collaborations(ordered, titles, zone),
        portraits=portraits(ordered, banks, titles, zone),
        entries=len(ordered),
        lessons=len(course.lessons),
    )
