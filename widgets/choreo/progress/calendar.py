"""Commitments as a calendar file (iCalendar, RFC 5545): one all-day event each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from choreo.progress.portfolio import Commitment

WIDTH = 75  # octets a line may have, its end not counted


def calendar(commitments: Iterable[Commitment]) -> str:
    """The file's text, for those commitments that have a day; empty if there is none.

    An event keeps its UID when its commitment is changed, and SEQUENCE says which version is newer: read in again, the
    file changes the event instead of adding another.
    """
    events = [_event(commitment, commitment.by) for commitment in commitments if commitment.by]
    if not events:
        return ""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Choreo//Commitments//EN", "CALSCALE:GREGORIAN"]
    lines = [*head, *(line for event in events for line in event), "END:VCALENDAR"]
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event(commitment: Commitment, by: date) -> list[str]:
    changed = datetime.fromisoformat(commitment.at).astimezone(UTC)
    about = "\n".join(
        line
        for line in (
            commitment.what,
            f"With: {commitment.whom}" if commitment.whom else "",
            f"From the lesson: {commitment.lesson}",
        )
        if line
    )
    summary = " ".join(commitment.what.split())
    end = [f"DTEND;VALUE=DATE:{_digits(by + timedelta(days=1))}"] if by < date.max else []  # without it: one day
    return [
        "BEGIN:VEVENT",
        f"UID:{commitment.id}@choreo",
        f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{commitment.changes}",
        f"DTSTART;VALUE=DATE:{_digits(by)}",
        *end,
        f"SUMMARY:{escape(summary)}",
        f"DESCRIPTION:{escape(about)}",
        "TRANSP:TRANSPARENT",
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
