"""How faithfully somebody came back: counted to be said kindly, never to be lost."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta

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
