"""A hub for the tests of one file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.hub.live.visiting import Server, serving
from tests.memory import in_memory


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with in_memory() as folder, serving(folder / "data") as started:
        yield started
