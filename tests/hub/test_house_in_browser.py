"""A house's colours, logo and imprint on real pages: readable by day and by night, on a phone, nothing cut off."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from tests.browser.axe import RULES, violations
from tests.browser.chromium import launched
from tests.hub.test_house_pages import HOUSE, LOGO
from tests.hub.test_running import running
from tests.hub.visiting import COURSE, hub_in

from choreo.hub.identity import COOKIE

pytestmark = pytest.mark.browser

PAGES = ("/", "/portfolio", "/certificate", "/imprint", "/join", "/live/screen")


def noted(page: Page) -> list[str]:
    """What the browser will complain about."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    page.on("console", note)
    return faults


def test_a_dressed_course_can_be_read_by_day_and_by_night(tmp_path: Path) -> None:
    with hub_in(tmp_path) as hub, socket.create_server(("127.0.0.1", 0)) as free:
        (hub.settings.lessons / "logo.svg").write_text(LOGO)
        (hub.settings.lessons / "course.yaml").write_text(COURSE + HOUSE)
        learner = hub.learner()
        learner.send(hub.record())
        port = int(free.getsockname()[1])
        free.close()
        address = f"http://127.0.0.1:{port}"
        with running(hub, port), launched() as browser:
            for scheme, width, colour in (("light", 1440, "rgb(122, 31, 92)"), ("dark", 390, "rgb(242, 167, 212)")):
                context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
                context.add_cookies([{"name": COOKIE, "value": str(learner.token), "url": address}])
                page = context.new_page()
                faults = noted(page)
                for path in PAGES:
                    page.goto(f"{address}{path}")
                    picture = page.locator('img[src^="/house/logo."]').first
                    expect(picture).to_be_visible()
                    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
                    rules = RULES[:-1] if path == "/live/screen" else RULES  # without a session it has no heading
                    assert violations(page, rules) == [], (path, scheme)
                    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, scheme)
                page.goto(address)
                expect(page.get_by_role("link", name="Imprint")).to_have_css("color", colour)
                assert faults == []
                context.close()
