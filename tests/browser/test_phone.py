"""A lesson gone through with a finger, at 390 px, on a phone of three years ago; test_lesson.py takes half of each so."""

import pytest
from tests.browser import lesson09, phone, walk
from tests.browser.conftest import MOVING
from tests.browser.hands import Finger

pytestmark = pytest.mark.browser


def test_the_whole_lesson_works_with_a_finger_on_an_older_phone(shared_course, new_learner, open_lesson):
    page = phone.phone(new_learner, **MOVING)
    open_lesson(page, shared_course, whole=False)
    assert page.evaluate("'checkVisibility' in Element.prototype") is False
    walk.whole(Finger(page), lesson09, phone.open_step)
    phone.fits(page)
