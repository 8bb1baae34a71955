"""The course: which lessons there are, in which order, read from lessons/course.yaml."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from pathlib import Path

from pydantic import Field, ValidationError

from choreo.bank.document import read_document, told_all
from choreo.bank.fault import BankError
from choreo.bank.house import House
from choreo.bank.logo import LogoError, read_logo
from choreo.bank.spoken import in_hours
from choreo.grading.exercise import Name, Record, Text

log = logging.getLogger(__name__)


class Lesson(Record):
    """One lesson of the path."""

    name: Name  # the notebook's name without its ending
    title: Text
    promise: Text  # what a learner can do afterwards, one sentence
    aha: Text | None = None  # what is found by playing, in one sentence, as the lesson puts it
    minutes: int = Field(ge=1)  # as counted: 200 words a minute, exercises and playing included


class Course(Record):
    """The path of lessons."""

    title: Text
    promise: Text  # {hours} in it becomes what all lessons take: "four and a half hours"
    trust: Text | None = None  # Markdown: what the course rests on, and how far that carries
    lessons: tuple[Lesson, ...]
    house: House = House()  # who offers it

    @property
    def numbered(self) -> tuple[tuple[int, Lesson], ...]:
        """The lessons, each with the number in its name ("03-micro-cultures"), or else that of its place, from 1."""
        found = ((re.match(r"(\d{1,2})-", lesson.name), lesson) for lesson in self.lessons)
        return tuple((int(number[1]) if number else at, lesson) for at, (number, lesson) in enumerate(found, start=1))

    @property
    def minutes(self) -> int:
        """What all lessons take."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def promised(self) -> str:
        """The promise, with the hours counted."""
        return self.promise.replace("{hours}", in_hours(self.minutes))

    def written(self, folder: Path) -> tuple[Lesson, ...]:
        """The lessons whose notebook exists in `folder`."""
        return tuple(lesson for lesson in self.lessons if (folder / f"{lesson.name}.ipynb").is_file())


class CourseFile:
    """The course in a folder's course.yaml; while the file is broken, as it was before."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet."""
        self._folder = folder
        self._good: Course | None = None
        self._marks: tuple[tuple[int, int], ...] = ()
        self._told = ""

    def read(self) -> Course:
        """The course, read anew when its file or its logo changed; raise BankError that names every fault if it was never sound.

        A fault is logged once.
        """
        marks = self._look()
        if self._good is not None and marks == self._marks:
            return self._good
        self._marks = marks
        try:
            self._good, self._told = load_course(self._folder), ""
        except BankError as error:
            if self._good is None:
                raise
            if str(error) != self._told:
                self._told = str(error)
                log.error("%s The course stays as it was until this is mended.", error)
        return self._good

    def _look(self) -> tuple[tuple[int, int], ...]:
        logo = self._good.house.logo if self._good else None
        found = []
        for name in ("course.yaml", *([logo] if logo else [])):
            with suppress(OSError):
                state = (self._folder / name).stat()
                found.append((state.st_mtime_ns, state.st_size))
        return tuple(found)


def load_course(folder: Path) -> Course:
    """The course in `folder`/course.yaml; raise BankError that names every fault."""
    path = folder / "course.yaml"
    document = read_document(path)
    try:
        course = Course.model_validate(document.data)
        if course.house.logo:
            read_logo(folder, course.house.logo)
    except ValidationError as error:
        raise BankError(told_all(document, error, Course)) from error
    except LogoError as error:
        raise BankError([f"{path}: house.logo: {error}."]) from error
    return course
