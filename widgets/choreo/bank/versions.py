"""Which version of each exercise is in use, and a mark of what it grades: the lock file exercises/versions.json.

Answers are kept with the version that they were given to. So what is graded may change only with a new version, and an
exercise that is in use does not vanish unnoticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from choreo.bank.fault import BankError
from choreo.grading.exercise import Exercise, Record

FILE = "versions.json"
WORDS = frozenset({
    "about", "after", "checks", "collaboration", "consequence", "controls", "example", "first", "follows", "goal", "guide",
    "help", "hints", "label", "near", "ordered", "person", "prompt", "reflection", "review", "rows", "say", "says", "small",
    "sources", "text", "title", "unit", "version", "what", "who", "why",
})  # fmt: skip
"""Fields that say something to people and decide no verdict."""


class Lock(Record):
    """One exercise as it was accepted."""

    version: int = Field(ge=1)
    graded: str


_Locks = TypeAdapter(dict[str, Lock])


def mark(exercise: Exercise) -> str:
    """A mark that changes whenever something that is graded does; words do not count, nor does what is left out."""
    record = _without_words(exercise.model_dump(mode="json", exclude_defaults=True))
    text = json.dumps(record, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_words(part)
            for name, part in value.items()
            if name not in WORDS and not (name in ("low", "high") and isinstance(part, str))
        }
    return [_without_words(part) for part in value] if isinstance(value, list) else value


def read_locks(folder: Path) -> dict[str, Lock] | None:
    """The accepted versions by name (lesson/exercise); None if there is no lock file. Raise BankError."""
    path = folder / FILE
    try:
        return _Locks.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BankError([f"{path}: cannot be read ({error.strerror}); make it readable."]) from error
    except ValidationError as error:
        what = error.errors()[0]["msg"]
        raise BankError([f"{path}: is no lock file ({what}); take it from the last commit again."]) from error


def version_fault(exercise: Exercise, lock: Lock | None) -> str | None:
    """Whether the exercise differs from what was accepted without saying so."""
    if lock is None or exercise.version > lock.version:
        return None
    if exercise.version < lock.version:
        return (
            f"version: {exercise.version} is less than {lock.version}, which was in use; write {lock.version} or more."
        )
    if mark(exercise) != lock.graded:
        return f"version: what is graded has changed since version {lock.version}; write version: {lock.version + 1}."
    return None


def news(exercises: Mapping[str, Exercise], locks: Mapping[str, Lock]) -> Iterator[str]:
    """The names of exercises that are new or have a new version."""
    for name, exercise in exercises.items():
        if name not in locks or exercise.version > locks[name].version:
            yield name


def write_locks(folder: Path, locks: Mapping[str, Lock]) -> None:
    """Write the lock file, a line for each exercise, so that two people's changes merge."""
    (folder / FILE).write_text(locks_text(locks), encoding="utf-8")


def locks_text(locks: Mapping[str, Lock]) -> str:
    """What stands in the lock file."""
    rows = [f"  {json.dumps(name)}: {json.dumps(lock.model_dump())}" for name, lock in sorted(locks.items())]
    return "{\n" + ",\n".join(rows) + "\n}\n"
