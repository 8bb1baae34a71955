"""Exercises read from their files, one lesson at a time."""

from __future__ import annotations

import inspect
import pkgutil
import re
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import ValidationError

import choreo.grading
from choreo.bank.document import Document, read_document, told, told_all
from choreo.bank.fault import BankError
from choreo.bank.files import NAME, files, misnamed
from choreo.grading.exercise import Exercise
from choreo.grading.faults import nearest


@dataclass(frozen=True)
class LessonBank:
    """The exercises of one lesson."""

    lesson: str
    exercises: tuple[Exercise, ...]
    needed: frozenset[str] | None = None  # those that the notebook shows and that finish it; None where it was not read

    @property
    def items(self) -> tuple[str, ...]:
        """The names that count for completion."""
        names = (exercise.id for exercise in self.exercises if not exercise.review and exercise.counts)
        return tuple(name for name in names if self.needed is None or name in self.needed)

    @property
    def questions(self) -> tuple[str, ...]:
        """The names kept for spaced review."""
        return tuple(exercise.id for exercise in self.exercises if exercise.review)

    def get(self, name: str) -> Exercise:
        """The exercise of that name; raise BankError that names the nearest one."""
        for exercise in self.exercises:
            if exercise.id == name:
                return exercise
        known = [exercise.id for exercise in self.exercises]
        raise BankError([f'lesson {self.lesson}: there is no exercise "{name}"; {nearest(name, known)}'])


def load_lesson(folder: Path, lesson: str) -> LessonBank:
    """All exercises in `folder`/`lesson`, by file name; raise BankError with every fault of every file."""
    place = folder / lesson
    if not place.is_dir():
        lessons = sorted(path.name for path in files(folder, "*/"))
        close = get_close_matches(lesson, lessons, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "make the folder, or correct the lesson's name."
        raise BankError([f"{place}: there are no exercises for this lesson; {remedy}"])
    exercises: list[Exercise] = []
    faults: list[str] = []
    for path in files(place, "*.yaml"):
        try:
            exercises.append(load_exercise(path))
        except BankError as error:
            faults += error.faults
    if faults:
        raise BankError(faults)
    return LessonBank(lesson, tuple(exercises))


def addresses(folder: Path, kind: str) -> tuple[str, ...]:
    """The exercises ("lesson/exercise") of one kind in all lessons, by what their files say; they are not read whole."""
    line = re.compile(rf"^kind: {re.escape(kind)}\s*$", re.MULTILINE)
    found = (path for path in files(folder, "*/*.yaml") if line.search(path.read_text("utf-8", errors="replace")))
    return tuple(f"{path.parent.name}/{path.stem}" for path in found)


def load_exercise(path: Path) -> Exercise:
    """The exercise in one file; raise BankError with every fault, each with its line."""
    return exercise_in(read_document(path))


def exercises_about(folder: Path, collaboration: str) -> dict[str, Exercise]:
    """The exercises of all lessons that ask about this collaboration, by "lesson/exercise"; broken files are left out."""
    found = {}
    for path in files(folder, "*/*.yaml"):
        with suppress(BankError, OSError):
            if collaboration.encode() in path.read_bytes():
                exercise = load_exercise(path)
                if exercise.collaboration == collaboration:
                    found[f"{path.parent.name}/{exercise.id}"] = exercise
    return found


def exercise_in(document: Document) -> Exercise:
    """The exercise that a file's data are; raise BankError with every fault, each with its line."""
    path = document.path
    if not isinstance(document.data, dict):
        raise BankError([f"{path}:1: not a set of fields; begin with id, version, kind, title and prompt."])
    kind = _kind(document)
    try:
        exercise = kind.model_validate(document.data)
    except ValidationError as error:
        raise BankError(told_all(document, error, kind)) from error
    if not NAME.fullmatch(path.stem):
        raise BankError([f"{path}: {misnamed(path)}"])
    if exercise.id != path.stem:
        fault = f'"{exercise.id}" is not the file\'s name; write id: {path.stem}, or rename the file.'
        raise BankError([told(document, ("id",), fault)])
    return exercise


def kind_named(name: str) -> type[Exercise] | None:
    """The one kind of exercise that choreo.grading.<name> defines; None if there is no such module or kind."""
    if not re.fullmatch(r"[a-z][a-z_]{0,39}", name):
        return None
    full = f"choreo.grading.{name}"
    try:
        module = import_module(full)
    except ModuleNotFoundError as error:
        if error.name != full:
            raise
        return None
    found = [
        value
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, Exercise)
        and value.__module__ == full
        and not inspect.isabstract(value)
    ]
    return found[0] if len(found) == 1 else None


def kinds() -> dict[str, type[Exercise]]:
    """Every kind there is, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(choreo.grading.__path__))
    return {name: kind for name in names if (kind := kind_named(name))}


def _kind(document: Document) -> type[Exercise]:
    name: Any = document.data.get("kind")
    kind = kind_named(name) if isinstance(name, str) else None
    if kind is None:
        fault = f'"{name}" is no kind of exercise; ' if "kind" in document.data else "is missing; "
        raise BankError([told(document, ("kind",), fault + nearest(str(name), list(kinds())))])
    return kind
