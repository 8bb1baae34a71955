"""What a learner of any lesson waits for who moves the first control of an explorable, around where it begins."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.bench.pages.columns import line
from tests.bench.pages.sites import LESSON, ROOT, Site, script
from tests.bench.pages.visits import new_browser, new_page
from tests.browser.conftest import ready
from tests.serve.course import PATIENCE

REST = 1500  # ms until a stage that has come into view is drawn


def control(browser: Browser, site: Site, moves: int) -> None:
    """Every play and goal of every lesson that has a slider and a stage which is drawn as pictures; `site` has all steps open."""
    for lesson in sorted(path.stem for path in (ROOT / "lessons").glob("[0-9]*.ipynb")):
        with new_browser(browser) as context:
            page = new_page(context)
            page.set_default_timeout(1000 * PATIENCE)
            page.goto(site.address.replace(LESSON, lesson))
            ready(page)
            decline = page.get_by_role("button", name="Go on without predicting")
            while decline.count():
                decline.first.click()
                page.wait_for_timeout(REST)
            for play in page.locator(".choreo-player:not([data-small])").all():
                play.scroll_into_view_if_needed()
                page.wait_for_timeout(REST)
                if taken := play.evaluate(script("controls"), moves):
                    line(f"{lesson} {play.get_attribute('data-choreo-item')}", taken, "ms", 25, 40)
