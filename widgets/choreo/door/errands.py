"""What is asked of the door itself: whether it is there, and by the hub, to listen at one more address."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable

from choreo.door.away import refused, reply
from choreo.door.head import Head
from choreo.hub.front_door import LISTEN, WORD_HEADER
from choreo.hub.health import health

HEALTH = "/door/health"


class Errands:
    """Answers such requests."""

    def __init__(self, word: str, listen: Callable[[str], Awaitable[None]]) -> None:
        """`word` is what the hub knows, "" where nobody may ask; `listen` takes connections at a host, too."""
        self._word, self._listen = word.encode(), listen

    async def done(self, head: Head, target: str, body: bytes) -> bytes:
        """The whole answer."""
        if target == HEALTH:
            return reply(200, "application/json", json.dumps(health()))
        if target != LISTEN or head.method != b"POST":
            return refused(404, "There is nothing here.")
        said = head.field(WORD_HEADER.lower().encode()).encode("latin-1")
        if not self._word or not hmac.compare_digest(said, self._word):
            return refused(403, "Only this course's own hub may ask for that.")
        try:
            await self._listen(body.decode("latin-1"))
        except OSError as error:
            return refused(502, error.strerror or "It cannot be listened there")
        return reply(200, "text/plain", "It is listened there now.\n")
