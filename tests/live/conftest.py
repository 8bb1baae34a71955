"""What the tests of live sessions share: a browser, a hub with a coach, and a wire to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.chromium import launched
from tests.live.backstage import Coach, House, Wire, coach_of


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    house = House()
    yield house
    house.close()


@pytest.fixture
def wire(house: House) -> Iterator[Wire]:
    wire = house.wire()
    yield wire
    wire.close()


@pytest.fixture
def coach(wire: Wire) -> Iterator[Coach]:
    with coach_of(wire.to) as coach:
        yield coach
