from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser.chromium import launched
from tests.serve.course import own, running_course

expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")  # not for longer: while it is open, no other test can run an event loop
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def shared_course(tmp_path_factory):
    """A running course for tests that leave it as it is."""
    with running_course(tmp_path_factory.mktemp("shared") / "data", port=own(8760)) as course:
        yield course


@pytest.fixture
def course(tmp_path):
    """A running course of one's own, to stop, start and break."""
    with running_course(tmp_path / "data", port=own(8860)) as course:
        yield course


@pytest.fixture
def new_learner(browser):
    """Opens a browser of its own for one more learner; fails the test on script errors and on requests to other hosts."""
    contexts, faults = [], []

    def open_browser(**options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        context.set_default_timeout(20_000)
        contexts.append(context)

        def look(request):
            host = urlsplit(request.url).hostname
            if host not in ("127.0.0.1", None) and not request.url.startswith(("data:", "blob:")):
                faults.append(f"request to another host: {request.url}")

        context.on("request", look)
        context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
        context.on(
            "console",
            lambda message: (
                faults.append(f"console: {message.text}")
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def learner(new_learner):
    """A learner's page at 1440 px."""
    return new_learner()


@pytest.fixture
def open_lesson():
    """Opens lesson 09 from the home page as a learner does, and waits until it can be used."""

    def open_it(page, course):
        page.goto(course.address)
        page.get_by_role("link", name="A flash mob, not a ballet").first.click()
        ready(page)

    return open_it


def ready(page):
    """Wait until every part of the lesson is there, also out of sight, and what the learner did has come back."""
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("[data-step]:not([data-laid])")).to_have_count(0)
    expect(page.locator("[data-cell][aria-busy]")).to_have_count(0)
