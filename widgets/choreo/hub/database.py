"""The one database: learners and their entries. Only the hub opens it."""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from choreo.hub import tables
from choreo.hub.schema import UnknownSchemaError, migrate
from choreo.progress.entry import Entry, stamp

BUSY = 8_000  # milliseconds that a writer waits for another
MIGRATION_LOCK = 0x63686F72  # a number of our own


class DatabaseError(Exception):
    """The database cannot be opened, read or written; the message names place, fault and remedy."""


class DiskFullError(DatabaseError):
    """There is no room left; nothing was stored, nothing was lost."""


class NotYoursError(Exception):
    """An entry's id is taken by somebody else's entry."""


class NobodyError(Exception):
    """The learner does not exist, or not any more."""


def open_database(url: str) -> Database:
    """The database at a SQLAlchemy URL, made and migrated as needed; raise DatabaseError if it cannot be used."""
    try:
        address = sa.make_url(url)
    except exc.ArgumentError as error:
        raise DatabaseError(f"CHOREO_DATABASE: not the address of a database ({error}); mend or unset it.") from error
    place = address.database if address.drivername.startswith("sqlite") else address.render_as_string()
    try:
        if address.drivername.startswith("sqlite") and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address)
    except OSError as error:
        raise DatabaseError(
            f"{place}: the folder cannot be made ({error.strerror}); make it writable, or choose another with --data."
        ) from error
    except (exc.ArgumentError, ImportError) as error:
        raise DatabaseError(f"{place}: no driver for this address ({error}); install it, or mend it.") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    database = Database(engine, str(place))
    try:
        with database.writing() as connection:
            if engine.dialect.name == "postgresql":  # one hub after the other
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            migrate(connection)
    except UnknownSchemaError as error:
        engine.dispose()
        raise DatabaseError(f"{place}: {error}.") from error
    except DatabaseError:
        engine.dispose()
        raise
    return database


