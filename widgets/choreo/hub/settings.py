"""What the hub is told at its start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """Places and addresses."""

    data: Path  # folder of the database and the secret
    lessons: Path  # folder of course.yaml and the notebooks
    exercises: Path
    lesson_port: int = 8001  # where Voilà answers, on the same host
    lesson_host: str = "127.0.0.1"  # where the hub itself reaches it
    database: str = ""  # SQLAlchemy URL; empty: a SQLite file in `data`
    hosts: tuple[str, ...] = LOOPBACK  # host names that may be used to reach the hub; empty: any
    process: str = ""  # this hub's name, where several share a database: letters and digits
    address: str = ""  # where phones reach the hub ("http://192.168.1.7:8000"); empty: where the coach does

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return self.database or f"sqlite:///{self.data / 'choreo.db'}"


def own_address(host: str) -> str:
    """Where a server that listens at `host` is reached from its own machine."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)
