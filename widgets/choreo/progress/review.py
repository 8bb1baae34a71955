"""Spaced review on a fixed schedule: a question comes back after 1, 3, 7 and 21 days.

Spacing beats cramming (g .74, Latimier, Peyre & Ramus 2021) and retrieval beats rereading (g .51, Adesope, Trevisan &
Sundararajan 2017); a fixed schedule is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from choreo.progress.entry import Entry, moment

INTERVALS = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=21))
PASS = 0.99  # a review answer counts as remembered from this score on


@dataclass(frozen=True)
class Due:
    """One question and when it comes back next; `at` is None once it came back often enough."""

    item: str
    at: datetime | None
    step: int  # how often in a row it was remembered, 0 to 4


def taken(entries: Iterable[Entry]) -> datetime | None:
    """When the lesson's review clock started: at its first scored attempt; None if there is none yet."""
    return min((moment(e) for e in entries if e.kind == "attempt"), default=None)


def schedule(questions: Sequence[str], entries: Sequence[Entry]) -> list[Due]:
    """When each review question of one lesson is due, in the order given; empty if the lesson was not begun.

    A remembered answer moves a question one interval on, a missed one back to the first. Answers given before a
    question was due do not move it.
    """
    start = taken(entries)
    if start is None:
        return []
    return [_due(question, start, entries) for question in questions]


def _due(question: str, start: datetime, entries: Sequence[Entry]) -> Due:
    step, at = 0, start + INTERVALS[0]
    answers = sorted((e for e in entries if e.kind == "review" and e.item == question), key=lambda e: (e.at, e.id))
    for answer in answers:
        when = moment(answer)
        if when < at:
            continue
        step = step + 1 if (answer.score or 0) >= PASS else 0
        if step == len(INTERVALS):
            return Due(question, None, step)
        at = when + INTERVALS[step]
    return Due(question, at, step)


def due_now(schedule_: Iterable[Due], now: datetime) -> list[str]:
    """The questions whose time has come."""
    return [due.item for due in schedule_ if due.at is not None and due.at <= now]
