"""Which live sessions this hub holds: it takes them up one by one, and may lose them to another.

Whoever takes a session up writes its name and the next number, the epoch, into the session's row, in one step. What is
written into a session names the epoch under which it was taken up (writer.py): a hub that was only halted cannot write
into a session that another has taken over meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import sqlalchemy as sa

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.live.lease import ONLY, Lease, now

log = logging.getLogger("choreo.hub")


class ElsewhereError(Exception):
    """The session is held by another hub, which `process` names."""

    def __init__(self, process: str) -> None:
        """Keep the name."""
        super().__init__(f"This session is held by process {process} of this server.")
        self.process = process


class Holding:
    """What this hub holds. Every method may wait for the database."""

    def __init__(self, database: Database, lease: Lease | None = None) -> None:
        """A hub without a lease is the only one: it takes up its own sessions without writing anything."""
        self._database, self._lease = database, lease
        self.process = lease.name if lease else ONLY

    def take(self, session: str) -> None:
        """Take up a session, if there is one; raise ElsewhereError as long as the hub that holds it lives."""
        c = tables.session.c
        with self._database.reading() as connection:
            known = sa.select(c.process, _is_free(connection).label("free")).where(c.id == session)
            row = connection.execute(known).first()
        if row is None or (self._lease is None and row.process == self.process):
            return
        if row.process != self.process and not row.free:
            raise ElsewhereError(row.process)
        with self._database.writing() as connection:
            ours = sa.or_(c.process == self.process, _is_free(connection))
            lives = self._lease.lives(connection) if self._lease else sa.true()
            taken = tables.session.update().where(c.id == session, ours, lives)
            if not connection.execute(taken.values(process=self.process, epoch=c.epoch + 1)).rowcount:
                raise ElsewhereError(row.process)
        if row.process != self.process:
            log.warning("hub %s is silent; hub %s has taken over a live session.", row.process, self.process)

    def epochs(self, sessions: Sequence[str]) -> dict[str, int]:
        """How often each of these sessions was taken up, as far as they are there."""
        c = tables.session.c
        with self._database.reading() as connection:
            found = connection.execute(sa.select(c.id, c.epoch).where(c.id.in_(sessions)))
            return {row.id: row.epoch for row in found}

    def lasted(self, before: str) -> list[str]:
        """The sessions that are still open, were opened before that, and are held by this hub or by none that lives."""
        c = tables.session.c
        with self._database.reading() as connection:
            ours = sa.or_(c.process == self.process, _is_free(connection))
            wanted = sa.select(c.id).where(c.ended_at.is_(None), c.created_at < before, ours)
            return list(connection.execute(wanted).scalars())


def _is_free(connection: sa.Connection) -> sa.ColumnElement[bool]:
    """Whether no hub that lives goes by the name that a session's row has."""
    c = tables.hub.c
    return ~sa.exists().where(c.name == tables.session.c.process, c.until > now(connection))
