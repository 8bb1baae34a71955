"""Days to be reminded of, as a calendar file (iCalendar, RFC 5545): one all-day event each, in whatever zone one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from choreo.progress.plan import Commitment
from choreo.words import _, n_

WIDTH = 75  # octets a line may have, its end not counted
MORNING = "PT9H"  # when the calendar speaks up: nine o'clock by the clock of whoever has it


@dataclass(frozen=True)
class Event:
    """Something on a day. Read in again, a file changes the events that it has by their `uid`, and adds none twice."""

    uid: str
    version: int  # grows with each change
    changed: datetime  # aware
    day: date
    title: str
    about: str  # several lines


def calendar(events: Iterable[Event]) -> str:
    """The file's text; empty if there is no event."""
    lines = [line for event in events for line in _event(event)]
    if not lines:
        return ""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Choreo//Choreo//EN", "CALSCALE:GREGORIAN"]
    return "".join(f"{fold(line)}\r\n" for line in (*head, *lines, "END:VCALENDAR"))


def plan_events(plans: Iterable[Commitment], today: date) -> list[Event]:
    """The plans that are open: each in its own sentence, on its day."""
    return [_plan(plan, plan.by) for plan in plans if plan.by and plan.open(today)]


def _plan(plan: Commitment, by: date) -> Event:
    whom = [_("With: {whom}").format(whom=plan.whom)] if plan.whom else []
    lesson = _("From the lesson: {lesson}").format(lesson=plan.lesson)
    about = "\n".join([plan.what, *whom, lesson])
    return Event(plan.id, plan.changes, datetime.fromisoformat(plan.at), by, plan.what, about)


def review_events(days: Iterable[tuple[date, int]], whose: str, version: int, now: datetime, place: str) -> list[Event]:
    """The days on which review has questions, and how many.

    `whose` is the same in each file of a learner; `version` grows with what they answer; `place` is the address of review.
    """
    return [
        Event(
            f"review-{day:%Y%m%d}-{whose}",
            version,
            now,
            day,
            n_("Review: {count} question", "Review: {count} questions", count).format(count=count),
            _("A few minutes, and it stays with you for weeks.") + f"\n{place}",
        )
        for day, count in days
    ]


def _event(event: Event) -> list[str]:
    title = escape(" ".join(event.title.split()))
    end = [f"DTEND;VALUE=DATE:{_digits(event.day + timedelta(days=1))}"] if event.day < date.max else []
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@choreo",
        f"DTSTAMP:{event.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{event.version}",
        f"DTSTART;VALUE=DATE:{_digits(event.day)}",
        *end,  # without it: one day
        f"SUMMARY:{title}",
        f"DESCRIPTION:{escape(event.about)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        f"TRIGGER:{MORNING}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _digits(by: date) -> str:
    return by.isoformat().replace("-", "")


def escape(text: str) -> str:
    r"""A TEXT value: backslash, semicolon, comma and line end escaped, control characters left out.

    >>> escape("Ask; then, wait")
    'Ask\\; then\\, wait'
    """
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, each further one begun by a space; no character is cut."""
    pieces, piece, room = [], "", WIDTH
    for char in line:
        size = len(char.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", WIDTH - 1
        piece += char
        room -= size
    return "\r\n ".join([*pieces, piece])
