"""All that one database holds, in another."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import exc

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.engine import connect_database, open_database
from choreo.hub.schema import is_newest

PASSING = (tables.hub, tables.bucket, tables.opener)  # who works on the database now, and who asked for how much
WORK = [table for table in tables.metadata.sorted_tables if table not in PASSING]
AT_ONCE = 200  # rows read and written together; an entry may have 64 KB
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class CopyError(Exception):
    """Nothing was copied; the message names place, fault and remedy."""


def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy all rows, as they are at one moment, into a database without any; how many, by table.

    All or none: raise CopyError if `target` holds something, DatabaseError if one of them fails.
    """
    counts: dict[str, int] = {}
    with _one_moment(source) as reading, target.writing() as writing:
        for table in WORK:
            if writing.execute(sa.select(table).limit(1)).first() is not None:
                raise CopyError(
                    f"{target.place}: is not empty (it has rows in {table.name!r}), and nothing is put over anything; "
                    "name a new database, or move this one away."
                )
        for table in WORK:
            rows = reading.execution_options(yield_per=AT_ONCE).execute(sa.select(table)).mappings()
            for some in rows.partitions():
                writing.execute(table.insert(), [dict(row) for row in some])
            counts[table.name] = int(writing.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
            there = int(reading.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
            if there != counts[table.name]:
                raise CopyError(
                    f"{target.place}: has {counts[table.name]} of {there} rows of {table.name!r}; try again."
                )
    return counts


def moved(source_url: str, target_url: str) -> tuple[str, str, dict[str, int]]:
    """Copy a database that nobody uses into one without any rows; the two places, and how many rows, by table."""
    refuse_if_used(source_url)
    target = open_database(target_url)
    try:
        source = open_database(source_url)
        try:
            return source.place, target.place, copy(source, target)
        finally:
            source.close()
    finally:
        target.close()


def snapshot(url: str, path: Path) -> None:
    """The database at `url` as it is at one moment, in a new SQLite file; others may go on writing.

    Raise DatabaseError if it cannot be read, CopyError if it has not the form that this version of Choreo knows.
    """
    source = existing(url)
    try:
        if source.engine.dialect.name == "sqlite":  # whatever its form: it is copied page by page
            with source.reading() as connection, contextlib.closing(sqlite3.connect(path)) as target:
                raw = connection.connection.dbapi_connection
                assert isinstance(raw, sqlite3.Connection)
                connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first()
                raw.backup(target)
            return
        with source.reading() as connection:
            if not is_newest(connection):
                raise CopyError(
                    f"{source.place}: was last used by another version of Choreo; make the backup with that one."
                )
        target_database = open_database(sqlite_url(path))
        try:
            copy(source, target_database)
        finally:
            target_database.close()
    finally:
        source.close()


def existing(url: str) -> Database:
    """The database at `url`; raise DatabaseError if there is none."""
    path = _file_of(url)
    if path is not None and not path.is_file():
        raise DatabaseError(f"{path}: there is no database here; name the folder with --data.")
    return connect_database(url)


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


def _file_of(url: str) -> Path | None:
    """The file of a SQLite database; None for a database on a server."""
    try:
        address = sa.make_url(url)
    except exc.ArgumentError as error:
        raise DatabaseError(f"{url}: not the address of a database ({error}); mend it.") from error
    return Path(address.database) if address.drivername.startswith("sqlite") and address.database else None


def refuse_if_used(url: str) -> None:
    """Raise CopyError if somebody has the database at `url` open."""
    path = _file_of(url)
    if path is not None:
        # Whoever has a SQLite database in WAL mode open holds a lock on its file: nobody else gets an exclusive one.
        address = f"file:{quote(str(path))}?mode=rw"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as alone:
            try:
                alone.execute("PRAGMA locking_mode = EXCLUSIVE")
                alone.execute("BEGIN EXCLUSIVE")
                alone.execute("ROLLBACK")
            except sqlite3.Error as error:
                raise CopyError(f"{path}: is in use ({error}); stop the course first.") from error
        return
    database = connect_database(url)
    try:
        with database.reading() as connection:
            others = int(connection.exec_driver_sql(OTHERS).scalar_one())
    finally:
        database.close()
    if others:
        raise CopyError(
            f"{database.place}: is in use (connections besides this one: {others}); stop the course first, "
            "and whatever else looks into it."
        )


@contextlib.contextmanager
def _one_moment(database: Database) -> Iterator[sa.Connection]:
    with database.reading() as connection:
        if database.engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