class Database:
    """Learners and entries. Every method commits before it returns, or raises DatabaseError and changes nothing."""

    def __init__(self, engine: sa.Engine, place: str) -> None:
        """Keep the engine; `place` is what messages call it."""
        self.engine = engine
        self._writer = engine.execution_options(choreo_writes=True)
        self._place = place

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the database."""
        with self._named_faults(), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are committed at the end, all or none."""
        with self._named_faults(), self._writer.begin() as connection:
            yield connection

    def scrub(self) -> bool:
        """Leave no trace of what was deleted in the file or its journal; False if somebody reads just now: try again."""
        with self._named_faults():
            if self.engine.dialect.name == "sqlite":
                raw = self.engine.raw_connection()
                try:
                    busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                finally:
                    raw.close()
                return not busy
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in (tables.ballot, tables.session, tables.event, tables.participant):
                    connection.exec_driver_sql(f'VACUUM "{table.name}"')
        return True

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def add_learner(self, now: datetime) -> str:
        """The id of a new learner."""
        identity = secrets.token_hex(16)
        with self.writing() as connection:
            connection.execute(tables.learner.insert().values(id=identity, created_at=stamp(now), seen_at=stamp(now)))
        return identity

    def has_learner(self, learner: str) -> bool:
        """Whether there is such a learner."""
        with self.reading() as connection:
            found = sa.select(tables.learner.c.id).where(tables.learner.c.id == learner)
            return connection.execute(found).first() is not None

    def see_learner(self, learner: str, now: datetime) -> None:
        """Note that the learner was here; once a day is enough."""
        today = stamp(now)[:10]
        seen = tables.learner.c.seen_at
        with self.reading() as connection:
            last = connection.execute(sa.select(seen).where(tables.learner.c.id == learner)).scalar()
        if last is not None and last[:10] != today:
            with self.writing() as connection:
                connection.execute(
                    tables.learner.update().where(tables.learner.c.id == learner).values(seen_at=stamp(now))
                )

    def forget_learner(self, learner: str) -> None:
        """Delete the learner and every entry, for good."""
        with self.writing() as connection:
            connection.execute(tables.entry.delete().where(tables.entry.c.learner_id == learner))
            connection.execute(tables.learner.delete().where(tables.learner.c.id == learner))

    def set_resume_hash(self, learner: str, resume_hash: str) -> None:
        """Let the learner be found by this hash, and by no older one; raise NobodyError if there is no such learner."""
        with self.writing() as connection:
            changed = connection.execute(
                tables.learner.update().where(tables.learner.c.id == learner).values(resume_hash=resume_hash)
            )
            if changed.rowcount == 0:
                raise NobodyError

    def resume(self, resume_hash: str) -> str | None:
        """The learner with this hash."""
        with self.reading() as connection:
            found = sa.select(tables.learner.c.id).where(tables.learner.c.resume_hash == resume_hash)
            identity: str | None = connection.execute(found).scalar()
            return identity

    def merge(self, source: str, target: str) -> None:
        """Move the entries of `source` to `target`, and forget `source`; raise NobodyError if there is no `target`."""
        with self.writing() as connection:
            if connection.execute(sa.select(tables.learner.c.id).where(tables.learner.c.id == target)).first() is None:
                raise NobodyError
            connection.execute(
                tables.entry.update().where(tables.entry.c.learner_id == source).values(learner_id=target)
            )
            connection.execute(tables.learner.delete().where(tables.learner.c.id == source))

    def add(self, learner: str, entry: Entry, now: datetime) -> None:
        """Keep the entry, once however often it comes; raise NotYoursError or NobodyError."""
        try:
            with self.writing() as connection:
                connection.execute(tables.entry.insert().values(_row(learner, entry, now)))
        except _BrokenRuleError:
            with self.reading() as connection:
                known = sa.select(tables.entry.c.learner_id).where(tables.entry.c.id == entry.id)
                owner = connection.execute(known).scalar()
            if owner is None:
                raise NobodyError from None
            if owner != learner:
                raise NotYoursError from None

    def add_all(self, learner: str, entries: Sequence[Entry], now: datetime) -> None:
        """Keep those entries whose id is not taken, all at once or none; raise NobodyError if there is no learner."""
        with self.writing() as connection:
            if connection.execute(sa.select(tables.learner.c.id).where(tables.learner.c.id == learner)).first() is None:
                raise NobodyError
            taken = _owners(connection, [entry.id for entry in entries])
            rows = [_row(learner, entry, now) for entry in entries if entry.id not in taken]
            if rows:
                connection.execute(tables.entry.insert(), rows)

    def owners(self, ids: Sequence[str]) -> dict[str, str]:
        """Whose the entries of these ids are, by id, as far as there are any."""
        with self.reading() as connection:
            return _owners(connection, ids)

    def newest(self, lesson: str, item: str, version: int) -> list[dict[str, Any]]:
        """The newest answer of every learner to a version of an exercise; whoever answered first comes first."""
        c = tables.entry.c
        wanted = sa.select(c.learner_id, c.answer).order_by(c.at, c.id)
        wanted = wanted.where(c.lesson == lesson, c.item == item, c.kind == "attempt", c.version == version)
        with self.reading() as connection:
            newest = {row.learner_id: row.answer for row in connection.execute(wanted)}
        return [json.loads(answer) for answer in newest.values()]

    def entries(self, learner: str, lesson: str | None = None) -> list[Entry]:
        """The learner's entries, of one lesson or of all, oldest first."""
        c = tables.entry.c
        wanted = sa.select(c.id, c.lesson, c.item, c.kind, c.version, c.answer, c.score, c.at)
        wanted = wanted.where(c.learner_id == learner).order_by(c.at, c.id)
        if lesson is not None:
            wanted = wanted.where(c.lesson == lesson)
        with self.reading() as connection:
            return [
                Entry(**{**row, "answer": json.loads(row["answer"])}) for row in connection.execute(wanted).mappings()
            ]

    @contextlib.contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except exc.IntegrityError as error:
            raise _BrokenRuleError from error
        except (exc.SQLAlchemyError, sqlite3.Error) as error:
            cause = getattr(error, "orig", None) or error
            if _is_full(cause):
                raise DiskFullError(
                    f"{self._place}: the disk is full; make room on it. Nothing that was stored is lost."
                ) from error
            raise DatabaseError(f"{self._place}: {_remedy(cause)}") from error


def _row(learner: str, entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "id": entry.id,
        "learner_id": learner,
        "lesson": entry.lesson,
        "item": entry.item,
        "kind": entry.kind,
        "version": entry.version,
        "answer": json.dumps(dict(entry.answer)),
        "score": entry.score,
        "at": entry.at,
        "received_at": stamp(now),
    }


def _owners(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    c = tables.entry.c
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):  # a statement takes only so many values
        some = sa.select(c.id, c.learner_id).where(c.id.in_(ids[start : start + 500]))
        found |= {row.id: row.learner_id for row in connection.execute(some)}
    return found


class _BrokenRuleError(Exception):
    """The database refused a row: its id is taken, or its learner is not there."""


def _is_full(cause: object) -> bool:
    return (
        getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", getattr(cause, "pgcode", None)) == "53100"
    )


def _remedy(cause: object) -> str:
    match getattr(cause, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return "is not a database; move the file away, or choose another place with --data."
        case sqlite3.SQLITE_CORRUPT:
            return "is damaged; move the file away and put back a copy that was kept."
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "cannot be written; make file and folder writable, or choose another place with --data."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "is in use by another program; close it, then try again."
        case _:
            return f"does not work just now ({str(cause).strip()}); try again, then look at disk and address."


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Durable and patient connections; transactions (of migrations too) that begin when we say so."""

    @sa.event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            f"busy_timeout = {BUSY}",
            "foreign_keys = ON",
            "secure_delete = ON",  # what is deleted is overwritten
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("choreo_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
