"""What can be wrong with the database, and what helps."""

from __future__ import annotations

import sqlite3


class DatabaseError(Exception):
    """The database cannot be opened, read or written; the message names place, fault and remedy."""


class DiskFullError(DatabaseError):
    """There is no room left; nothing was stored, nothing was lost."""


class NotYoursError(Exception):
    """An entry's id is taken by somebody else's entry."""


class NobodyError(Exception):
    """The learner does not exist, or not any more."""


class BrokenRuleError(Exception):
    """The database refused a row: its id is taken, or its learner is not there."""


def is_full(cause: object) -> bool:
    """Whether an error of a driver says that there is no room left."""
    return (
        getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_WRITE  # a quota, a limit on sizes of files
        or getattr(cause, "sqlstate", getattr(cause, "pgcode", None)) == "53100"
    )


def remedy(cause: object) -> str:
    """What is wrong, by an error of a driver, and what helps."""
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
