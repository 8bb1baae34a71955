"""The portfolio file: what is in it, and reading it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from choreo.bank.loader import LessonBank
from choreo.grading.exercise import split_variant
from choreo.grading.play import Play
from choreo.grading.verdict import AnswerError
from choreo.hub.api import MAX_BODY, entry_in
from choreo.hub.body import NotJsonError, read_json
from choreo.progress.entry import Entry, EntryError, moment, stamp, to_json

FORMAT = "choreo-portfolio"
VERSION = 1
MAX_ENTRIES = 5000
AHEAD = timedelta(days=1)  # clocks differ; what is dated further ahead is not believed

MAX_NESTS = 200_000  # lists and objects in a file; one with as many entries as can come in has a fifth of that
MARK = b'id="choreo-portfolio"'
TAG = 200  # bytes of a script's tag before and after the mark


class FileError(ValueError):
    """A file that holds no portfolio; the message says what it is instead and what helps."""


@dataclass(frozen=True)
class Sorted:
    """The entries of a file, as far as they can come in."""

    new: tuple[Entry, ...]
    known: int  # kept here already, by the same learner
    others: int  # kept here already, by somebody else
    faults: tuple[str, ...]  # entries left out, and why, one line each


def data(entries: Iterable[Entry], now: datetime) -> str:
    """The file's data, in ASCII and without a `<`, so that it can stand in a page."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        "made": stamp(now),
        "entries": [to_json(entry) for entry in entries],
    }
    return json.dumps(record, indent=1).replace("<", "\\u003c")


def records(content: bytes) -> list[object]:
    """The entries' records in a file, a page or its data alone; raise FileError."""
    if not content.strip():
        raise FileError("Choose a file first; this one is empty.")
    if content.count(b"{") + content.count(b"[") > MAX_NESTS:
        raise FileError("This file holds more than a portfolio could. Choose the one that ends in .html.")
    found = data_in(content)
    try:
        document = read_json(found if found is not None else content)
    except NotJsonError:
        if found is not None:
            raise FileError(
                "This portfolio file is damaged: its data cannot be read. Use another copy of it."
            ) from None
        raise FileError(
            "This is not a portfolio file of Choreo. It is called choreo-portfolio-… .html; download it from the "
            "portfolio page of the other installation."
        ) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FileError("This file holds data, but no portfolio of Choreo. Choose the one that ends in .html.")
    if document.get("version") != VERSION:
        raise FileError(
            "This file was written by a newer Choreo than this one. Bring it in where Choreo is up to date."
        )
    entries = document.get("entries")
    if not isinstance(entries, list):
        raise FileError("This portfolio file is damaged: it has no list of entries. Use another copy of it.")
    if len(entries) > MAX_ENTRIES:
        raise FileError(f"This file has {len(entries)} entries; up to {MAX_ENTRIES} can come in at once.")
    return entries


def data_in(page: bytes) -> bytes | None:
    """What stands in a page's script of this name; None if it has none. Takes time in proportion to the page."""
    small = page.lower()
    at = small.find(MARK)
    while at >= 0:
        tag = small.rfind(b"<script", max(0, at - TAG), at)
        opened = small.find(b">", at, at + TAG)
        if tag >= 0 and b">" not in small[tag:at] and opened >= 0:
            closed = small.find(b"</script", opened)
            return page[opened + 1 : closed] if closed >= 0 else None
        at = small.find(MARK, at + 1)
    return None


def sort(
    found: Sequence[object],
    bank: Callable[[str], LessonBank | None],
    owners: Callable[[Sequence[str]], Mapping[str, str]],
    learner: str | None,
    now: datetime,
) -> Sorted:
    """What of these records can come in for `learner` (None: a new one); what is scored is graded here once more."""
    entries: dict[str, Entry] = {}
    faults = []
    for number, record in enumerate(found, 1):
        try:
            if len(json.dumps(record)) > MAX_BODY:
                raise EntryError(f"longer than {MAX_BODY // 1024} KB")
            entry = entry_in(record)
            if moment(entry) > now + AHEAD:
                raise EntryError(f"dated {entry.at[:10]}, which is still to come")
            entries.setdefault(entry.id, graded(entry, bank))
        except (EntryError, RecursionError) as error:
            faults.append(f"Entry {number}: {str(error)[:300] or 'nested too deep'}.")
    whose = owners(list(entries))
    return Sorted(
        new=tuple(entry for entry in entries.values() if entry.id not in whose),
        known=sum(owner == learner for owner in whose.values()),
        others=sum(owner != learner for owner in whose.values()),
        faults=tuple(faults),
    )


def graded(entry: Entry, bank: Callable[[str], LessonBank | None]) -> Entry:
    """The entry with the score that its answer earns, where its exercise is known; raise EntryError if it is none."""
    exercises = bank(entry.lesson)
    exercise = next((e for e in exercises.exercises if e.id == entry.item), None) if exercises else None
    if exercise is None or exercise.version != entry.version:
        return entry
    if entry.kind in ("settings", "played") and isinstance(exercise, Play):
        return replace(entry, score=None)
    expected = "review" if exercise.review else exercise.entry_kind
    if entry.kind != expected:
        raise EntryError(f'kind: "{entry.item}" is kept as {expected}, not as {entry.kind}')
    variant, answer = split_variant(entry.answer)
    try:
        return replace(entry, score=exercise.variant(variant).grade(answer).score)
    except AnswerError as error:
        raise EntryError(f'answer: does not fit "{entry.item}" ({error})') from error
