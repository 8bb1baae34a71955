"""The way to a database: what its address leads to, made and prepared as needed."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.schema import UnknownSchemaError, migrate
from choreo.stores import private

BUSY = 8_000  # milliseconds that a writer waits for another
MIGRATION_LOCK = 0x63686F72  # a number of our own
POSTGRESQL = "postgresql+psycopg"  # by the driver that the extra "postgres" brings
HALTED = 8  # seconds after which PostgreSQL ends a transaction of a hub that was halted in the midst of it
FOUND_DEAD = {  # a server whose machine is gone is noticed in seconds, unless the address says otherwise
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}


def open_database(url: str) -> Database:
    """The database at a SQLAlchemy URL, made and migrated as needed; raise DatabaseError if it cannot be used."""
    database = connect_database(url)
    try:
        with database.writing() as connection:
            if database.engine.dialect.name == "postgresql":  # one hub after the other
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            migrate(connection)
    except UnknownSchemaError as error:
        database.close()
        raise DatabaseError(f"{database.place}: {error}.") from error
    except DatabaseError:
        database.close()
        raise
    return database


def connect_database(url: str) -> Database:
    """The database at a SQLAlchemy URL as it is, whatever its form; raise DatabaseError if the address is of no use."""
    try:
        address = sa.make_url(url)
    except exc.ArgumentError as error:
        raise DatabaseError(f"CHOREO_DATABASE: not the address of a database ({error}); mend or unset it.") from error
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername=POSTGRESQL)
    sqlite, postgresql = address.drivername.startswith("sqlite"), address.drivername == POSTGRESQL
    place = str(address.database if sqlite else address.render_as_string())
    try:
        if sqlite and address.database:
            _make_sqlite(address.database)
        more = {name: value for name, value in FOUND_DEAD.items() if postgresql and name not in address.query}
        # What people wrote stands in no message.
        engine = sa.create_engine(address, hide_parameters=True, connect_args=more)
    except OSError as error:
        raise DatabaseError(
            f"{place}: the folder cannot be made ({error.strerror}); make it writable, or choose another with --data."
        ) from error
    except (exc.ArgumentError, ImportError) as error:
        extra = ' (pip install "choreo[postgres]")' if postgresql else ""
        raise DatabaseError(f"{place}: no driver for this address ({error}); install it{extra}, or mend it.") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    elif postgresql:
        _prepare_postgresql(engine)
    return Database(engine, place)


def _make_sqlite(name: str) -> None:
    """Make the database's folder and file, for their owner alone; SQLite gives its journal the file's rights."""
    path = Path(name)
    path.parent.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
    if not name.startswith((":", "file:")):
        with contextlib.suppress(OSError):  # SQLite says why, in its own words
            private.make_file(path)


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Durable and patient connections; transactions (of migrations too) that begin when we say so."""

    @sa.event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",  # what is deleted is overwritten
        ):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("choreo_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(engine: sa.Engine) -> None:
    """Connections that keep what they have locked only as long as their hub goes on: others may wait for it."""

    @sa.event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.autocommit = True  # else the setting would go with the transaction
        connection.execute(f"SET idle_in_transaction_session_timeout = '{HALTED}s'")
        connection.autocommit = False


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let a database write ahead. Where several make a new one so at once, SQLite refuses without a wait for all but one."""
    end = time.monotonic() + BUSY / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
