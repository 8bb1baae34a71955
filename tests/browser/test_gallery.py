"""One of every kind, as the gallery shows them: answered, kept, found again, and open to everybody.

With a finger and by keyboard; with the mouse the kinds are answered in lessons.
"""

import pytest
from tests.browser.axe import AFTER, BEFORE, glance
from tests.browser.conftest import MOVING, ready
from tests.browser.gallery import everything_is_there, open_gallery, whole_gallery
from tests.browser.hands import Finger, Keys

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def looks(page, views):
    """What axe finds in these; the page is as it was afterwards."""
    glance(page, views)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)


def test_every_kind_is_open_to_everybody_before_and_after_it_is_answered_by_keyboard_alone_and_found_again(
    shared_course, new_learner
):
    page = new_learner(viewport=WIDE, color_scheme="light")
    open_gallery(page, shared_course)
    looks(page, BEFORE)
    whole_gallery(Keys(page))
    page.reload()
    ready(page)
    everything_is_there(page)
    looks(page, AFTER[:1])  # one view of two: axe takes as long for each as all answers do


def test_every_kind_is_answered_with_a_finger_in_the_dark(shared_course, new_learner):
    page = new_learner(viewport=PHONE, color_scheme="dark", has_touch=True, is_mobile=True, **MOVING)
    open_gallery(page, shared_course)
    whole_gallery(Finger(page))
    everything_is_there(page)
