"""What is on its way to one client: every acknowledgement, and of what it shows only the newest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

MOST_WAITING = 400  # acknowledgements that nobody reads
PATIENCE = 10.0  # seconds that one message may take


class Connection:
    """A line to a client. It never makes anybody wait: a client that reads nothing is dropped."""

    __slots__ = ("_busy", "_last", "_shown", "_some", "_task", "_told", "dropped", "links", "secret", "who")

    def __init__(self, who: str = "", secret: str = "") -> None:
        """For this participant, whose secret is needed to know their ballots."""
        self.who, self.secret = who, secret
        self.dropped = 0  # the code of the closing, once it was dropped
        self.links = ""  # where phones reach the hub, as far as this client knows
        self._told: list[str] = []
        self._shown: str | None = None
        self._last = ""
        self._some = asyncio.Event()
        self._busy = 0.0
        self._task: asyncio.Task[Any] | None = None

    def tell(self, text: str) -> None:
        """Send this."""
        if len(self._told) >= MOST_WAITING:
            self.drop(4408)
            return
        self._told.append(text)
        self._some.set()

    def show(self, text: str) -> None:
        """Send this if it is new, unless something newer is there before it was sent."""
        if text != self._last:
            self._last = self._shown = text
            self._some.set()

    async def pump(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Send until nobody is there any more."""
        while True:
            await self._some.wait()
            self._some.clear()
            told, self._told = self._told, []
            shown, self._shown = self._shown, None
            self._busy = time.monotonic()
            for text in told:
                await send(text)
            if shown is not None:
                await send(shown)
            self._busy = 0.0

    async def serve(self, read: Callable[[], Awaitable[None]], send: Callable[[str], Awaitable[None]]) -> int:
        """Read and send until either ends; the code to close with, 0 if the client has gone."""
        self._task = asyncio.current_task()
        pump = asyncio.create_task(self._pumped(send))
        try:
            await read()
        except asyncio.CancelledError:
            if not self.dropped or self._task is None:
                raise
            self._task.uncancel()
        finally:
            self._task = None
            pump.cancel()
            self._told.clear()
        return self.dropped

    async def _pumped(self, send: Callable[[str], Awaitable[None]]) -> None:
        try:
            await self.pump(send)
        except asyncio.CancelledError:
            raise
        except Exception:  # the client has gone while it was spoken to
            self.drop(1001)

    def stuck(self, now: float) -> bool:
        """Whether the client has not read for too long."""
        return self._busy > 0 and now - self._busy > PATIENCE

    @property
    def unread(self) -> bool:
        """Whether something is on its way that the client has not taken: then there is no saying goodbye."""
        return self._busy > 0

    def drop(self, code: int) -> None:
        """End the line with this code."""
        if not self.dropped:
            self.dropped = code
            if self._task is not None:
                self._task.cancel()
