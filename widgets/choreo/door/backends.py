"""The servers behind the door, by name: which of them a request is for, and which one is next where that is away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

from choreo.door.head import Head
from choreo.hub.servers import Server
from choreo.stores.cookies import LEARNER, cookie
from choreo.stores.mark import mark

PIN = "choreo_process"  # the cookie that says in which hub a browser's live session is


class Backends:
    """All of them."""

    def __init__(self, hubs: Sequence[Server], lessons: Sequence[Server]) -> None:
        """At least one hub; lesson servers in no order."""
        self._hubs, self._lessons = {hub.name: hub for hub in hubs}, tuple(lessons)
        self._others = tuple(hubs)

    def for_lesson(self, head: Head, address: str) -> Iterator[Server]:
        """The lesson servers, the learner's own first: the same one each time, also when others come and go."""
        yield from in_order(_whose(head) or address, self._lessons)

    def for_hub(self, head: Head, address: str) -> Iterator[Server]:
        """The hubs: that of the browser's live session first, else as for lessons."""
        pinned = self._hubs.get(cookie(head.field(b"cookie"), PIN))
        if pinned:
            yield pinned
        yield from (hub for hub in in_order(_whose(head) or address, self._others) if hub is not pinned)

    def hub(self, name: str) -> Server | None:
        """The hub of that name."""
        return self._hubs.get(name)


def _whose(head: Head) -> str:
    """The learner's mark, which stays when their pass is written anew; "" for nobody."""
    token = cookie(head.field(b"cookie"), LEARNER)
    return mark(token) if token else ""


@lru_cache(maxsize=4096)
def in_order(key: str, backends: tuple[Server, ...]) -> tuple[Server, ...]:
    """The order of a key, in which a server that goes leaves all others in their place.

    Rendezvous hashing: Thaler and Ravishankar, IEEE/ACM Transactions on Networking 6(1), 1998.

    >>> servers = tuple(Server(str(number), "127.0.0.1", 8000 + number) for number in range(3))
    >>> [[one.name for one in in_order(key, servers)] for key in ("ada", "ben")]
    [['1', '0', '2'], ['0', '1', '2']]
    """
    if len(backends) < 2:
        return backends
    return tuple(sorted(backends, key=lambda one: hashlib.sha256(f"{one.name} {key}".encode()).digest()))
