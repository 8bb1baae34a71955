"""One person takes the whole course, with all that can happen on the way, takes it home, and comes back.

Half of each lesson is taken with the mouse, half by keyboard; test_keyboard.py takes a whole one so.
"""

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser import gate, home, lesson03, lesson09
from tests.browser.axe import violations
from tests.browser.conftest import MOVING, ready
from tests.browser.fold import taste_in_view
from tests.browser.hands import Keys, Mouse
from tests.browser.paper import printed
from tests.browser.walk import afterwards, open_step, second
from tests.serve.course import own, running_course

pytestmark = pytest.mark.browser

FOUND = sorted(path.stem for path in Path(__file__).parent.glob("lesson[0-9][0-9].py"))
IN_ORDER = [import_module(f"tests.browser.{name}") for name in FOUND]
LESSONS = pytest.mark.parametrize("lesson", IN_ORDER, ids=lambda one: one.NAME)
STIRRING = (lesson03, lesson09)  # a territory and a plaza, which are taken with all that moves
DAILY = 12


@dataclass
class Person:
    """Who takes the course: what their browser knows them by, and the lessons that they have taken."""

    cookies: list = field(default_factory=list)
    taken: list = field(default_factory=list)

    def browser(self, new_learner, **options):
        """A page of theirs; the browser was closed and opened since the last."""
        return new_learner(storage_state={"cookies": self.cookies, "origins": []}, **options)


@pytest.fixture(scope="module")
def person():
    return Person()


def back(page):
    expect(page.get_by_role("alert")).to_contain_text("Everything is back")


def kill_kernels(course, page):
    for kernel in course.kernels():
        kernel.kill()
    back(page)


def as_far_as_the_goal(hand, heard, lesson):
    """What a prediction hides is told afterwards, and beside it what was said."""
    page = hand.page
    taste_in_view(page, lesson)
    printed(page)
    lesson.taste(hand)
    open_step(hand)
    gate.nothing_is_given_away(page, heard, lesson)
    gate.later_steps_are_not_told(page)
    lesson.predict(hand)
    open_step(hand)
    gate.asks(page, lesson)
    gate.compared(page, lesson)
    parts = (f"[data-choreo-item={lesson.PREDICTION}]", ".choreo-comparison-panel")
    assert violations(page, parts=parts) == []  # test_whole.py looks at all the rest, for who predicted nothing
    lesson.play(hand)


def as_far_as_the_end(hand, lesson):
    lesson.reach(hand)
    second(hand, lesson)
    open_step(hand, "Try it")
    lesson.practise(hand)
    open_step(hand)
    lesson.transfer(hand)
    afterwards(hand, lesson)
    open_step(hand, "Sources")
    lesson.everything_is_there(hand.page)


def take(person, course, open_lesson, new_learner, lesson):
    page = person.browser(new_learner, **(MOVING if lesson in STIRRING else {}))
    assert home.due(page, course) <= DAILY + len(person.taken)
    heard = gate.listen(page)
    hands = Mouse(page), Keys(page)
    hand, other = hands if IN_ORDER.index(lesson) % 2 else reversed(hands)
    open_lesson(page, course, whole=False, name=lesson.NAME, title=lesson.TITLE)
    assert page.url.endswith(f"/lessons/{lesson.NAME}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(lesson.TITLE)
    as_far_as_the_goal(hand, heard, lesson)
    page.reload()
    ready(page)
    lesson.predicted(page)
    open_step(other)
    kill_kernels(course, page)
    as_far_as_the_end(other, lesson)

    if lesson is lesson09:  # servers do not know what a lesson teaches: one is asked for all
        course.restart()
        kill_kernels(course, page)
        lesson.everything_is_there(page)

    page.goto(course.address)
    expect(page.locator("main")).to_contain_text("Finished")
    person.cookies = page.context.cookies()
    again = person.browser(new_learner)
    open_lesson(again, course, name=lesson.NAME)
    lesson.everything_is_there(again)
    person.taken.append(lesson)
    for coming in IN_ORDER[IN_ORDER.index(lesson) + 1 :][:1]:
        open_lesson(again, course, name=coming.NAME)
        home.untouched(again, coming)
    home.time_passes(course, "2 hours")


@LESSONS
def test_a_learner_takes_the_whole_lesson_and_finds_everything_after_all_that_can_happen(
    course, person, open_lesson, new_learner, lesson
):
    take(person, course, open_lesson, new_learner, lesson)


def test_a_course_that_was_taken_lesson_by_lesson_is_taken_home(course, person, open_lesson, new_learner, tmp_path):
    for lesson in IN_ORDER:
        if lesson not in person.taken:  # this test runs alone
            take(person, course, open_lesson, new_learner, lesson)
    page = person.browser(new_learner)
    found = home.taken_home(page, course)
    home.everything_is_said(page, course, found, IN_ORDER)
    course.restart()
    assert home.taken_home(page, course) == found
    assert home.taken_home(home.with_code(page, new_learner, course), course) == found
    with running_course(tmp_path / "there", port=own(8790)) as there:
        assert home.taken_home(home.read_in(page, course, new_learner, there), there) == found

    home.time_passes(course, "1 days")
    asked = DAILY + len(IN_ORDER)  # of more than twice as many questions that were met; and each plan, once
    assert home.due(page, course) == asked
    page.get_by_role("link", name="Review now").click()
    expect(page.locator("form")).to_contain_text(f"{asked} to go")
