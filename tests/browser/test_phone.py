"""Each lesson gone through with a finger, at 390 px, on a phone of three years ago. The gallery has one of today."""

import pytest
from tests.browser import lesson09, walk
from tests.browser.conftest import MOVING
from tests.browser.hands import Finger
from tests.browser.old import OLD
from tests.browser.test_lesson import LESSONS

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}

CAN_BE_PRESSED = """() => {
  const go = document.querySelector("[data-go-on]");
  go.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = go.getBoundingClientRect();
  return go.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


@LESSONS
def test_the_whole_lesson_works_with_a_finger_on_an_older_phone(shared_course, new_learner, open_lesson, lesson):
    motion = MOVING if lesson is lesson09 else {}
    page = new_learner(viewport=PHONE, is_mobile=True, has_touch=True, color_scheme="dark", **motion)
    page.add_init_script(OLD)
    open_lesson(page, shared_course, whole=False, name=lesson.NAME, title=lesson.TITLE)
    assert page.evaluate("'checkVisibility' in Element.prototype") is False

    def open_one(hand, to=""):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate(CAN_BE_PRESSED)
        walk.open_step(hand, to)

    walk.whole(Finger(page), lesson, open_one, answering=lesson is lesson09)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
