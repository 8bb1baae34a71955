"""Plans gone through once more: some days after an if-then plan was made, whether its moment came. There is no score.

To call a plan to mind once makes it likelier that its moment is noticed; more often would be nagging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from choreo.grading.commit import planned
from choreo.progress.days import days_later
from choreo.progress.entry import Entry, in_order, moment
from choreo.progress.review import INTERVALS

CAME = ("did", "other", "not-yet")  # the moment came and it was done; it came and went otherwise; it has not come


@dataclass(frozen=True)
class Rehearsal:
    """A plan to be called to mind."""

    lesson: str
    item: str
    version: int  # of the exercise it answers
    when: str  # as it stands within a sentence
    will: str
    at: datetime


def rehearsals(entries: Sequence[Entry], zone: tzinfo = UTC) -> list[Rehearsal]:
    """Every plan that was not called to mind yet, with the time when it is: the day after it was last changed."""
    newest = {(e.lesson, e.item): e for e in in_order(entries) if e.kind == "commitment"}
    asked = {(e.lesson, e.item) for e in entries if e.kind == "review"}
    plans = []
    for name, entry in newest.items():
        when, will = planned(entry.answer)
        if when and name not in asked:
            at = days_later(moment(entry), INTERVALS[0], zone)
            plans.append(Rehearsal(*name, entry.version, when, will, at))
    return plans
