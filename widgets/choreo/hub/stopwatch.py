"""Times every answer of the hub, up to its beginning: a stream of a live session goes on for an hour."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from choreo.hub.measures import Measures

PARTS = ("api", "live", "static")  # beginnings of addresses; everything else is a page


class Stopwatch:
    """Around everything else."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        """Time `app`."""
        self._app, self._measures = app, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and note when it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._measures.answered(part_of(scope["path"]), message["status"], time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, noted)


def part_of(path: str) -> str:
    """Which part of the hub an address belongs to, one of a few.

    >>> part_of("/api/entries"), part_of("/live/join"), part_of("/ABCDEF"), part_of("/health")
    ('api', 'live', 'page', 'probe')
    """
    first, slash, _ = path[1:].partition("/")
    if not slash:
        return "probe" if first in ("health", "live", "ready", "metrics") else "page"
    return first if first in PARTS else "page"
