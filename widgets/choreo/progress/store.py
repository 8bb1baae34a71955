"""Where entries are kept: the protocol that every store keeps to."""

from __future__ import annotations

from typing import Any, Protocol

from choreo.progress.entry import Entry


class StoreError(Exception):
    """An entry was not stored or not read; the message says why and what helps, in the learner's words."""


class Store(Protocol):
    """One learner's entries. Nothing is ever changed or lost; adding an entry twice keeps it once."""

    @property
    def whose(self) -> str:
        """A mark that differs from learner to learner and tells nothing about them."""

    def add(self, entry: Entry) -> None:
        """Keep the entry for good, or raise StoreError."""

    def entries(self, lesson: str, *beside: str) -> list[Entry]:
        """All entries of a lesson, oldest first; raise StoreError if they cannot be read.

        With them, in one request, those of exercises of other lessons that are named in `beside` ("lesson/exercise").
        """

    def cohort(self, lesson: str, item: str) -> list[dict[str, Any]] | None:
        """Everybody's newest answers to an exercise, without names; None if they are too few, or nobody else is here."""
