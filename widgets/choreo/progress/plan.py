"""Commitments as they stand now: what somebody will do, with whom, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from choreo.grading.commit import sentence
from choreo.progress.entry import Entry
from choreo.progress.legible import day, plain


@dataclass(frozen=True)
class Commitment:
    """What somebody will do, newest version."""

    id: str  # of the first version, so that it stays the same
    lesson: str  # the lesson's title
    item: str
    what: str  # "When the call begins, I will ask.", or a sentence of their own from before there were plans
    whom: str
    by: date | None
    at: str  # when it was last changed (an entry's `at`)
    changes: int  # since the first version
    done: bool  # whether review was told that the moment came and it was done

    def open(self, today: date) -> bool:
        """Whether its day is still to come and it is not done."""
        return self.by is not None and self.by >= today and not self.done


def commitments(title: str, entries: Sequence[Entry]) -> tuple[Commitment, ...]:
    """Those of one lesson, whose entries these are in order, in the order in which they were first made."""
    made: dict[str, list[Entry]] = {}
    told: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == "commitment":
            made.setdefault(entry.item, []).append(entry)
        elif entry.kind == "review":
            told[entry.item] = entry
    found = []
    for item, versions in made.items():
        newest = versions[-1]
        what, whom = plain(sentence(newest.answer)).strip(), plain(newest.answer.get("whom")).strip()
        done = item in told and told[item].answer.get("came") == "did" and told[item].at >= newest.at
        if what:
            by = day(newest.answer.get("by"))
            found.append(Commitment(versions[0].id, title, item, what, whom, by, newest.at, len(versions) - 1, done))
    return tuple(found)


def by_day(plans: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The next one first, those without a day last."""
    return tuple(sorted(plans, key=lambda plan: (plan.by or date.max, plan.at, plan.id)))
