"""The kernels of open pages: who has one, who waits for one, and when one ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from choreo.hub.limits import Bucket, Rate
from choreo.serve.forking.nursery import Nursery, NurseryError
from choreo.serve.forking.wire import LONGEST
from choreo.serve.measures import LessonMeasures
from choreo.serve.queue import Queue, Ticket

log = logging.getLogger(__name__)

PER_KERNEL = 16 * 2**20  # bytes of a place; measured: a lesson needs 7 to 10 MB. Who holds more takes more places
SHARE = 0.7  # of the memory that is there at the start
EACH = 8  # places that one learner may take
ADDRESS_SHARE = 0.75  # of all places, for one address: a whole room may have one
SAID = Rate(2 * 2**20, 64 * 1024)  # bytes that a page may say; a control that is moved says 10 KB a second
BLIP = 3.0  # seconds in which a page whose line broke is usually back
UNSENT = 16 * 2**20  # bytes kept for a page that is away; then its kernel waits
NEW = Ticket(("", ""))
ENDED, ASLEEP = 4000, 4002  # closing codes: the kernel is gone; it ended after a long silence


@dataclass
class Session:
    """One page's kernel. A page that lost its connection finds it again by `key`."""

    key: tuple[str, str]  # the learner ("" where there is no hub), and what the page calls itself
    lesson: str
    version: str  # of the lesson's files that the kernel has run
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    pid: int  # of the kernel
    address: str  # where the page is; "" if nobody said
    said: Bucket  # what the page may still say
    send: Callable[[bytes], Awaitable[None]] | None = None  # to the page; None while it is away
    unsent: list[bytes] = field(default_factory=list)
    joined: asyncio.Event = field(default_factory=asyncio.Event)  # set while the page is there
    delivering: asyncio.Lock = field(default_factory=asyncio.Lock)  # one frame after another
    heard: float = field(default_factory=time.monotonic)  # when the page last said something, or left
    ended: Callable[[int], None] | None = None  # tells the page, with the socket's closing code
    asked: float = 0.0  # when the page said what its kernel has not begun to answer; 0: it has
    move: Callable[[], None] | None = None  # tells the page to get itself a kernel on another server
    told: bool = False  # whether it was, on the connection that it has
    over: bool = False  # its kernel was told to end
    places: int = 1  # that its kernel takes
    weighed: float = 0.0  # when that was looked at
    born: int = 0  # bytes that the kernel held when it was made, most of them shared

    def tell_to_move(self) -> None:
        """Have the page move, if it is there."""
        if self.move:
            self.told = True
            self.move()


