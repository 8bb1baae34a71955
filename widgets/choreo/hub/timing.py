"""Times as people say them."""

from __future__ import annotations

from datetime import UTC, datetime

from choreo.progress.days import day_of


def until(at: datetime, now: datetime) -> str:
    """How far away a moment is, in days of the zone of `now`.

    >>> from datetime import timedelta
    >>> evening = datetime(2026, 11, 20, 22, tzinfo=UTC)
    >>> until(evening + timedelta(hours=3), evening), until(evening + timedelta(days=3), evening)
    ('tomorrow', 'in 3 days')
    """
    if at <= now:
        return "now"
    days = (day_of(at, now.tzinfo or UTC) - now.date()).days
    return ("later today", "tomorrow")[days] if days < 2 else f"in {days} days"
