"""A lesson gone through by keyboard alone, with a stop at everything on the way; test_lesson.py takes half of each so."""

import pytest
from playwright.sync_api import expect
from tests.browser import lesson09, walk
from tests.browser.hands import Keys, press

pytestmark = pytest.mark.browser


def test_the_whole_lesson_works_by_keyboard_alone(shared_course, new_learner):
    page = new_learner()
    hand = Keys(page, every_stop=True)
    page.goto(shared_course.address)
    press(page, page.get_by_role("link", name=lesson09.TITLE).last, "Enter")
    page.wait_for_selector("html[data-ready]")
    press(page, page.get_by_role("link", name="Skip to the lesson"), "Enter")
    expect(page.locator("main")).to_be_focused()
    walk.whole(hand, lesson09)
