"""A hub for the tests of one file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.hub.live.visiting import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as started:
        yield started
