"""What the database knows of live sessions: read here; written by the one writer."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.live.event import Event


@dataclass(frozen=True)
class Record:
    """A session's row."""

    id: str
    code: str
    host_hash: str
    screen_hash: str
    process: str
    epoch: int
    title: str
    created_at: str
    ended_at: str | None
    ballot_run: int | None
    ballot_key: str | None
    second_hash: str | None = None


@dataclass(frozen=True)
class Kept:
    """A session as the database has it."""

    record: Record
    log: list[Event]
    messages: dict[str, set[int]]  # by participant: the numbers of the messages that are in the log
    secrets: dict[str, str]  # participants by the hash of their secret
    ballots: dict[str, str]  # answers by hash, of the run that is open


class Store:
    """Reads sessions. Every method may wait for the database."""

    def __init__(self, database: Database) -> None:
        """Keep the database."""
        self.database = database

    def find(self, session: str) -> Record | None:
        """The session with this id."""
        return self._one(tables.session.c.id == session)

    def by_code(self, code: str) -> Record | None:
        """The session with this join code; one that is open before one that has ended, the newest of those."""
        return self._one(tables.session.c.code == code)

    def _one(self, rule: sa.ColumnElement[bool]) -> Record | None:
        c = tables.session.c
        wanted = sa.select(tables.session).where(rule).order_by(c.ended_at.is_not(None), c.created_at.desc()).limit(1)
        with self.database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        return None if row is None else Record(**row)

    def load(self, session: str) -> Kept | None:
        """Everything about a session, as it was at one moment."""
        p, b = tables.participant.c, tables.ballot.c
        with self.database.reading() as connection:
            row = connection.execute(sa.select(tables.session).where(tables.session.c.id == session)).mappings().first()
            if row is None:
                return None
            record = Record(**row)
            log, messages = _log(connection, session)
            people = sa.select(p.secret_hash, p.who).where(p.session == session)
            sealed = sa.select(b.hash, b.answer).where(b.session == session, b.run == record.ballot_run)
            return Kept(
                record,
                log,
                messages,
                {row.secret_hash: row.who for row in connection.execute(people)},
                {row.hash: row.answer for row in connection.execute(sealed)},
            )

    def log(self, session: str) -> list[Event]:
        """A session's log; empty if there is no such session."""
        with self.database.reading() as connection:
            return _log(connection, session)[0]

    def open_sessions(self, process: str) -> list[Record]:
        """The sessions that the hub of this name holds and that have not ended, oldest first."""
        c = tables.session.c
        wanted = sa.select(tables.session).where(c.process == process, c.ended_at.is_(None)).order_by(c.created_at)
        with self.database.reading() as connection:
            return [Record(**row) for row in connection.execute(wanted).mappings()]

    def openers(self) -> dict[str, str]:
        """What stands for the address from which each open session was opened, whichever hub holds it."""
        c = tables.opener.c
        with self.database.reading() as connection:
            return {row.session: row.address_hash for row in connection.execute(sa.select(c.session, c.address_hash))}


def _log(connection: sa.Connection, session: str) -> tuple[list[Event], dict[str, set[int]]]:
    e = tables.event.c
    rows = connection.execute(
        sa.select(e.number, e.at, e.kind, e.who, e.data, e.message).where(e.session == session).order_by(e.number)
    )
    log: list[Event] = []
    messages: dict[str, set[int]] = {}
    for number, at, kind, who, data, message in rows:
        log.append(Event(number, at, kind, who, json.loads(data)))
        if message is not None:
            messages.setdefault(who, set()).add(message)
    return log, messages
