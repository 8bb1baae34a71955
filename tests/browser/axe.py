"""What axe finds on a page, at several sizes, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # what a colour scheme can spoil
SCHEMES = ("light", "dark")
WIDE, PHONE = (1440, 900), (390, 844)
# For two states of a page: what both have is looked at in each size and scheme, what one has in both sizes and both schemes.
BEFORE = ((WIDE, "light"), (PHONE, "dark"))
AFTER = ((WIDE, "dark"), (PHONE, "light"))

FIND = """([rules, include]) => axe.run(include.length ? { include } : document, { runOnly: rules, resultTypes: ["violations"] })
    .then(({ violations }) => violations.map(({ id, help, nodes }) => ({
        id, help, places: nodes.slice(0, 3).map(({ target }) => target)
    })))"""


def violations(page: Page, rules: Iterable[str] = RULES, parts: Iterable[str] = ()) -> list[str]:
    """Each with its rule, what helps, and up to three places; of the page, or of these parts of it."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(FIND, [list(rules), list(parts)])
    return [f"{one['id']}: {one['help']}: {one['places']}" for one in found]


def fits(page: Page, size: tuple[int, int]) -> None:
    """Make the window so large, and see that nothing is cut off."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size


def glance(page: Page, views: Iterable[tuple[tuple[int, int], str]]) -> None:
    """See that nothing is wrong in these sizes and schemes."""
    for size, scheme in views:
        fits(page, size)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == [], (size, scheme)


def look(page: Page, *sizes: tuple[int, int]) -> None:
    """See that at each of these sizes, or as it is, nothing is wrong in either scheme, and nothing is cut off."""
    for size in sizes or [None]:
        if size:
            fits(page, size)
        faults: dict[Any, list[str]] = {}
        for scheme, rules in zip(SCHEMES, (RULES, COLOURS), strict=True):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            faults[scheme] = violations(page, rules)
        assert faults == {scheme: [] for scheme in SCHEMES}, size