class Sessions:
    """Gives every page a kernel while there is room, and ends kernels whose pages are gone."""

    def __init__(
        self, nursery: Nursery, limit: int, away: float, idle: float, measures: LessonMeasures | None = None
    ) -> None:
        """At most `limit` kernels; one ends `away` seconds after its page left, or after `idle` seconds of silence."""
        self._nursery, self._limit, self._away, self._idle = nursery, limit, away, idle
        self.measures = measures = measures or LessonMeasures()
        measures.open.set_function(lambda: len(self._sessions))
        measures.taken.set_function(lambda: self.open)
        measures.waiting.set_function(lambda: len(self.queue))
        measures.places.set(limit)
        self._sessions: dict[tuple[str, str], Session] = {}
        self._coming: Counter[str] = Counter()  # kernels that are being made, by address
        self.queue = Queue()
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself would not keep them

    @property
    def open(self) -> int:
        """How many places are taken by kernels that run or are being made."""
        return sum(session.places for session in self._sessions.values()) + self._coming.total()

    def found(self, key: tuple[str, str]) -> Session | None:
        """The session that a page left a moment ago, if its kernel still runs."""
        return self._sessions.get(key)

    def pages(self) -> list[Session]:
        """The sessions whose pages are there, or were a moment ago."""
        now = time.monotonic()
        return [one for one in self._sessions.values() if one.send or now - one.heard < BLIP]

    def has_room(self, address: str = "") -> bool:
        """Whether somebody new from there would get a kernel at once, with nobody waiting longer."""
        crowded = self._crowded()
        ahead = sum(where not in crowded for _, where in self.queue)
        return address not in crowded and ahead < self._limit - self.open

    def place(self, line: object, address: str = "", ticket: Ticket = NEW) -> int:
        """0 if the page at `line` may open now, else its place in the queue, from 1. A line keeps its place until it leaves.

        Raise FullError if too many are waiting.
        """
        self.queue.enter(line, address, ticket)
        crowded = self._crowded()
        if address in crowded:
            return 1 + [one for one, where in self.queue if where == address].index(line)
        position = [one for one, where in self.queue if where not in crowded].index(line)
        return 0 if position < self._limit - self.open else position + 1

    def _crowded(self) -> set[str]:
        """The addresses that have as many places as one may."""
        taken = Counter(self._coming)
        for session in self._sessions.values():
            taken[session.address] += session.places
        most = max(1, math.ceil(ADDRESS_SHARE * self._limit))
        return {address for address, places in taken.items() if address and places >= most}

    async def begin(
        self, key: tuple[str, str], lesson: str, environ: dict[str, str], line: object = None, address: str = ""
    ) -> Session:
        """A new kernel for a page, in place of its `line` in the queue; raise NurseryError if there can be none.

        A kernel that the page had before ends, and so do a learner's longest unused ones beyond EACH places.
        """
        self.queue.leave(line)
        self._coming[address] += 1
        began = time.monotonic()
        try:
            connection, version, pid = await self._nursery.fork(lesson, environ)
            reader, writer = await asyncio.open_connection(sock=connection)
            self.measures.forked(time.monotonic() - began)
        except NurseryError:
            self.measures.not_forked()
            raise
        finally:
            self._coming[address] -= 1
        if before := self._sessions.get(key):
            self.end(before)
        bucket = Bucket(SAID, time.monotonic())
        session = Session(key, lesson, version, reader, writer, pid, address, bucket, born=held(pid))
        self._sessions[key] = session
        self._bound(key[0], session)
        self._run(self._listen(session))
        return session

    def _bound(self, learner: str, kept: Session | None = None) -> None:
        """End the longest unused kernels of a learner who takes more than EACH places, but not the one to be kept."""
        own = [one for one in self._sessions.values() if learner and one.key[0] == learner and one is not kept]
        taken = sum(one.places for one in own) + (kept.places if kept else 0)
        for unused in sorted(own, key=lambda one: (one.send is not None, one.heard)):
            if taken <= EACH:
                break
            taken -= unused.places
            self.end(unused, ASLEEP)

    def join(
        self,
        session: Session,
        send: Callable[[bytes], Awaitable[None]],
        ended: Callable[[int], None],
        move: Callable[[], None] | None = None,
    ) -> None:
        """Connect a page to its kernel; what was said while it was away is sent now."""
        session.send, session.ended, session.heard = send, ended, time.monotonic()
        session.move, session.told = move, False
        session.joined.set()
        self._run(self._deliver(session))

    async def hear(self, session: Session, frame: bytes) -> None:
        """Hand what the page says to its kernel; return once it can take more, and the page may say more."""
        session.heard = time.monotonic()
        if wait := session.said.take(session.heard, len(frame)):
            await asyncio.sleep(wait)
        if session.over or session.writer.is_closing():
            return
        session.writer.write(len(frame).to_bytes(4, "little") + frame)
        session.asked = session.asked or time.monotonic()
        with contextlib.suppress(ConnectionError):
            await session.writer.drain()

    def part(self, session: Session) -> None:
        """The page is away; it may come back."""
        session.send = session.ended = session.move = None
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
        """End the kernels of pages that are gone or have been silent for long, and weigh the others; call it now and then."""
        now = time.monotonic()
        for learner in {session.key[0] for session in self._sessions.values() if self._weigh(session, now)}:
            self._bound(learner)
        for session in list(self._sessions.values()):
            if now - session.heard > (self._idle if session.send else self._away):
                self.end(session, ASLEEP)

    def _weigh(self, session: Session, now: float) -> bool:
        """Count the places of a kernel that may have grown; whether it takes more than one."""
        if session.heard >= session.weighed:
            grown = held(session.pid) - session.born
            session.places, session.weighed = max(1, math.ceil(grown / PER_KERNEL)), now
        return session.places > 1

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
                if session.asked:
                    self.measures.kernel_answered(time.monotonic() - session.asked)
                    session.asked = 0.0
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


def held(pid: int) -> int:
    """Bytes of a process that are in memory and in no file; 0 where nobody says."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except OSError:
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def room(sharing: int = 1) -> int:
    """How many kernels fit into the memory that is there now, shared by so many servers; at least one. Where nobody says, 100."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file)
    except OSError:
        return 100
    return max(1, int(int(lines["MemAvailable"].split()[0]) * 1024 * SHARE / PER_KERNEL / sharing))
