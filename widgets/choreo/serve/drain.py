"""How a lesson server leaves in order: it takes nobody new, and has its open pages move to other servers.

Whoever stands before several servers asks the next one where an answer is 503 and carries PASS_ON. Pages move by themselves:
each is told once, one after another, and says goodbye when it has a kernel elsewhere (client/src/moving.js).
"""

from __future__ import annotations

import asyncio
import time

from tornado.web import RequestHandler

from choreo.serve.sessions import Sessions

PASS_ON = ("X-Choreo-Next", "1")  # header: another lesson server may have what this one has not
SPREAD = (
    0.75  # of the time to leave: within this all pages are told, so that the last of them can still wait for a rest
)
PACE = 0.25  # seconds between two pages, where there is time for that: each costs another server a kernel
LOOK = 0.1  # seconds between two looks


class Drain:
    """Whether this server takes nobody new any more, and how it gets empty."""

    def __init__(self, sessions: Sessions | None, seconds: float) -> None:
        """Open to everybody. To leave takes at most `seconds`; 0 is at once. Without `sessions` there is nobody to tell."""
        self._sessions, self._seconds = sessions, seconds
        self.draining = False

    @property
    def takes_time(self) -> bool:
        """Whether there is something to wait for before this server may end."""
        return self._sessions is not None and self._seconds > 0

    async def leave(self) -> None:
        """Take nobody new, tell all pages to move, and return once none is left, at the latest after `seconds`."""
        self.draining = True
        if self._sessions is None:
            return
        began, told = time.monotonic(), 0
        pace = min(PACE, SPREAD * self._seconds / max(1, len(self._sessions.pages())))
        while (gone := time.monotonic() - began) < self._seconds and (pages := self._sessions.pages()):
            untold = [page for page in pages if page.move and not page.told]
            for page in untold[: max(0, int(gone / pace) + 1 - told)]:
                page.tell_to_move()
                told += 1
            await asyncio.sleep(LOOK)


def pass_on(handler: RequestHandler) -> None:
    """Answer that another server may have what is asked for; nothing of this is kept."""
    handler.set_status(503)
    handler.set_header(*PASS_ON)
    handler.set_header("Cache-Control", "no-store")
    handler.finish()
