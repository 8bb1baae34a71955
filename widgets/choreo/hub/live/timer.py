"""The clock of the running activity: a tick in the log when it wants one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from choreo.hub.live.clock import Clock
from choreo.hub.live.writer import Settle
from choreo.live.session import Session

LONGEST = 3600.0  # seconds that are waited at once
RETRY = 1.0  # seconds until a tick that was not written is tried again


class Timer:
    """Waits for the running activity."""

    def __init__(
        self, session: Session, clock: Clock, is_closing: Callable[[], bool], tick: Callable[[Settle], None]
    ) -> None:
        """`tick` has the event written, unless the room `is_closing`."""
        self._session, self._clock, self._is_closing, self._tick = session, clock, is_closing, tick
        self._handle: asyncio.TimerHandle | None = None

    def set(self) -> None:
        """Wait for what the activity wants now, and for nothing else."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        wake = self._wanted()
        if wake is not None:
            self._wait(min(max(0.0, wake - self._clock()), LONGEST), wake)

    def _wanted(self) -> float | None:
        activity = self._session.activity
        return None if activity is None or activity.paused or self._is_closing() else activity.wake

    def _wait(self, seconds: float, wake: float) -> None:
        self._handle = asyncio.get_running_loop().call_later(seconds, self._over, wake)

    def _over(self, wake: float) -> None:
        self._handle = None
        if self._wanted() != wake:
            return
        if self._clock() < wake:
            self.set()
            return

        def settled(why: str) -> None:
            if why and self._handle is None:
                self._wait(RETRY, wake)

        self._tick(settled)
