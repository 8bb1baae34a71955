"""A PostgreSQL server of the test's own: in a folder of its own, on loopback, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "choreo"
PATIENCE = 30.0  # seconds until a server that was killed must start again


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None if there is no PostgreSQL here."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


@dataclass
class Cluster:
    """One PostgreSQL server and its files."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/postgres"

    @property
    def postmaster(self) -> int:
        """The id of its first process."""
        return int((self.folder / "cluster" / "postmaster.pid").read_text().splitlines()[0])

    def make(self) -> None:
        """Fresh files."""
        self._run("initdb", "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start it, also after it was killed: once the last of its processes has noticed."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self._run("pg_ctl", "-o", options, "-l", str(self.folder / "log"), "-w", "start")
            except subprocess.CalledProcessError:
                if time.monotonic() > end:
                    raise

    def stop(self) -> None:
        """Stop it at once."""
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def _run(self, name: str, *arguments: str) -> None:
        owner = _owner()
        who = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        command = [self.programs / name, "-D", str(self.folder / "cluster"), *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL if name == "pg_ctl" else None}
        subprocess.run(command, cwd=self.folder, check=True, timeout=120, **quiet, **who)  # root may not run it


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """A running server with fresh files."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="choreo-pg-"))
    made = Cluster(programs, folder, port)
    try:
        if (owner := _owner()) is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres(programs: Path) -> Iterator[str]:
    """The address of a database in a fresh cluster."""
    with cluster(programs) as running:
        yield running.url


def _owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise OSError("no user to run PostgreSQL as")
