"""Who waits for a place, in the order of coming, wherever they came first.

Lesson servers know nothing of each other. A page that waits on its own waits on the others as well, under the ticket that its own
has signed (client/src/around.js). So each server knows of all who wait, and gives its next place to whoever came first.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from choreo.hub.identity import unsealed
from choreo.hub.limits import Held

WAITING = 1000  # pages in the queue, half of them from one address
AGE = timedelta(minutes=5)  # of a ticket, which is signed anew each second: so much may two servers' clocks differ


class FullError(Exception):
    """Too many pages wait already."""


@dataclass(frozen=True)
class Ticket:
    """When a page came to the queue."""

    page: tuple[str, str]  # the learner, and what the page called itself then: other servers it asks by other names
    came: float = math.inf  # seconds since 1970; infinite for a page that comes just now


class Tickets:
    """Signs tickets, and knows real ones from invented ones."""

    def __init__(self, secret: bytes) -> None:
        """Sign with the secret that all servers of a course have."""
        self._seal = URLSafeTimedSerializer(
            secret, salt="choreo.queue", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def signed(self, ticket: Ticket) -> str:
        """The ticket as text for an address."""
        return str(self._seal.dumps([*ticket.page, ticket.came]))

    def read(self, text: str, learner: str) -> Ticket | None:
        """The learner's ticket; None for none, for anybody else's, and for one of long ago."""
        try:
            whose, page, came = unsealed(self._seal, text, AGE)
        except BadSignature:
            return None
        return Ticket((whose, page), came) if whose == learner else None


class Queue:
    """The lines of pages that wait."""

    def __init__(self) -> None:
        """Nobody."""
        self._waiting: dict[object, tuple[str, Ticket]] = {}  # by line: address and ticket, in the order of coming
        self._held = Held(WAITING // 2, WAITING)

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def __iter__(self) -> Iterator[tuple[object, str]]:
        """Lines with their addresses, in the order of coming."""
        return ((line, address) for line, (address, _) in self._waiting.items())

    def enter(self, line: object, address: str, ticket: Ticket) -> None:
        """Let a line wait until it leaves; raise FullError if too many wait.

        Who comes just now comes last, whatever the clocks of others say.
        """
        if line in self._waiting:
            return
        if not self._held.enter(address):
            raise FullError
        last = max((waits.came for _, waits in self._waiting.values()), default=0.0)
        if ticket.came == math.inf:
            ticket = Ticket(ticket.page, max(last, time.time()))
        self._waiting[line] = address, ticket
        if ticket.came < last:
            self._waiting = dict(sorted(self._waiting.items(), key=lambda one: one[1][1].came))

    def ticket(self, line: object) -> Ticket:
        """Under which a line waits."""
        return self._waiting[line][1]

    def leave(self, line: object) -> None:
        """Give the place in the queue to those behind."""
        if line in self._waiting:
            self._held.leave(self._waiting.pop(line)[0])

    def takes(self, ticket: Ticket, address: str) -> bool:
        """Whether there is room for a page that does not wait here yet."""
        return self._held.has_room(address) and all(one.page != ticket.page for _, one in self._waiting.values())
