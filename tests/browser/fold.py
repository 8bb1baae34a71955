"""What is in view together: the taste on opening; stage, controls and verdict of a goal; and charts keep their size."""

from playwright.sync_api import expect
from tests.browser.conftest import painted
from tests.browser.walk import card


def taste_in_view(page, lesson):
    """On opening, the taste can be touched without scrolling."""
    control = card(page, lesson.TASTE).locator(lesson.CONTROL)
    expect(control).to_be_visible()
    for width, height in ((1280, 720), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        painted(page)
        box = control.bounding_box()
        assert box["y"] + box["height"] <= height
        title = page.get_by_role("heading", level=1).bounding_box()
        assert title["height"] < 60  # on one line


# All at one moment: the page may still be scrolling.
TALL = """(card, parts) => {
    const all = parts.flatMap((part) => [...card.querySelectorAll(part)]).map((one) => one.getBoundingClientRect());
    const seen = all.filter(({ width, height }) => width && height);
    return Math.max(...seen.map(({ bottom }) => bottom)) - Math.min(...seen.map(({ top }) => top));
}"""


def in_view_together(page, lesson, size):
    """At this size of the window a goal's stage, controls, verdict and ten results fit into it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    painted(page)
    one = card(page, lesson.GOAL)
    one.locator(".choreo-player-theatre").press("End")
    expect(one.locator(".choreo-player-verdict strong")).not_to_be_empty()
    parts = [".choreo-player-stage", lesson.CONTROL, ".choreo-player-verdict", ".choreo-player-ten"]
    assert 0 < one.evaluate(TALL, parts) <= size[1], size


# Plotly draws anew a moment after its box has changed.
KEEPS_TO_ITS_BOX = """chart => {
    const [drawn, box] = [".main-svg", ".choreo-plot-box"].map(one => chart.querySelector(one).getBoundingClientRect());
    return ["x", "y", "width", "height"].every(side => Math.abs(drawn[side] - box[side]) <= 1);
}"""


def charts_keep_to_their_boxes(page, lesson):
    """Also when the window becomes another."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for item in lesson.CHARTS:
            chart = card(page, item).locator(".choreo-player-chart")
            chart.scroll_into_view_if_needed()
            expect(chart.locator(".main-svg").first).to_be_attached()
            page.wait_for_function(KEEPS_TO_ITS_BOX, arg=chart.element_handle())
            assert chart.bounding_box()["height"] < 420
        assert page.evaluate("document.documentElement.scrollWidth") <= width
