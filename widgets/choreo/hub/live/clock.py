"""Time that never goes back."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from choreo.progress.entry import stamp


class Clock:
    """Seconds since 1970, by the monotonic clock from the start on: setting the computer's clock changes nothing."""

    def __init__(self) -> None:
        """Look at the computer's clock once."""
        self._ahead = time.time() - time.monotonic()

    def __call__(self) -> float:
        """The time."""
        return time.monotonic() + self._ahead

    def not_before(self, at: float) -> None:
        """Go on from `at`, if that is later: a log from before a restart may be ahead of the computer's clock."""
        self._ahead = max(self._ahead, at - time.monotonic())


def row_time(at: float) -> str:
    """A time as rows keep it."""
    return stamp(datetime.fromtimestamp(at, UTC))
