"""A lesson on paper."""

import re

from playwright.sync_api import expect

MOST = 12  # pages
FITS = """all => all.every((canvas) => {
  const [inner, outer] = [canvas, canvas.closest(".choreo-player-ground")].map((one) => one.getBoundingClientRect());
  return inner.height <= outer.height && inner.width <= outer.width;
})"""


def printed(page):
    """As it is, it takes at most twelve pages, and a stage is one picture there, not all of which it was put together."""
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= MOST
    pictures = page.locator("canvas, img").count()
    assert len(re.findall(rb"/Subtype\s*/Image\b", paper)) <= 2 * pictures + 4  # each with a mask; the page's own marks


def printed_whole(page):
    """So it does with all its charts, without what only a screen can do; and no stage is cut."""
    for chart in page.locator(".choreo-plot-box:visible").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".main-svg").first).to_be_attached()
    printed(page)
    page.emulate_media(media="print")
    expect(page.locator("button:visible:not(.choreo-scenario-choice)")).to_have_count(0)  # a story shows its choices
    expect(page.locator("main > [data-step]:visible")).to_have_count(page.locator("main > [data-step]").count())
    assert page.locator(".choreo-player-picture canvas:visible").evaluate_all(FITS)
    page.emulate_media(media="screen")
