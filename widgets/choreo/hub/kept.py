"""Where people's work is kept, for the commands that look after it while the hub runs or rests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from choreo.hub.copying import existing, sqlite_url
from choreo.hub.database import Database
from choreo.hub.identity import Identity, SecretError, is_code, load_secret
from choreo.hub.jupyterhub.accounts import Accounts
from choreo.hub.lock import hold
from choreo.hub.schema import is_newest
from choreo.stores.private import secret_place


class KeptError(Exception):
    """Something cannot be done with people's work; the message names place, fault and remedy."""


@dataclass(frozen=True)
class Kept:
    """The data folder, and the address of the database."""

    data: Path
    url: str

    @property
    def secret(self) -> Path:
        """The file with what signs cookies and hashes resume codes."""
        return secret_place(self.data)

    @property
    def file(self) -> Path:
        """Where the database is, if no other is named."""
        return self.data / "choreo.db"

    def read_secret(self) -> bytes:
        """The secret; raise SecretError. None is made where there is none."""
        if not self.secret.is_file():
            raise SecretError(f"{self.secret}: there is no secret here; name the folder with --data.")
        return load_secret(self.data)

    @contextmanager
    def alone(self, command: str) -> Iterator[None]:
        """While no hub may start on the folder; raise TakenError if one runs."""
        with hold(self.data, "", command, patience=0.0):
            yield

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The database for a while, as it is; raise DatabaseError if there is none, KeptError if it has another form."""
        database = existing(self.url)
        try:
            with database.reading() as connection:
                newest = is_newest(connection)
            if not newest:
                raise KeptError(
                    f"{database.place}: was last used by another version of Choreo; start the course once with this one."
                )
            yield database
        finally:
            database.close()


def kept(data: Path, url: str) -> Kept:
    """The places in the folder `data`; `url` is the address of another database, if there is one."""
    folder = data.resolve()
    return Kept(folder, url or sqlite_url(folder / "choreo.db"))


def wiped(database: Database) -> str:
    """Wipe what was deleted out of the database's files; what is left of it, in words."""
    backups = "Backups keep what they have copied."
    if database.scrub():
        return backups
    return f"Its journal keeps a trace until the course is stopped. {backups}"


def learner_of(database: Database, identity: Identity, code: str) -> str:
    """The learner with this resume code; raise KeptError."""
    if not is_code(code):
        raise KeptError(f"{code}: no resume code; one has 16 letters and digits, as ABCD-EFGH-JKLM-NPQR.")
    learner = database.resume(identity.code_hash(code))
    if learner is None:
        raise KeptError(
            f"{code}: fits nobody in {database.place}; look for a letter that was misread, "
            "or ask for the newest code: older ones do not fit any more."
        )
    return learner


def learner_of_user(database: Database, secret: bytes, name: str) -> str:
    """The learner who signs in at the JupyterHub by that user name; raise KeptError."""
    accounts = Accounts(database, secret)
    learner = accounts.find(accounts.user_hash(name))
    if learner is None:
        raise KeptError(
            f"{name}: nobody of this name has signed in and kept something in {database.place}; "
            "write it as the JupyterHub's admin page does."
        )
    return learner
