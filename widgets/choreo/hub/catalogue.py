"""The course and its exercises as they are on the disk now, read again only when a file changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from choreo.bank.course import Course, CourseFile
from choreo.bank.fault import BankError
from choreo.bank.files import files
from choreo.bank.loader import LessonBank, load_lesson
from choreo.bank.logo import Logo, LogoError, read_logo
from choreo.bank.notebook import needed

log = logging.getLogger("choreo.hub")

Marks = tuple[tuple[str, int, int], ...]


class Catalogue:
    """Course and banks, cached by the marks (name, time, size) of their files; safe to share between threads."""

    def __init__(self, lessons: Path, exercises: Path, load: Callable[[Path, str], LessonBank] = load_lesson) -> None:
        """Keep the folders; nothing is read yet."""
        self._lessons = lessons
        self._exercises = exercises
        self._course_file = CourseFile(lessons)
        self._load = load
        self._course: tuple[Marks, Course] | None = None
        self._banks: dict[str, tuple[Marks, LessonBank | None]] = {}

    def course(self) -> Course:
        """The course; raise BankError if its file is broken, and was since the start."""
        marks = _marks([self._lessons / "course.yaml", *files(self._lessons, "*.svg"), *files(self._lessons, "*.png")])
        if self._course is None or self._course[0] != marks:
            self._course = (marks, self._course_file.read())
        return self._course[1]

    def logo(self) -> Logo | None:
        """The house's logo; None where it has none, or none that can be shown just now. Raise BankError as `course` does."""
        name = self.course().house.logo
        with suppress(LogoError):
            return read_logo(self._lessons, name) if name else None
        return None

    def written(self) -> frozenset[str]:
        """The names of the lessons whose notebook exists."""
        return frozenset(lesson.name for lesson in self.course().written(self._lessons))

    def has_notebook(self, name: str) -> bool:
        """Whether a notebook of that name lies in the lessons folder, on the path or not."""
        return any(path.stem == name for path in files(self._lessons, "*.ipynb"))

    def bank(self, lesson: str) -> LessonBank | None:
        """The exercises of a notebook, on the path or not; while a file of theirs is broken, which is logged once, as before.

        None if there is no such notebook, or if there was no such time since the start.
        """
        if not self.has_notebook(lesson):
            return None
        marks = _marks([self._notebook(lesson), *files(self._exercises / lesson, "*.yaml")])
        known = self._banks.get(lesson)
        if known is None or known[0] != marks:
            known = (marks, self._read(lesson, known[1] if known else None))
            self._banks[lesson] = known
        return known[1]

    def _notebook(self, lesson: str) -> Path:
        return self._lessons / f"{lesson}.ipynb"

    def warm(self) -> None:
        """Read everything, so that the first visit need not wait."""
        try:
            for lesson in self.written():
                self.bank(lesson)
        except BankError as error:
            log.error("%s", error)

    def _read(self, lesson: str, before: LessonBank | None) -> LessonBank | None:
        try:
            bank = self._load(self._exercises, lesson)
        except BankError as error:
            log.error("%s%s", error, " Its lesson stays as it was until this is mended." if before else "")
            return before
        shown = needed(self._notebook(lesson))
        return replace(bank, needed=before.needed if before and shown is None else shown)


def _marks(paths: list[Path]) -> Marks:
    found = []
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)
