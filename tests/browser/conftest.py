from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser.chromium import launched
from tests.memory import in_memory
from tests.serve.course import own, running_course

expect.set_options(timeout=20_000)

MOVING = {"reduced_motion": "no-preference"}


@pytest.fixture(scope="module")  # not for longer: while it is open, no other test can run an event loop
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def shared_course():
    """A running course, for all tests of a worker: each has learners of its own."""
    with in_memory() as folder, running_course(folder / "data", port=own(8760)) as course:
        yield course


@pytest.fixture
def course(shared_course):
    """The same, for who kills its kernels and servers, or starts it anew: what is killed comes back by itself."""
    return shared_course


@pytest.fixture
def new_learner(browser):
    """Opens a browser of its own for one more learner; fails the test on script errors and on requests to other hosts.

    They asked for calm, so that a run is at its end at once; the tests of what moves say `**MOVING`.
    """
    contexts, faults = [], []

    def open_browser(**options):
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
        )
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
    """Opens a lesson with all its steps, or, as a learner does, from the home page with its first step alone."""

    def open_it(page, course, whole=True, name="09-choreography", title="A flash mob, not a ballet"):
        if whole:
            page.goto(f"{course.address}/lessons/{name}?all")
        else:
            page.goto(course.address)
            page.get_by_role("link", name=title).first.click()
        ready(page)

    return open_it


def ready(page):
    """Wait until every part of the lesson that is open is there, also out of sight."""
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("main > [data-step][data-open]:not([data-laid])")).to_have_count(0)
    expect(page.locator(":is(main, main > [data-step][data-open]) > [data-cell][aria-busy]")).to_have_count(0)


def pass_by(page, press):
    """Go on without predicting, where a prediction that nobody made bars the way."""
    barred = page.locator("[data-bar] [aria-disabled=true]")
    without = page.get_by_role("button", name="Go on without predicting")
    if barred.count() and without.count():
        press(without.last)
        expect(barred).to_have_count(0)


FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def painted(page):
    """Wait until the page has been painted as it is now."""
    page.evaluate(FRAMES)


def go_on(page, to=""):
    """Open the next step, as a learner does; with a part of a title, all steps up to that one."""
    bar = page.locator("[data-bar]")
    while True:
        pass_by(page, lambda button: button.click())
        button = bar.get_by_role("button", name="Go on")
        title = button.inner_text()
        button.click()
        ready(page)
        if to in title:
            return
