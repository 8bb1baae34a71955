"""How often an address may ask for something, over all hubs that share a database.

On PostgreSQL a bucket is a row: a keyed hash of the address, and when the bucket will be full again. What is left in it follows
from that, so one statement takes one, whichever hub asks, and a row whose time has come says nothing any more and is deleted.
On SQLite there is one hub: it counts in its memory, and whatever stands for an address means nothing once it has ended.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.limits import Buckets, Rate
from choreo.hub.live.lease import now as database_now

log = logging.getLogger("choreo.hub")


class Rates:
    """Makes buckets, and deletes the rows of those that are full."""

    def __init__(self, database: Database, secret: bytes, now: Callable[[], float]) -> None:
        """Addresses are hashed with a key of their own, which follows from the secret where hubs share one."""
        self._database, self._now = database, now
        self._shared = database.engine.dialect.name == "postgresql"
        self._key = hmac.digest(secret, b"choreo.address", "sha256") if self._shared else secrets.token_bytes(32)

    def buckets(self, what: str, rate: Rate) -> Buckets:
        """Buckets of what is asked for, for all hubs that call it by the same name."""
        if not self._shared:
            return Buckets(rate, self._now)
        return SharedBuckets(rate, self._now, self._database, partial(self.mark, what))

    def mark(self, what: str, address: str) -> str:
        """What stands for an address in the database, another one for each limit."""
        text = f"{what}|{address}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, text, "sha256").hex()

    def sweep(self) -> None:
        """Delete what says nothing any more; it may wait for the database."""
        if self._shared:
            with self._database.each_by_itself() as connection:
                connection.execute(tables.bucket.delete().where(tables.bucket.c.full_at <= database_now(connection)))


class SharedBuckets(Buckets):
    """Buckets in the database; `take` and `empty` wait for it.

    This hub's own are kept beside them. At least as much is left in those: whoever finds one empty need not ask, and they count
    alone while the database is away.
    """

    def __init__(self, rate: Rate, now: Callable[[], float], database: Database, mark: Callable[[str], str]) -> None:
        """`mark` makes of an address what stands for it in the database."""
        super().__init__(rate, now)
        self._database, self._mark = database, mark
        self._each = 1 / rate.per_second  # seconds until one is there again
        self._span = (rate.burst - 1) * self._each  # seconds until a bucket is full in which one is left
        self._refused = Buckets(Rate(1, rate.per_second / rate.burst), now)  # empty until what was used up can be full

    def take(self, address: str) -> bool:
        """Take one from the address's bucket; False, and nothing taken, if it is empty."""
        if super().empty(address):
            return False
        try:
            taken = self._take(address)
        except DatabaseError as error:
            log.error("%s", error)
            return super().take(address)
        if taken:
            super().take(address)
        else:
            self._refused.take(address)
        return taken

    def empty(self, address: str) -> bool:
        """Whether nothing can be taken for this address now."""
        if super().empty(address):
            return True
        c = tables.bucket.c
        try:
            with self._database.each_by_itself() as connection:
                none_left = c.full_at > database_now(connection) + self._span
                wanted = sa.select(c.full_at).where(c.address_hash == self._mark(address), none_left)
                return connection.execute(wanted).first() is not None
        except DatabaseError as error:
            log.error("%s", error)
            return False

    def may_be_empty(self, address: str) -> bool:
        """Whether this hub gave it all, or was told lately that all hubs together have."""
        return super().empty(address) or self._refused.empty(address)

    def _take(self, address: str) -> bool:
        full_at = tables.bucket.c.full_at
        with self._database.each_by_itself() as connection:
            now = database_now(connection)
            made = postgresql.insert(tables.bucket).values(address_hash=self._mark(address), full_at=now + self._each)
            later = {"full_at": sa.func.greatest(full_at, now) + self._each}
            taken = made.on_conflict_do_update(
                index_elements=["address_hash"], set_=later, where=full_at <= now + self._span
            )
            return connection.execute(taken.returning(full_at)).first() is not None
