"""How faithfully somebody came back: counted to be said kindly, never to be lost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

LONGEST = 400  # days looked back


def in_a_row(came: Collection[date], waited: Callable[[date], bool], today: date) -> int:
    """How many days in a row somebody came, up to today or the last day they came.

    A day on which nothing waited is no gap, and neither is today, which is not over. `waited(day)` says whether
    something waited from that day's beginning.
    """
    if not came:
        return 0
    count, day, first = 0, today, max(min(came), today - timedelta(days=LONGEST))
    while day >= first:
        if day in came:
            count += 1
        elif day != today and waited(day):
            break
        day -= timedelta(days=1)
    return count


def within(spans: Iterable[tuple[datetime, datetime | None]]) -> Callable[[datetime], bool]:
    """Tells whether a moment lies in one of the spans, which may overlap; one without an end lasts.

    >>> inside = within([(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))])
    >>> inside(datetime(2026, 3, 2, tzinfo=UTC)), inside(datetime(2026, 3, 5, tzinfo=UTC))
    (True, False)
    """
    ordered = sorted((begin, end or datetime.max.replace(tzinfo=UTC)) for begin, end in spans)
    begins = [begin for begin, _ in ordered]
    longest = list(accumulate((end for _, end in ordered), max))

    def inside(moment: datetime) -> bool:
        at = bisect_right(begins, moment)
        return at > 0 and moment <= longest[at - 1]

    return inside
