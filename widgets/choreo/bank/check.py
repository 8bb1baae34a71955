"""The bank proves itself: every fault of every file, and every exercise graded by its own `checks`.

`python -m choreo.bank.check exercises` prints what it finds; with --accept it also accepts new exercises and versions.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from choreo.bank.document import Document, read_document
from choreo.bank.fault import BankError
from choreo.bank.loader import exercise_in
from choreo.bank.proof import Play, goal_faults, proof_faults
from choreo.bank.versions import FILE, Lock, mark, news, read_locks, version_fault, write_locks
from choreo.grading.exercise import Exercise
from choreo.grading.faults import Place
from choreo.grading.goal import Goal
from choreo.grading.profile import Profile

SCHEMA = "# yaml-language-server: $schema=../schema.json"
_NO_ALT = re.compile(r"!\[\s*\](?=\s*[(\[])")


@dataclass
class Findings:
    """Faults so far, and what was read: exercises and their documents by name (lesson/exercise)."""

    faults: list[str] = field(default_factory=list)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def add(self, document: Document, place: Place, fault: str) -> None:
        """Note a fault with its file and line."""
        self.faults.append(f"{document.path}:{document.line(place)}: {fault}")


def check(folder: Path, play: Play | None = None, accept: bool = False) -> list[str]:
    """All faults of all lessons in `folder`, each with file, line, fault and remedy; empty when all is well.

    `play` plays the explorables' models; without it goals are not tried. `accept` writes new exercises and raised
    versions into the lock file, which otherwise is a fault to be missing there.
    """
    if not folder.is_dir():
        return [f"{folder}: there is no such folder; name the one that has the lessons' exercises."]
    findings = Findings()
    for path in sorted(folder.glob("*/*")):
        if path.suffix == ".yaml" and path.is_file():
            _read(findings, path, play)
        else:
            findings.faults.append(f"{path}: not an exercise; name it {path.stem}.yaml, or move it away.")
    for name, exercise in findings.exercises.items():
        for place, fault in _follow_faults(exercise, findings.exercises):
            findings.add(findings.documents[name], place, fault)
    _versions(findings, folder, accept)
    return sorted(findings.faults, key=_by_line)


def check_exercise(exercise: Exercise, play: Play | None = None) -> Iterator[tuple[Place, str]]:
    """What one exercise does not prove, each with its place."""
    yield from proof_faults(exercise)
    if play and isinstance(exercise, Goal):
        yield from goal_faults(exercise, play)


def _read(findings: Findings, path: Path, play: Play | None) -> None:
    try:
        document = read_document(path)
    except BankError as error:
        findings.faults += error.faults
        return
    if isinstance(document.data, dict) and isinstance(document.data.get("id"), str):
        name = f"{path.parent.name}/{document.data['id']}"
        if name in findings.documents:
            other = findings.documents[name].path.name
            findings.add(document, ("id",), f"id: {document.data['id']} is also in {other}; rename one of them.")
        findings.documents.setdefault(name, document)
    with path.open(encoding="utf-8-sig") as file:
        if file.readline().rstrip() != SCHEMA:
            findings.faults.append(f"{path}:1: the first line does not name the schema for editors; make it {SCHEMA}")
    for place in _pictures(document.data):
        fault = "a picture has no text for those who cannot see it; write ![what it shows](...)."
        findings.add(document, place, fault)
    try:
        exercise = exercise_in(document)
    except BankError as error:
        findings.faults += error.faults
        return
    findings.exercises[f"{path.parent.name}/{exercise.id}"] = exercise
    for place, fault in check_exercise(exercise, play):
        findings.add(document, place, fault)


def _pictures(value: Any, place: Place = ()) -> Iterator[Place]:
    """Where a picture stands without words for it."""
    if isinstance(value, str) and _NO_ALT.search(value):
        yield place
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _pictures(part, (*place, key))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _pictures(part, (*place, at))


def _follow_faults(exercise: Exercise, known: Mapping[str, Exercise]) -> Iterator[tuple[Place, str]]:
    """Whether the profile that this one is laid over is there, and asks the same."""
    if not isinstance(exercise, Profile) or exercise.first is None:
        return
    first = known.get(exercise.first)
    if not isinstance(first, Profile):
        yield ("first",), f"first: {exercise.first} is no profile; name one as lesson/exercise."
    elif (first.dimensions, first.statements, first.scale.points) != (
        exercise.dimensions,
        exercise.statements,
        exercise.scale.points,
    ):
        yield ("first",), f"first: {exercise.first} has other dimensions, statements or points; make them the same."


def _versions(findings: Findings, folder: Path, accept: bool) -> None:
    try:
        locks = read_locks(folder)
    except BankError as error:
        findings.faults += error.faults
        return
    remedy = "accept it with `choreo check --accept`."
    if locks is None and not accept:
        if findings.exercises:
            findings.faults.append(f"{folder / FILE}: is missing; write it with `choreo check --accept`.")
        return
    locks = locks or {}
    for name, exercise in findings.exercises.items():
        fault = version_fault(exercise, locks.get(name))
        if fault:
            findings.add(findings.documents[name], ("version",), fault)
    gone = [name for name in locks if not (folder / f"{name}.yaml").is_file()]
    if accept:
        fresh = {
            name: Lock(version=findings.exercises[name].version, graded=mark(findings.exercises[name]))
            for name in news(findings.exercises, locks)
        }
        write_locks(folder, {name: lock for name, lock in (locks | fresh).items() if name not in gone})
        return
    for name in news(findings.exercises, locks):
        what = "has a new version" if name in locks else "is new"
        findings.add(findings.documents[name], ("version",), f"version: this exercise {what}; {remedy}")
    for name in gone:
        fault = f"{name} is in use and its file is gone; put it back, or let it go with `choreo check --accept`."
        findings.faults.append(f"{folder / FILE}: {fault}")


def _by_line(fault: str) -> tuple[str, int]:
    found = re.match(r"(.*?):(\d+): ", fault)
    return (found[1], int(found[2])) if found else (fault.partition(": ")[0], 0)


if __name__ == "__main__":
    names = [argument for argument in sys.argv[1:] if argument != "--accept"]
    found = check(Path(names[0] if names else "exercises"), accept="--accept" in sys.argv)
    print("\n".join(found) or "All exercises are well.")
    raise SystemExit(bool(found))
