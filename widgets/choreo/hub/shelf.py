"""The course and its exercises as they are on the disk now, read again only when a file changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from choreo.bank.course import Course, load_course
from choreo.bank.fault import BankError
from choreo.bank.loader import LessonBank, load_lesson

log = logging.getLogger("choreo.hub")

Marks = tuple[tuple[str, int, int], ...]


class Shelf:
    """Course and banks, cached by the marks (name, time, size) of their files; safe to share between threads."""

    def __init__(self, lessons: Path, exercises: Path, load: Callable[[Path, str], LessonBank] = load_lesson) -> None:
        """Keep the folders; nothing is read yet."""
        self._lessons = lessons
        self._exercises = exercises
        self._load = load
        self._course: tuple[Marks, Course] | None = None
        self._banks: dict[str, tuple[Marks, LessonBank | None]] = {}

    def course(self) -> Course:
        """The course; raise BankError if its file is broken."""
        marks = _marks([self._lessons / "course.yaml"])
        if self._course is None or self._course[0] != marks:
            self._course = (marks, load_course(self._lessons))
        return self._course[1]

    def written(self) -> frozenset[str]:
        """The names of the lessons whose notebook exists."""
        return frozenset(lesson.name for lesson in self.course().written(self._lessons))

    def has_notebook(self, name: str) -> bool:
        """Whether a notebook of that name lies in the lessons folder, on the path or not."""
        return any(path.stem == name for path in self._lessons.glob("*.ipynb"))

    def bank(self, lesson: str) -> LessonBank | None:
        """The lesson's exercises; None if a file of theirs is broken, which is logged once."""
        marks = _marks(sorted((self._exercises / lesson).glob("*.yaml")))
        known = self._banks.get(lesson)
        if known is None or known[0] != marks:
            known = (marks, self._read(lesson))
            self._banks[lesson] = known
        return known[1]

    def warm(self) -> None:
        """Read everything, so that the first visit need not wait."""
        try:
            for lesson in self.written():
                self.bank(lesson)
        except BankError as error:
            log.error("%s", error)

    def _read(self, lesson: str) -> LessonBank | None:
        try:
            return self._load(self._exercises, lesson)
        except BankError as error:
            log.error("%s", error)
            return None


def _marks(paths: list[Path]) -> Marks:
    found = []
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)
