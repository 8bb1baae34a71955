"""A learner's work in one lesson, as its components use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from choreo.grading.exercise import Answer, Exercise
from choreo.progress.entry import Entry


class Work(Protocol):
    """The way from a component to where the learner's work is kept; a lesson is one."""

    @property
    def name(self) -> str:
        """The lesson's: "09-choreography"."""

    @property
    def exercises(self) -> Sequence[Exercise]:
        """All exercises of the lesson."""

    @property
    def whose(self) -> str:
        """The learner's mark, which tells nothing about them; empty until their work is open."""

    def keep(self, exercise: Exercise, answer: Answer, score: float | None = None, kind: str = "") -> Entry:
        """Store an answer for good and return its entry, of the exercise's own kind if none is named; raise StoreError."""

    def newest(self) -> Sequence[Entry]:
        """All that is kept, also from another window; raise StoreError if it cannot be asked for."""

    def others(self, exercise: Exercise) -> Sequence[Answer] | None:
        """What other people answered; None if they are too few, or cannot be asked just now."""
