"""A phone of three years ago, and what is looked at on it at every step of a lesson."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from tests.browser import walk
from tests.browser.hands import Hand
from tests.browser.old import OLD

WIDTH = 390

CAN_BE_PRESSED = """() => {
  const go = document.querySelector("[data-go-on]");
  go.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = go.getBoundingClientRect();
  return go.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


def phone(new_learner: Callable[..., Page], **options: object) -> Page:
    """A page of a learner who has one, in the dark."""
    size = {"width": WIDTH, "height": 844}
    page = new_learner(viewport=size, is_mobile=True, has_touch=True, color_scheme="dark", **options)
    page.add_init_script(OLD)
    return page


def fits(page: Page) -> None:
    """Nothing is cut off at its side."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def open_step(hand: Hand, to: str = "") -> None:
    """As walk.open_step does, where nothing is cut off and the button can be reached."""
    fits(hand.page)
    assert hand.page.evaluate(CAN_BE_PRESSED)
    walk.open_step(hand, to)
