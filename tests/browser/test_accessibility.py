"""What axe finds in the course's pages: at a desk and on a phone, light and dark. Lessons: test_whole.py."""

import pytest
from tests.browser.axe import PHONE, WIDE, look

pytestmark = pytest.mark.browser


def test_no_page_has_a_violation_that_axe_finds(shared_course, new_learner):
    page = new_learner()
    for path in ("/", "/review", "/resume", "/forget", "/models", "/nowhere"):
        page.goto(shared_course.address + path)
        look(page, WIDE, PHONE)
    page.goto(f"{shared_course.address}/models/company")  # with numbers of its own, and of the model that it builds on
    page.get_by_text("Show choreo/models").click()
    look(page, WIDE, PHONE)
