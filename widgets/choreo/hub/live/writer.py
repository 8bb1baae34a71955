"""The one task that writes: what handlers hand in is committed in groups, in order, and acknowledged afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError, DiskFullError
from choreo.hub.measures import HubMeasures

PACE = 0.05  # seconds from the beginning of one commit to that of the next, at least
MOST_WAITING = 50_000  # pieces of work
AT_ONCE = 100  # acknowledgements before others may have a turn
RETRY = 1.0  # seconds until deleted data is tried again to be wiped out
FULL = "The server's disk is full, so this is not saved yet. Tell your host; then try again."
TROUBLE = "The server cannot reach its storage just now, so this is not saved yet. Try again in a moment."
BUSY = "The server has more to do than it can. Try again in a moment."
GONE = "This session has been deleted."
MOVED = "This session goes on at another server of this course. You come back to it by yourself."
PASSING = frozenset({FULL, TROUBLE, BUSY, MOVED})

Settle = Callable[[str], None]  # called with "" after the commit, else with why there was none

log = logging.getLogger("choreo.hub")


class GoneError(Exception):
    """A session was deleted past this hub; its room will notice."""


class MovedError(Exception):
    """Another hub has taken the session over; its room here will notice."""


class Write(Protocol):
    """Something to be written. All or nothing of it is; `done` and `failed` are called in order, after the commit."""

    def write(self, group: Group) -> None:
        """Put it into the group; this runs in the writer's thread."""

    def done(self) -> None:
        """It is committed."""

    def failed(self, why: str) -> None:
        """It is not."""


class Group:
    """What is committed together."""

    def __init__(self, connection: sa.Connection, before: Group | None = None) -> None:
        """An empty group; `before` is one that was committed, but not yet taken up."""
        self.connection = connection
        self.wipe = False  # whether something was deleted that must leave no trace
        self.closed: set[tuple[str, int]] = set(before.closed) if before else set()  # runs of ballots that are counted
        self.keyed: set[tuple[str, int]] = set(before.keyed) if before else set()  # runs whose key is kept
        self._numbers: dict[str, int] = dict(before._numbers) if before else {}
        self._there: set[str] = set()  # sessions that were looked for
        self._events: list[dict[str, Any]] = []
        self._ballots: dict[tuple[str, int, str], str] = {}

    def look_for(self, session: str, epoch: int) -> None:
        """Raise GoneError if the session is not there any more, MovedError if this hub took it up under an older epoch.

        Until this group is committed, no other hub takes it over.
        """
        if session not in self._there:
            wanted = sa.select(tables.session.c.epoch).where(tables.session.c.id == session)
            found = self.connection.execute(wanted.with_for_update(key_share=True)).scalar()
            if found is None:
                raise GoneError
            if found != epoch:
                raise MovedError
            self._there.add(session)

    def number(self, session: str, last: int) -> int:
        """The next number in a session's log; `last` is the last that is committed."""
        self._numbers[session] = self._numbers.get(session, last) + 1
        return self._numbers[session]

    def event(self, row: dict[str, Any]) -> None:
        """Write an event."""
        self._events.append(row)

    def ballot(self, session: str, run: int, hashed: str, answer: str) -> None:
        """Write a ballot in the place of an earlier one."""
        self._ballots[session, run, hashed] = answer

    def flush(self) -> None:
        """Hand everything to the database."""
        if self._events:
            self.connection.execute(tables.event.insert(), self._events)
        if self._ballots:
            names = ("session", "run", "hash")
            rows = [dict(zip(names, key, strict=True), answer=self._ballots[key]) for key in sorted(self._ballots)]
            self.connection.execute(_upsert(self.connection.dialect.name), rows)
        self._events, self._ballots = [], {}


def _upsert(dialect: str) -> sa.Executable:
    made = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(tables.ballot)
    return made.on_conflict_do_update(index_elements=["session", "run", "hash"], set_={"answer": made.excluded.answer})


