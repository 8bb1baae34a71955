"""A hub with folders of its own, and a PostgreSQL for those that share one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.hub.postgres import postgres, programs
from tests.hub.visiting import Hub, hub_in


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with hub_in(tmp_path) as hub:
        yield hub


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a fresh PostgreSQL."""
    found = programs()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no PostgreSQL; install Debian's package postgresql")
        pytest.skip("no PostgreSQL on this machine")
    with postgres(found) as address:
        yield address


@pytest.fixture
def url(postgresql: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own on it."""
    name = request.node.name[:60].lower()
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield postgresql.rsplit("/", 1)[0] + f"/{name}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()
