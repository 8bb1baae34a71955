"""The bank proves itself: every fault of every file, and every exercise graded by its own `checks`.

`python -m choreo.bank.check exercises` prints what it finds; with --accept it also accepts new exercises and versions.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from choreo.bank.between import between_faults
from choreo.bank.cues import cue_faults, length_fault
from choreo.bank.document import Document, read_document
from choreo.bank.fault import BankError
from choreo.bank.files import files
from choreo.bank.hash_marks import cut_off
from choreo.bank.loader import exercise_in
from choreo.bank.proof import Play, goal_faults, proof_faults
from choreo.bank.versions import FILE, Lock, mark, news, read_locks, version_fault, write_locks
from choreo.grading.exercise import Exercise
from choreo.grading.faults import Place, as_name
from choreo.grading.goal import Goal

Unknown = Callable[[Exercise], Sequence[str]]
"""What an exercise says of explorables that they do not know: each fault with its remedy, its field first."""

SCHEMA = "# yaml-language-server: $schema=../schema.json"
_NO_ALT = re.compile(r"!\[\s*\](?=\s*[(\[])")


@dataclass
class Findings:
    """Faults so far, and what was read: exercises and their documents by name (lesson/exercise)."""

    faults: list[str] = field(default_factory=list)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # the names of files that could not be read

    def add(self, document: Document, place: Place, fault: str) -> None:
        """Note a fault with its file and line."""
        self.faults.append(f"{document.path}:{document.line(place)}: {fault}")


def check(folder: Path, play: Play | None = None, accept: bool = False, unknown: Unknown | None = None) -> list[str]:
    """All faults of all lessons in `folder`, each with file, line, fault and remedy; empty when all is well.

    `play` plays the explorables' models; without it goals are not tried. `accept` writes new exercises and raised
    versions into the lock file, which otherwise is a fault to be missing there.
    """
    return sorted(look(folder, play, accept, unknown).faults, key=by_line)


def look(folder: Path, play: Play | None = None, accept: bool = False, unknown: Unknown | None = None) -> Findings:
    """What `check` finds, and what it read on the way."""
    findings = Findings()
    if not folder.is_dir():
        findings.faults.append(f"{folder}: there is no such folder; name the one that has the lessons' exercises.")
        return findings
    for path in files(folder, "*/*"):
        if path.suffix == ".yaml" and path.is_file():
            _read(findings, path, play, unknown)
        else:
            remedy = f"name it {as_name(path.stem) or path.stem}.yaml, or move it away."
            findings.faults.append(f"{path}: not an exercise; {remedy}")
    for name in findings.exercises:
        for place, fault in between_faults(name, findings.exercises):
            if not _is_about(fault, findings.broken):
                findings.add(findings.documents[name], place, fault)
    findings.faults += [f"{folder}: {fault}" for fault in cue_faults(findings.exercises)]
    _versions(findings, folder, accept)
    return findings


def _is_about(fault: str, broken: Collection[str]) -> bool:
    """Whether a fault only says that there is no such exercise as one whose file has faults of its own."""
    named = fault.partition(" (")[0].partition(";")[0]
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", named) for name in broken)


def check_exercise(exercise: Exercise, play: Play | None = None) -> Iterator[tuple[Place, str]]:
    """What one exercise does not prove, each with its place."""
    yield from proof_faults(exercise)
    fault = length_fault(exercise)
    if fault:
        yield fault
    if play and isinstance(exercise, Goal):
        yield from goal_faults(exercise, play)


def _read(findings: Findings, path: Path, play: Play | None, unknown: Unknown | None) -> None:
    try:
        document = read_document(path)
    except BankError as error:
        findings.faults += error.faults
        findings.broken.add(path.stem)
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
    for place in (place for place, text in texts(document.data) if _NO_ALT.search(text)):
        fault = "a picture has no text for those who cannot see it; write ![what it shows](...)."
        findings.add(document, place, fault)
    for place, fault in cut_off(document.root, document.lines):
        findings.add(document, place, f"{place[-1]}: {fault}")
    try:
        exercise = exercise_in(document)
    except BankError as error:
        findings.faults += error.faults
        findings.broken.add(path.stem)
        return
    findings.exercises[f"{path.parent.name}/{exercise.id}"] = exercise
    for fault in (strange := unknown(exercise) if unknown else []):
        findings.add(document, _place_of(fault, document.data), fault)
    for place, fault in check_exercise(exercise, None if strange else play):
        findings.add(document, place, fault)


def _place_of(fault: str, data: Any) -> Place:
    """Where in the file the name stands that a fault puts between quotation marks, if it does; else its field."""
    field, _, rest = fault.partition(":")
    named = re.search(r'"([^"]+)"', rest)
    if not named:
        return (field,)
    if isinstance(data.get(field), dict) and named[1] in data[field]:
        return field, named[1]
    return next((place for place, text in texts(data) if text == named[1] and field in place), (field,))


def texts(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in a file, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, (*place, key))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from texts(part, (*place, at))


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
    there = {f"{path.parent.name}/{as_name(path.stem)}" for path in files(folder, "*/*.yaml")}
    gone = [name for name in locks if name not in there]
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


def by_line(fault: str) -> tuple[str, tuple[int, ...]]:
    """Where a fault belongs among others: by file, then by line, or by a notebook's cell and its line."""
    found = re.match(r"(.*?)(?::(\d+)|, cell (\d+)(?:, line (\d+))?): ", fault)
    if not found:
        return fault.partition(": ")[0], (0,)
    return found[1], tuple(int(number) for number in found.groups()[1:] if number)


if __name__ == "__main__":
    names = [argument for argument in sys.argv[1:] if argument != "--accept"]
    found = check(Path(names[0] if names else "exercises"), accept="--accept" in sys.argv)
    print("\n".join(found) or "All exercises are well.")
    raise SystemExit(bool(found))
