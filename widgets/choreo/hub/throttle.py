"""How often somebody may guess."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
MISSES_EACH = 10
MISSES_ALL = 300  # of everybody together


class Throttle:
    """Counts misses within the last ten minutes, per address and in all; keeps no more than it needs."""

    def __init__(self) -> None:
        """Begin with none."""
        self._misses: deque[tuple[datetime, str]] = deque()

    def miss(self, address: str, now: datetime) -> None:
        """Note a wrong guess."""
        self._forget(now)
        self._misses.append((now, address))

    def blocked(self, address: str, now: datetime) -> bool:
        """Whether this address must wait."""
        self._forget(now)
        own = sum(known == address for _, known in self._misses)
        return own >= MISSES_EACH or len(self._misses) >= MISSES_ALL

    def _forget(self, now: datetime) -> None:
        while self._misses and self._misses[0][0] <= now - WINDOW:
            self._misses.popleft()
