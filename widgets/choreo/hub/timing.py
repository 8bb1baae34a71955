"""Times as people say them. The hub does not know a visitor's time zone, so it counts from now."""

from __future__ import annotations

from datetime import datetime, timedelta


def until(at: datetime, now: datetime) -> str:
    """How far away a moment is.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> until(noon + timedelta(days=3), noon), until(noon + timedelta(hours=23, minutes=50), noon)
    ('in 3 days', 'in a day')
    """
    left = at - now
    if left <= timedelta(0):
        return "now"
    if left < timedelta(minutes=50):
        return "within the hour"
    hours = round(left / timedelta(hours=1))
    if 20 <= hours <= 36:
        return "in a day"
    if hours < 20:
        return f"in {hours} hour{'s' if hours > 1 else ''}"
    return f"in {round(left / timedelta(days=1))} days"
