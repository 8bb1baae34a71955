"""The kernels of open pages: who has one, who waits for one, and when one ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from choreo.serve.forking.nursery import Nursery
from choreo.serve.forking.wire import LONGEST

log = logging.getLogger(__name__)

PER_KERNEL = 16 * 2**20  # bytes that one more open lesson may need; measured: 7 to 10 MB
SHARE = 0.7  # of the memory that is there at the start
EACH = 8  # kernels that one learner may have at once
UNSENT = 16 * 2**20  # bytes kept for a page that is away; then its kernel waits
ENDED, ASLEEP = 4000, 4002  # closing codes: the kernel is gone; it ended after a long silence


@dataclass
class Session:
    """One page's kernel. A page that lost its connection finds it again by `key`."""

    key: tuple[str, str]  # the learner ("" where there is no hub), and what the page calls itself
    lesson: str
    version: str  # of the lesson's files that the kernel has run
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    send: Callable[[bytes], Awaitable[None]] | None = None  # to the page; None while it is away
    unsent: list[bytes] = field(default_factory=list)
    joined: asyncio.Event = field(default_factory=asyncio.Event)  # set while the page is there
    delivering: asyncio.Lock = field(default_factory=asyncio.Lock)  # one frame after another
    heard: float = field(default_factory=time.monotonic)  # when the page last said something, or left
    ended: Callable[[int], None] | None = None  # tells the page, with the socket's closing code
    over: bool = False  # its kernel was told to end


class Sessions:
    """Gives every page a kernel while there is room, and ends kernels whose pages are gone."""

    def __init__(self, nursery: Nursery, limit: int, away: float, idle: float) -> None:
        """At most `limit` kernels; one ends `away` seconds after its page left, or after `idle` seconds of silence."""
        self._nursery, self._limit, self._away, self._idle = nursery, limit, away, idle
        self._sessions: dict[tuple[str, str], Session] = {}
        self._coming = 0
        self._waiting: list[object] = []
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself would not keep them

    @property
    def open(self) -> int:
        """How many kernels run or are being made."""
        return len(self._sessions) + self._coming

    def found(self, key: tuple[str, str]) -> Session | None:
        """The session that a page left a moment ago, if its kernel still runs."""
        return self._sessions.get(key)

    def place(self, ticket: object) -> int:
        """0 if `ticket` may open now, else its place in the queue, from 1. A ticket keeps its place until `leave`."""
        if ticket not in self._waiting:
            self._waiting.append(ticket)
        position = self._waiting.index(ticket)
        return 0 if position < self._limit - self.open else position + 1

    def leave(self, ticket: object) -> None:
        """Give the place in the queue to those behind."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)

    async def begin(self, key: tuple[str, str], lesson: str, environ: dict[str, str], ticket: object = None) -> Session:
        """A new kernel for a page, in place of its `ticket` in the queue; raise NurseryError if there can be none.

        A kernel that the page had before ends, and so do a learner's longest unused ones beyond EACH.
        """
        self.leave(ticket)
        self._coming += 1
        try:
            connection, version = await self._nursery.fork(lesson, environ)
            reader, writer = await asyncio.open_connection(sock=connection)
        finally:
            self._coming -= 1
        if before := self._sessions.get(key):
            self.end(before)
        session = Session(key, lesson, version, reader, writer)
        self._sessions[key] = session
        own = [one for one in self._sessions.values() if key[0] and one.key[0] == key[0] and one is not session]
        for unused in sorted(own, key=lambda one: (one.send is not None, one.heard))[: max(0, len(own) + 1 - EACH)]:
            self.end(unused, ASLEEP)
        self._run(self._listen(session))
        return session

    def join(self, session: Session, send: Callable[[bytes], Awaitable[None]], ended: Callable[[int], None]) -> None:
        """Connect a page to its kernel; what was said while it was away is sent now."""
        session.send, session.ended, session.heard = send, ended, time.monotonic()
        session.joined.set()
        self._run(self._deliver(session))

    async def hear(self, session: Session, frame: bytes) -> None:
        """Hand what the page says to its kernel; return once it can take more."""
        session.heard = time.monotonic()
        if session.over or session.writer.is_closing():
            return
        session.writer.write(len(frame).to_bytes(4, "little") + frame)
        with contextlib.suppress(ConnectionError):
            await session.writer.drain()

    def part(self, session: Session) -> None:
        """The page is away; it may come back."""
        session.send = session.ended = None
        session.joined.clear()
        session.heard = time.monotonic()

    def end(self, session: Session, code: int = ENDED) -> None:
        """Let the kernel end, once it has heard all that the page said, and tell the page."""
        if self._sessions.get(session.key) is session:
            del self._sessions[session.key]
        if not session.over and not session.writer.is_closing():
            session.writer.write_eof()
        session.over, session.send = True, None
        session.unsent.clear()
        session.joined.set()
        tell, session.ended = session.ended, None
        if tell:
            tell(code)

    def sweep(self) -> None:
        """End the kernels of pages that are gone or have been silent for long; call it now and then."""
        now = time.monotonic()
        for session in list(self._sessions.values()):
            if now - session.heard > (self._idle if session.send else self._away):
                self.end(session, ASLEEP)

    def close(self) -> None:
        """End all kernels."""
        for session in list(self._sessions.values()):
            self.end(session)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, session: Session) -> None:
        try:
            while True:
                length = int.from_bytes(await session.reader.readexactly(4), "little")
                if length > LONGEST:
                    log.error("A kernel of %s sent %d bytes at once; ending it.", session.lesson, length)
                    break
                frame = await session.reader.readexactly(length)
                if session.over:
                    continue
                session.unsent.append(frame)
                await self._deliver(session)
                while sum(map(len, session.unsent)) > UNSENT:
                    await session.joined.wait()
                    await self._deliver(session)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        session.writer.close()
        self.end(session)

    async def _deliver(self, session: Session) -> None:
        """Send the page what it has not got, as fast as it takes it; what a page that left did not get is kept."""
        async with session.delivering:
            while session.send and session.unsent:
                send = session.send
                try:
                    await send(session.unsent[0])
                except ConnectionError:
                    if session.send is send:
                        self.part(session)
                    return
                del session.unsent[:1]


def room() -> int:
    """How many kernels fit into the memory that is there now; at least one. Where nobody says, 100."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file)
    except OSError:
        return 100
    return max(1, int(int(lines["MemAvailable"].split()[0]) * 1024 * SHARE / PER_KERNEL))
