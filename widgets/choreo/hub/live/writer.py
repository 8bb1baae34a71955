"""The one task that writes: what handlers hand in is committed in groups, in order, and acknowledged afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from choreo.hub import tables
from choreo.hub.database import Database, DatabaseError, DiskFullError

PACE = 0.05  # seconds from the beginning of one commit to that of the next, at least
MOST_WAITING = 50_000  # pieces of work
AT_ONCE = 100  # acknowledgements before others may have a turn
RETRY = 1.0  # seconds until deleted data is tried again to be wiped out
FULL = "The server's disk is full, so this is not saved yet. Tell your host; then try again."
TROUBLE = "The server cannot reach its storage just now, so this is not saved yet. Try again in a moment."
BUSY = "The server has more to do than it can. Try again in a moment."
PASSING = frozenset({FULL, TROUBLE, BUSY})

log = logging.getLogger("choreo.hub")


class Work(Protocol):
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
        self._events: list[dict[str, Any]] = []
        self._ballots: dict[tuple[str, int, str], str] = {}

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

    def __init__(self, database: Database) -> None:
        """Write to this database, once started."""
        self._database = database
        self._works: list[Work] = []
        self._some = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, "choreo-writer")
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._wipe = True  # what a hub that was killed left in the journal

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what is there, and end."""
        if self._task is not None:
            self._stopping = True
            self._some.set()
            await self._task
        self._thread.shutdown()

    def add(self, work: Work) -> None:
        """Hand in a piece of work."""
        if len(self._works) >= MOST_WAITING:
            work.failed(BUSY)
            return
        self._works.append(work)
        self._some.set()

    async def written(self) -> None:
        """Return when all that was handed in is committed, or refused."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._works.append(_Mark(done))
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
        works, self._works = self._works, []
        loop = asyncio.get_running_loop()
        outcomes = await loop.run_in_executor(self._thread, self._write, works)
        for count, (work, why) in enumerate(zip(works, outcomes, strict=True), 1):
            try:
                work.failed(why) if why else work.done()
            except Exception:
                log.exception("what was written could not be taken up")
            if count % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _write(self, works: Sequence[Work]) -> list[str]:
        """For each piece of work: empty if it is committed, or why not."""
        outcomes = self._together(works)
        if outcomes is None:  # one piece is bad; the others must not suffer
            outcomes = self._one_by_one(works)
        if self._wipe:
            try:
                self._wipe = not self._database.scrub()
            except Exception as error:  # the database is busy, or gone: tried again
                log.warning("deleted data is not wiped out yet: %s", error)
        return outcomes

    def _together(self, works: Sequence[Work]) -> list[str] | None:
        try:
            if works:
                self._group(works)
        except DatabaseError as error:
            return [_trouble(error)] * len(works)
        except Exception:
            return None
        return [""] * len(works)

    def _one_by_one(self, works: Sequence[Work]) -> list[str]:
        outcomes: list[str] = []
        before: Group | None = None
        for work in works:
            try:
                before = self._group([work], before)
                outcomes.append("")
            except DatabaseError as error:
                outcomes.append(_trouble(error))
            except Exception:
                log.exception("a piece of work could not be written")
                outcomes.append(TROUBLE)
        return outcomes

    def _group(self, works: Sequence[Work], before: Group | None = None) -> Group:
        with self._database.writing() as connection:
            group = Group(connection, before)
            for work in works:
                work.write(group)
            group.flush()
        self._wipe = self._wipe or group.wipe
        return group


def _trouble(error: DatabaseError) -> str:
    log.error("%s", error)
    return FULL if isinstance(error, DiskFullError) else TROUBLE
