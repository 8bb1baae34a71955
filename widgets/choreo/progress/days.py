"""Days as people have them: from midnight to midnight in the time zone where they are. Moments are aware datetimes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from choreo.progress.entry import Entry, moment


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day on which a moment falls.

    >>> from zoneinfo import ZoneInfo
    >>> day_of(datetime(2026, 10, 2, 3, tzinfo=UTC), ZoneInfo("America/Los_Angeles"))
    datetime.date(2026, 10, 1)
    """
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # the first and the last day that there are
        return moment.astimezone(UTC).date()


def beginning(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins, in UTC; where clocks skip midnight, the moment at which they do."""
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time(), UTC)


def days_later(moment: datetime, span: timedelta, zone: tzinfo) -> datetime:
    """The beginning of the day that comes a span of whole days after the day of a moment: a day later is the next day."""
    try:
        day = day_of(moment, zone) + span
    except OverflowError:
        day = date.max
    return beginning(day, zone)


def active_days(entries: Iterable[Entry], zone: tzinfo) -> frozenset[date]:
    """The days in `zone` on which something was done."""
    return frozenset(day_of(moment(entry), zone) for entry in entries)
