"""Everything that people have done, and the secret, in one file: made while the hub runs, put back where nothing is.

The file is a gzipped tar archive of `choreo.db`, a SQLite database, and `secret`. Nothing is ever put over anything.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from choreo.hub.copying import WORK, copy, snapshot, sqlite_url
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.engine import open_database
from choreo.hub.identity import SECRET_BYTES
from choreo.hub.kept import Kept, KeptError

DATABASE, SECRET = "choreo.db", "secret"
NO_BACKUP = "is no file that `choreo backup` wrote, or not all of it; choose another."
THERE = "is there already; move it away, or name another folder with --data."


def write_backup(place: Kept, file: Path) -> int:
    """Write the backup; its size in bytes. Raise KeptError where there is something already."""
    secret = place.read_secret()
    with _new(file, "is there already; name another file."):
        pass
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".choreo-") as scratch:
            folder = Path(scratch)
            snapshot(place.url, folder / DATABASE)
            (folder / SECRET).write_bytes(secret)
            with _new(folder / "packed") as out:
                with tarfile.open(fileobj=out, mode="w:gz") as archive:
                    for name in (SECRET, DATABASE):
                        archive.add(folder / name, name, filter=_nobodys)
                _to_disk(out)
            os.replace(folder / "packed", file)
    except BaseException:
        file.unlink()
        raise
    return file.stat().st_size


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def read_backup(place: Kept, file: Path) -> dict[str, int]:
    """Put the backup in its place; how many rows there are, by table.

    All of it is looked at first. Raise KeptError where there is a database or another secret already, or no backup.
    """
    own = place.url == sqlite_url(place.file)
    with place.alone("choreo restore"), tempfile.TemporaryDirectory(dir=place.data, prefix=".choreo-") as scratch:
        folder = Path(scratch)
        _unpack(file, folder)
        counts = _looked_at(folder / DATABASE, file)
        new_secret = not place.secret.exists()
        if not new_secret and place.secret.read_bytes() != (folder / SECRET).read_bytes():
            raise KeptError(f"{place.secret}: another secret {THERE}")
        if own:
            for there in sorted(
                place.data.glob(f"{place.file.name}*")
            ):  # a journal without its file would spoil the new one
                raise KeptError(f"{there}: {THERE}")
        else:
            _fill(place.url, folder / DATABASE)
        if new_secret:
            _put(folder / SECRET, place.secret)
        if own:
            _put(folder / DATABASE, place.file)
    return counts


def _unpack(file: Path, folder: Path) -> None:
    """Take the two files out, whatever else is in the archive."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            for name in (SECRET, DATABASE):
                packed = archive.extractfile(name)
                if packed is None:
                    raise KeyError(name)
                with _new(folder / name) as out:
                    shutil.copyfileobj(packed, out)
    except FileNotFoundError as error:
        raise KeptError(f"{file}: there is no such file.") from error
    except (tarfile.TarError, zlib.error, EOFError, KeyError, OSError) as error:
        raise KeptError(f"{file}: {NO_BACKUP}") from error
    if (folder / SECRET).stat().st_size != SECRET_BYTES:
        raise KeptError(f"{file}: {NO_BACKUP}")


def _looked_at(path: Path, file: Path) -> dict[str, int]:
    """How many rows there are, by table, once the database has today's form; raise KeptError if it cannot be used."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise KeptError(f"{file}: its database is damaged ({found}); choose an older backup.")
        database = open_database(sqlite_url(path))
        try:
            return _counts(database)
        finally:
            database.close()  # what is in the journal goes into the file
    except (sqlite3.Error, DatabaseError) as error:
        raise KeptError(f"{file}: its database cannot be used ({error}) Choose another backup.") from error


def _counts(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
            for table in WORK
        }


def _fill(url: str, path: Path) -> None:
    source, target = open_database(sqlite_url(path)), open_database(url)
    try:
        copy(source, target)
    finally:
        source.close()
        target.close()


def _new(path: Path, taken: str = THERE) -> BinaryIO:
    """A new file that its owner alone may read; raise KeptError if there is one."""
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError as error:
        raise KeptError(f"{path}: {taken}") from error


def _put(path: Path, there: Path) -> None:
    """Give a file its place; raise KeptError if that was taken meanwhile."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        _to_disk(file)
    try:
        os.link(path, there)
    except FileExistsError as error:
        raise KeptError(f"{there}: {THERE}") from error
    except OSError:  # a file system without links, or another one
        shutil.move(path, there)


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
