"""Collaborations of the learner's own: what all lessons come back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, tzinfo

from choreo.grading.collaboration import Named, named
from choreo.progress.days import day_of
from choreo.progress.entry import Entry, moment
from choreo.progress.legible import plain


@dataclass(frozen=True)
class Own:
    """One of them, as it is named now."""

    address: str  # lesson/item
    lesson: str  # the lesson's title
    named: Named
    on: date


def collaborations(entries: Sequence[Entry], titles: Mapping[str, str], zone: tzinfo) -> tuple[Own, ...]:
    """Those that are named, in the order in which they first were; mostly one. `entries` are in order."""
    newest = {entry.address: entry for entry in entries if entry.kind == "collaboration"}
    return tuple(
        Own(address, titles[entry.lesson], Named(*map(plain, astuple(found))), day_of(moment(entry), zone))
        for address, entry in newest.items()
        if (found := named(entry.answer))
    )
