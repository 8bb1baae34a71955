"""Spaced review on a fixed schedule: a question comes back after 1, 3, 7, 21 and 60 days.

Spacing beats cramming (g .74, Latimier, Peyre & Ramus 2021) and retrieval beats rereading (g .51, Adesope, Trevisan &
Sundararajan 2017); a fixed schedule is enough. Questions of different lessons are mixed: who must first find out which
idea a case is about learns more than who is told by the order (interleaving, g .42, Brunmair & Richter 2019).

A day is a day of the learner's: what is due after one comes with the next, whatever the hour.

A question comes back for what was met. Most name the exercise of the lesson whose step they ask about (`follows`): their
clock starts with the first answer to it. One that names none waits until half of the lesson's items are done, whatever
their order: a learner who played with the first stage and left is not asked about the last page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TypeVar

from choreo.bank.loader import LessonBank
from choreo.progress.completion import ASIDE
from choreo.progress.days import day_of, days_later
from choreo.progress.entry import Entry, in_order, moment

INTERVALS = tuple(timedelta(days=days) for days in (1, 3, 7, 21, 60))
PASS = 0.99  # a review answer counts as remembered from this score on
DAILY = 12  # questions a day: more is a chore, and whoever puts it off never comes back

Item = TypeVar("Item")


@dataclass(frozen=True)
class Due:
    """One question and when it comes back next; `at` is None once it came back often enough."""

    item: str
    at: datetime | None
    step: int  # how often in a row it was remembered, 0 to 5


@dataclass(frozen=True)
class Turn:
    """One time that a question waited: from when, how often it was remembered before, and when it was answered."""

    at: datetime | None  # None once it came back often enough
    step: int
    until: datetime | None  # None while it was not answered


def schedule(bank: LessonBank, questions: Sequence[str], entries: Sequence[Entry], zone: tzinfo = UTC) -> list[Due]:
    """When each of the lesson's `questions` is due, in the order given, without those not met yet.

    A remembered answer moves a question one interval on, a missed one back to the first. Answers given before a
    question was due do not move it. Days are those of `zone`.
    """
    turns = _turns(bank, questions, entries, zone)
    return [Due(question, times[-1].at, times[-1].step) for question, times in turns.items()]


def waits(
    bank: LessonBank, questions: Sequence[str], entries: Sequence[Entry], zone: tzinfo = UTC
) -> list[tuple[datetime, datetime | None]]:
    """The spans of time, by their ends, in which one of the `questions` was due; the end of one that lasts is None."""
    turns = _turns(bank, questions, entries, zone)
    return [(turn.at, turn.until) for times in turns.values() for turn in times if turn.at is not None]


def _turns(bank: LessonBank, questions: Sequence[str], entries: Sequence[Entry], zone: tzinfo) -> dict[str, list[Turn]]:
    """How those questions came back that were met: each entry is looked at once, however many questions there are."""
    first: dict[str, datetime] = {}
    answers: dict[str, list[Entry]] = {question: [] for question in questions}
    for entry in in_order(entries):
        if entry.kind not in ASIDE:
            first.setdefault(entry.item, moment(entry))
        if entry.kind == "review" and entry.item in answers:
            answers[entry.item].append(entry)
    turns = {}
    for question, given in answers.items():
        start = _met(question, bank, first)
        asked = moment(given[0]) if given else None
        if asked is not None and (start is None or asked < start):  # under an earlier rule, or elsewhere
            turns[question] = list(_times(asked, given, zone))
        elif start is not None:
            turns[question] = list(_times(days_later(start, INTERVALS[0], zone), given, zone))
    return turns


def _met(question: str, bank: LessonBank, first: Mapping[str, datetime]) -> datetime | None:
    """When a learner had met what the question asks about, by when they `first` did each item; None if not yet."""
    follows = bank.get(question).follows
    if follows is not None:
        return first.get(follows)
    done = sorted(first[item] for item in bank.items if item in first)
    needed = (len(bank.items) + 1) // 2
    return done[needed - 1] if 0 < needed <= len(done) else None


def _times(at: datetime, answers: Sequence[Entry], zone: tzinfo) -> Iterator[Turn]:
    step = 0
    for answer in answers:
        when = moment(answer)
        if when < at:
            continue
        yield Turn(at, step, when)
        step = step + 1 if (answer.score or 0) >= PASS else 0
        if step == len(INTERVALS):
            yield Turn(None, step, None)
            return
        at = days_later(when, INTERVALS[step], zone)
    yield Turn(at, step, None)


def due_now(schedule_: Iterable[Due], now: datetime) -> list[Due]:
    """Those whose time has come, the longest waiting first."""
    waiting = [(due.at, place, due) for place, due in enumerate(schedule_) if due.at is not None and due.at <= now]
    return [due for _, _, due in sorted(waiting, key=lambda one: one[:2])]


def room_today(entries: Iterable[Entry], now: datetime) -> int:
    """How many questions may still be asked on the day of `now`, in its zone; asking one once more costs nothing."""
    zone = now.tzinfo or UTC
    reviews = (e for e in entries if e.kind == "review" and day_of(moment(e), zone) == now.date())
    asked = {(e.lesson, e.item) for e in reviews}
    return max(0, DAILY - len(asked))


def days_ahead(
    questions: Iterable[datetime], plans: Iterable[datetime], room: int, now: datetime
) -> list[tuple[date, int]]:
    """The days, from that of `now` on, on which review asks something, and how much on each, if it is done each time.

    `questions` and `plans` are when each comes back; today has `room` for so many questions, and what a day has no room
    for is asked on the next. Plans are few and asked once: there is always room for them.
    """
    zone, today = now.tzinfo or UTC, now.date()
    waiting = Counter(max(day_of(at, zone), today) for at in questions)
    asked = Counter(max(day_of(at, zone), today) for at in plans)
    left, day = 0, today
    while left or waiting:
        day = day if left else max(day, min(waiting))
        left += waiting.pop(day, 0)
        some = min(left, room if day == today else DAILY)
        asked[day] += some
        left, day = left - some, day + timedelta(days=1)
    return sorted((day, count) for day, count in asked.items() if count)


def interleaved(groups: Mapping[str, Sequence[Item]]) -> list[Item]:
    """One of each group in turn, so that two of the same follow each other only where nothing else is left.

    >>> interleaved({"silos": [1, 2, 3], "choreography": [7]})
    [1, 7, 2, 3]
    """
    most = max(map(len, groups.values()), default=0)
    return [group[at] for at in range(most) for group in groups.values() if at < len(group)]
