"""A hub of the course beside a small JupyterHub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hub.jupyterhub.signing import FakeHub, fake_hub
from tests.hub.visiting import Hub, hub_in


@pytest.fixture(scope="module")
def server() -> Iterator[FakeHub]:
    with fake_hub() as server:
        yield server


@pytest.fixture
def fake(server: FakeHub) -> FakeHub:
    server.answer = None
    server.asked.clear()
    return server


@pytest.fixture
def hub(tmp_path: Path, fake: FakeHub) -> Iterator[Hub]:
    with hub_in(tmp_path) as plain:
        hub = Hub(replace(plain.settings, jupyterhub=fake.service), plain.clock)
        yield hub
