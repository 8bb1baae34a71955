"""A browser, and work in memory, for components with their real Python half."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser.chromium import launched
from tests.progress.memory import Kept


@pytest.fixture(scope="module")  # not for longer: while it is open, no other test can run an event loop
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody who asked for less motion."""
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def kept() -> Kept:
    """A lesson's work."""
    return Kept()
