"""What a learner of lesson 02 waits for while drawing bridges, which has no control that is moved."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Browser, Locator
from tests.bench.pages.columns import line
from tests.bench.pages.sites import Site, script
from tests.bench.pages.visits import new_browser, new_page
from tests.browser.lesson02 import NAME, PLAY, PREDICTION, standing
from tests.browser.walk import button, card
from tests.serve.course import PATIENCE

REST = 150  # ms between two hands on the stage
PAIRS = [(one, 8 + one) for one in range(1, 8)]  # of Sales and Workshop; the same pair again takes its bridge away


def draw(browser: Browser, site: Site, moves: int) -> None:
    """Bridges drawn and taken away where three firms race over ten problems, the slowest run there is."""
    lesson = replace(site, address=site.address.replace(site.lesson, NAME), lesson=NAME, charts=False)
    with new_browser(browser) as context:
        page = new_page(context)
        page.add_init_script(lesson.probe("look"))
        page.goto(lesson.address, wait_until="commit", timeout=1000 * PATIENCE)
        button(card(page, PREDICTION), "Go on without predicting").click(timeout=1000 * PATIENCE)
        ground = card(page, PLAY).locator(".choreo-player-ground")
        ground.scroll_into_view_if_needed(timeout=1000 * PATIENCE)
        ground.locator("canvas").evaluate(script("ties"))
        taken = [_tie(ground, *PAIRS[move % len(PAIRS)]) for move in range(moves + 1)][
            1:
        ]  # the first one stops what plays
    line("bridge drawn or taken away -> the frame with the new run", [one for one in taken if one], "ms", 25, 40)


def _tie(ground: Locator, one: int, other: int) -> float | None:
    """Tie two, or take their tie away; the ms until that can be seen."""
    for person in (one, other):
        x, y = standing(ground, person)
        ground.page.wait_for_timeout(REST)
        if person == other:
            ground.evaluate("window.choreoTie()")
        ground.click(position={"x": x, "y": y})
    found: float | None = ground.evaluate("() => window.choreoTied")
    return found
