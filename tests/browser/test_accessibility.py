import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.lesson09 import choose, predict_number

pytestmark = pytest.mark.browser

SIZES = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page):
    result = Axe().run(page, options=RULES)
    return [
        f"{found['id']}: {found['help']}: {[node['target'] for node in found['nodes']][:3]}"
        for found in result.response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_lesson_and_home_have_no_violation_that_axe_finds(shared_course, new_learner, open_lesson, size, scheme):
    page = new_learner(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    open_lesson(page, shared_course)
    assert violations(page) == []
    predict_number(page)
    choose(page, 0, "carry on exactly")
    assert violations(page) == []
    for path in ("/", "/review", "/resume", "/forget", "/nowhere"):
        page.goto(shared_course.address + path)
        assert violations(page) == [], path


def test_at_200_percent_zoom_nothing_is_cut_off(shared_course, new_learner, open_lesson):
    page = new_learner(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    open_lesson(page, shared_course)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
