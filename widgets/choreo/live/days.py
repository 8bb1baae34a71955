"""Days, as a session's papers and screens tell them."""

from __future__ import annotations

from datetime import UTC, date, datetime


def day_of(at: float) -> date:
    """The day of a time in seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).date()


def spelled(day: date) -> str:
    """A day in words.

    >>> spelled(date(2027, 5, 3))
    '3 May 2027'
    """
    return f"{day.day} {day:%B %Y}"
