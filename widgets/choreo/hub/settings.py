"""What the hub is told at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from choreo.hub.jupyterhub.service import Service
from choreo.hub.names import HERE, Names
from choreo.hub.operators import Operators
from choreo.hub.public import ANYWHERE, Public
from choreo.hub.servers import Server


@dataclass(frozen=True)
class Settings:
    """Places and addresses."""

    data: Path  # folder of the database and the secret
    lessons: Path  # folder of course.yaml and the notebooks
    exercises: Path
    lesson_servers: tuple[Server, ...] = ()  # as the hub itself reaches them
    database: str = ""  # SQLAlchemy URL; empty: a SQLite file in `data`
    names: Names = HERE  # under which the hub may be asked for
    process: str = ""  # this hub's name, where several share a database: letters and digits
    public: Public = ANYWHERE  # where the course is for everybody
    operators: Operators = field(default_factory=Operators)  # who may read /ready and /metrics
    migrate: bool = True  # whether to bring the database to the newest form; else to wait until somebody has
    jupyterhub: Service | None = None  # whose users the learners are; None: of nobody's

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return self.database or f"sqlite:///{self.data / 'choreo.db'}"


def own_address(host: str) -> str:
    """Where a server that listens at `host` is reached from its own machine."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)
