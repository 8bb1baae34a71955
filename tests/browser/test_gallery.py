"""One of every kind, as the gallery shows them: answered, kept, found again, and open to everybody."""

import pytest
from tests.browser.conftest import ready
from tests.browser.gallery import Finger, Keys, Mouse, everything_is_there, open_gallery, whole_gallery
from tests.browser.test_accessibility import SIZES, violations

pytestmark = pytest.mark.browser

WIDE, PHONE = SIZES["wide"], SIZES["phone"]


def looks(page):
    """At both sizes, light and dark: what axe finds, and whether the page scrolls sideways."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert violations(page) == [], (size, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_every_kind_is_answered_with_the_mouse_and_found_again(shared_course, new_learner):
    page = new_learner(viewport=WIDE, color_scheme="light")
    open_gallery(page, shared_course)
    whole_gallery(Mouse(page))
    everything_is_there(page)
    page.reload()
    ready(page)
    everything_is_there(page)
    looks(page)


def test_every_kind_is_answered_with_a_finger_in_the_dark_and_found_again(shared_course, new_learner):
    page = new_learner(viewport=PHONE, color_scheme="dark", has_touch=True, is_mobile=True)
    open_gallery(page, shared_course)
    whole_gallery(Finger(page))
    everything_is_there(page)
    page.reload()
    ready(page)
    everything_is_there(page)


def test_every_kind_is_answered_by_keyboard_alone_and_found_again(shared_course, new_learner):
    page = new_learner(viewport=WIDE)
    open_gallery(page, shared_course)
    whole_gallery(Keys(page))
    everything_is_there(page)
    page.reload()
    ready(page)
    everything_is_there(page)


def test_before_any_answer_every_kind_is_open_to_everybody(shared_course, new_learner):
    page = new_learner(viewport=WIDE)
    open_gallery(page, shared_course)
    looks(page)
