"""A hub's lease on its name, where several share a database: as long as it is renewed, nobody takes its live sessions.

All times are the database's own, so clocks of machines may differ. A hub without a name goes by ONLY where others could come to
its database, so that a second one is told; on SQLite it has no lease.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import platform
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.lock import TakenError

LEASE = 12.0  # seconds that a hub may be silent before others take over what it holds
RENEW = 4.0  # seconds between two renewals
RETRY = 1.0  # seconds until a renewal that failed is tried again, and between two looks whether a name is free
CLOCKS = {
    "sqlite": "(julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) AS double precision)",
}

ONLY = "1"  # the name of a hub that was given none

log = logging.getLogger("choreo.hub")


def lease_of(database: Database, process: str, data: Path) -> Lease | None:
    """The lease of a hub that was given this name ("": none); None where no other hub can come to its database."""
    name = process or ("" if database.engine.dialect.name == "sqlite" else ONLY)
    return Lease(database, name, data) if name else None


def now(connection: sa.Connection) -> sa.ColumnElement[float]:
    """The database's clock: seconds since 1970."""
    return sa.literal_column(CLOCKS[connection.dialect.name], sa.Double)


class Lease:
    """One start of a hub, and its row in the database."""

    def __init__(self, database: Database, name: str, data: Path) -> None:
        """For the hub of this name, which has locked this data folder (lock.py)."""
        self._database, self.name = database, name
        self._token = secrets.token_hex(8)
        self._place = f"{data.resolve()} on {platform.node()}"[-200:]
        self._thread = ThreadPoolExecutor(1, "choreo-lease")  # of its own: it must not wait for anything else
        self._task: asyncio.Task[None] | None = None
        self._lost = False

    def claim(self, patience: float = LEASE + RENEW) -> None:
        """Take the name; raise TakenError if a hub elsewhere has it, and still has it after so many seconds.

        Whoever had it in the same place is gone, since that place is locked: there is nothing to wait for.
        """
        deadline = time.monotonic() + patience
        while not self._written(tables.hub.c.place == self._place):
            if time.monotonic() > deadline:
                raise TakenError(
                    f"CHOREO_PROCESS={self.name}: a hub of this name works on this database already "
                    f"({self._holder()}); stop that one, or give this one another name."
                )
            time.sleep(RETRY)

    def renew(self) -> bool:
        """Have the lease last LEASE seconds from now; False if another hub has taken the name meanwhile."""
        return self._written(tables.hub.c.token == self._token)

    def release(self) -> None:
        """Let others take over at once what this hub holds."""
        with self._database.writing() as connection:
            connection.execute(tables.hub.delete().where(tables.hub.c.token == self._token))

    def lives(self, connection: sa.Connection) -> sa.ColumnElement[bool]:
        """Whether this lease runs."""
        c = tables.hub.c
        return sa.exists().where(c.token == self._token, c.until > now(connection))

    def start(self) -> None:
        """Renew it from now on."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Renew it no more, and release it; a database that is away is not waited for."""
        if self._task is None:
            return
        self._task.cancel()
        self._task = None
        with contextlib.suppress(DatabaseError, TimeoutError):
            async with asyncio.timeout(RETRY):
                await asyncio.get_running_loop().run_in_executor(self._thread, self.release)
        self._thread.shutdown(wait=False)

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            wait = RENEW
            try:
                has = await loop.run_in_executor(self._thread, self.renew)
            except DatabaseError as error:
                log.error("%s", error)
                wait = RETRY
            else:
                if not has and not self._lost:
                    log.error("another hub has taken the name CHOREO_PROCESS=%s; give each its own.", self.name)
                self._lost = not has
            await asyncio.sleep(wait)

    def _written(self, mine: sa.ColumnElement[bool]) -> bool:
        """Write the row; False if there is one that is neither `mine` nor has run out."""
        c = tables.hub.c
        with self._database.writing() as connection:
            connection.execute(tables.hub.delete().where(c.until <= now(connection)))
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            row = {"name": self.name, "token": self._token, "place": self._place, "until": now(connection) + LEASE}
            made = insert(tables.hub).values(row)
            renewed = {name: made.excluded[name] for name in ("token", "place", "until")}
            written = made.on_conflict_do_update(index_elements=["name"], set_=renewed, where=mine)
            return connection.execute(written.returning(c.name)).first() is not None

    def _holder(self) -> str:
        with self._database.reading() as connection:
            place: str | None = connection.execute(
                sa.select(tables.hub.c.place).where(tables.hub.c.name == self.name)
            ).scalar()
        return place or "it has just ended"
