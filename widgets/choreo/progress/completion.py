"""How far a learner has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from choreo.progress.entry import Entry, in_order

ASIDE = ("review", "settings", "played")  # kinds of entries that complete nothing


@dataclass(frozen=True)
class Progress:
    """Done items out of all items of a lesson."""

    done: int
    total: int
    last: str | None  # when something was last done (an entry's `at`)

    @property
    def share(self) -> float:
        """0 to 1; an empty lesson is not begun."""
        return self.done / self.total if self.total else 0.0

    @property
    def complete(self) -> bool:
        """Whether every item is done."""
        return self.total > 0 and self.done == self.total


def latest(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The newest entry of each item, by item name; what answers no item (review, settings kept, played) is left out."""
    newest: dict[str, Entry] = {}
    for entry in in_order(e for e in entries if e.kind not in ASIDE):
        newest[entry.item] = entry
    return newest


def progress(items: Sequence[str], entries: Iterable[Entry]) -> Progress:
    """How many of a lesson's `items` have an entry. An item is done when it was answered, right or wrong."""
    newest = latest(entries)
    done = sum(item in newest for item in items)
    return Progress(done, len(items), max((entry.at for entry in newest.values()), default=None))
