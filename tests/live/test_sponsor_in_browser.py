"""The sponsor's page in a real browser: on one sheet of A4, with every picture, whatever was played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser import axe
from tests.live.sittings import play_all

from choreo.hub.live.exports import _dress
from choreo.live.activities import activities
from choreo.live.sponsor import sponsor_page

pytestmark = pytest.mark.browser

CUT = """all => all.filter((one) => {
  const [inner, outer] = [one, one.parentElement].map((each) => each.getBoundingClientRect());
  return inner.bottom > outer.bottom + 1;
}).map((one) => one.textContent.slice(0, 60))"""
LONG = "Which of the things that we have put off for so long, because nobody asked, do we begin with next week? " * 2
SHORT = {"silo-search": {"rounds": 3}, "trust-over-time": {"rounds": 4}, "push-and-pull": {"rounds": 1}}
EVERY = [(name, SHORT.get(name, {})) for name in activities() if name != "pulse"]
PROMISE = ("pulse", {"question": LONG[:200], "form": "words", "promise": True})
CHOICE = ("pulse", {"question": LONG[:200], "form": "choice", "options": [LONG[:100], LONG[100:200]]})


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "items",
    [[], [CHOICE], [CHOICE, PROMISE], [*EVERY, PROMISE], [CHOICE] * 14],
    ids=["none", "one", "two", "all", "many"],
)
def test_it_prints_on_one_sheet(browser: Browser, tmp_path: Path, items: list[tuple[str, object]], width: int) -> None:
    log = play_all(items, seconds=40, title=LONG[:80]).log  # type: ignore[arg-type]
    (tmp_path / "sponsor.html").write_text(sponsor_page(log, _dress("sponsor.css")), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto((tmp_path / "sponsor.html").as_uri())
    for plot in page.locator(".choreo-room-plot").all():
        expect(plot).to_have_attribute("data-drawn", "")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []
    if len(items) == 2:
        assert axe.violations(page) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    assert page.locator("main > *, article > :is(h2, p)").evaluate_all(CUT) == []
    context.close()
