"""What learners keep, in memory: a store, and a lesson's work over it. Both can be told to fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from choreo.grading.exercise import Answer, Exercise
from choreo.progress.entry import Entry, new_entry
from choreo.progress.store import StoreError

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Memory:
    """A store, with other people in it."""

    def __init__(self, others: Sequence[Answer] | None = None, whose: str = "somebody") -> None:
        """Nothing is kept; `others` is what others answered, to whatever is asked."""
        self.whose = whose
        self.kept: list[Entry] = []
        self.others = others
        self.reads = 0  # how often entries were asked for
        self.fails = False  # whether nothing can be kept or read
        self.lonely = False  # whether others cannot be asked
        self.asked: list[tuple[str, str]] = []  # lesson and exercise that others were asked about

    def add(self, entry: Entry) -> None:
        self._fail(self.fails, "The disk is full.")
        self.kept.append(entry)

    def entries(self, lesson: str, *beside: str) -> list[Entry]:
        self._fail(self.fails, "The disk is full.")
        self.reads += 1
        return [entry for entry in self.kept if entry.lesson == lesson or entry.address in beside]

    def cohort(self, lesson: str, item: str) -> list[Answer] | None:
        self.asked.append((lesson, item))
        self._fail(self.lonely, "The course server does not answer.")
        return None if self.others is None else list(self.others)

    def _fail(self, fails: bool, words: str) -> None:
        if fails:
            raise StoreError(words)


class Kept:
    """The work of one lesson; a minute goes by from entry to entry."""

    name = "09-test"

    def __init__(
        self, whose: str = "me", others: Sequence[Answer] | None = None, exercises: Sequence[Exercise] = ()
    ) -> None:
        self.store = Memory(others, whose)
        self.exercises = tuple(exercises)

    @property
    def whose(self) -> str:
        return self.store.whose

    @property
    def entries(self) -> list[Entry]:
        return self.store.kept

    def keep(self, exercise: Exercise, answer: Answer, score: float | None = None, kind: str = "") -> Entry:
        now = NOON + timedelta(minutes=len(self.entries))
        kind = kind or exercise.entry_kind
        entry = new_entry(self.name, exercise.id, kind, exercise.version, answer, score, now)
        self.store.add(entry)
        return entry

    def newest(self) -> Sequence[Entry]:
        return self.store.entries(self.name)

    def others(self, exercise: Exercise) -> list[Answer] | None:
        return self.store.cohort(self.name, exercise.id)