class _Mark:
    """Writes nothing, and says when it is its turn."""

    def __init__(self, reached: asyncio.Future[None]) -> None:
        self._reached = reached

    def write(self, group: Group) -> None:
        pass

    def done(self) -> None:
        if not self._reached.done():
            self._reached.set_result(None)

    def failed(self, why: str) -> None:
        self.done()


class Writer:
    """Commits what is handed in, about every 50 ms."""

    def __init__(self, database: Database, measures: HubMeasures) -> None:
        """Write to this database, once started."""
        self._database, self._measures = database, measures
        self._writes: list[Write] = []
        measures.waiting.set_function(lambda: len(self._writes))
        self._some = asyncio.Event()
        self.strayed = asyncio.Event()  # something was for a session that is not this hub's any more
        self._thread = ThreadPoolExecutor(1, "choreo-writer")
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._wipe = True  # what a hub that was killed left in the journal
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what is there, and end."""
        if self._task is not None:
            self._stopping = True
            self._some.set()
            await self._task
        self._thread.shutdown()

    def add(self, write: Write) -> None:
        """Hand in a piece of work."""
        if len(self._writes) >= MOST_WAITING:
            write.failed(BUSY)
            return
        self._writes.append(write)
        self._some.set()

    def wipe(self) -> None:
        """Leave no trace of what anybody has deleted, soon; any thread may ask for it."""
        self._wipe = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._some.set)

    async def written(self) -> None:
        """Return when all that was handed in is committed, or refused."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writes.append(_Mark(done))
        self._some.set()
        await done

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._some.wait(), RETRY if self._wipe else None)
            began = loop.time()
            self._some.clear()
            await self._commit()
            await asyncio.sleep(max(0.0, began + PACE - loop.time()))
        await self._commit()

    async def _commit(self) -> None:
        writes, self._writes = self._writes, []
        loop = asyncio.get_running_loop()
        began = loop.time()
        outcomes = await loop.run_in_executor(self._thread, self._write, writes)
        if writes:
            refused = sum(map(bool, outcomes))
            self._measures.wrote(len(writes) - refused, refused, loop.time() - began)
        for count, (one, why) in enumerate(zip(writes, outcomes, strict=True), 1):
            try:
                one.failed(why) if why else one.done()
                if why in (GONE, MOVED):
                    self.strayed.set()
            except Exception:
                log.exception("what was written could not be taken up")
            if count % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _write(self, writes: Sequence[Write]) -> list[str]:
        """For each piece of work: empty if it is committed, or why not."""
        outcomes = self._together(writes)
        if outcomes is None:  # one piece is bad; the others must not suffer
            outcomes = self._one_by_one(writes)
        if self._wipe:
            self._wipe = False  # what is deleted from here on asks for it again
            try:
                self._wipe = not self._database.scrub() or self._wipe
            except Exception as error:  # the database is busy, or gone: tried again
                self._wipe = True
                log.warning("deleted data is not wiped out yet: %s", error)
        return outcomes

    def _together(self, writes: Sequence[Write]) -> list[str] | None:
        try:
            if writes:
                self._group(writes)
        except DatabaseError as error:
            return [_trouble(error)] * len(writes)
        except Exception:
            return None
        return [""] * len(writes)

    def _one_by_one(self, writes: Sequence[Write]) -> list[str]:
        outcomes: list[str] = []
        before: Group | None = None
        for one in writes:
            try:
                before = self._group([one], before)
                outcomes.append("")
            except DatabaseError as error:
                outcomes.append(_trouble(error))
            except GoneError:
                outcomes.append(GONE)
            except MovedError:
                outcomes.append(MOVED)
            except Exception:
                log.exception("a piece of work could not be written")
                outcomes.append(TROUBLE)
        return outcomes

    def _group(self, writes: Sequence[Write], before: Group | None = None) -> Group:
        with self._database.writing() as connection:
            group = Group(connection, before)
            for one in writes:
                one.write(group)
            group.flush()
        self._wipe = self._wipe or group.wipe
        return group


def _trouble(error: DatabaseError) -> str:
    log.error("%s", error)
    return FULL if isinstance(error, DiskFullError) else TROUBLE
