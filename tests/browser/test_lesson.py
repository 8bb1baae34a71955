"""One person takes the whole course, with all that can happen on the way, takes it home, and comes back.

Half of each lesson is taken on a phone, half at a desk, with the mouse or by keyboard. One is taken wholly by keyboard in
test_keyboard.py and wholly with a finger in test_phone.py.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser import gate, home, lesson03, lesson09, phone, walk
from tests.browser.axe import violations
from tests.browser.conftest import MOVING, ready
from tests.browser.hands import Finger, Keys, Mouse
from tests.browser.walk import afterwards, second
from tests.serve.course import own, running_course

pytestmark = pytest.mark.browser

FOUND = sorted(path.stem for path in Path(__file__).parent.glob("lesson[0-9][0-9].py"))
IN_ORDER = [import_module(f"tests.browser.{name}") for name in FOUND]
LESSONS = pytest.mark.parametrize("lesson", IN_ORDER, ids=lambda one: one.NAME)
# As far as the goal, and from there on; lesson after lesson, in turn.
HANDS = ((Finger, Keys), (Mouse, Finger), (Finger, Mouse), (Keys, Finger))
STIRRING = (lesson03, lesson09)  # a territory and a plaza, which are taken with all that moves
DAILY = 12


@dataclass
class Person:
    """Who takes the course: what their browser knows them by, and the lessons that they have taken."""

    cookies: list = field(default_factory=list)
    taken: list = field(default_factory=list)

    def browser(self, opened, **options):
        """A page of theirs, on the device that `opened` opens; the browser was closed and opened since the last."""
        return opened(storage_state={"cookies": self.cookies, "origins": []}, **options)

    def takes(self, kind, new_learner, **options):
        """A hand of that kind on a page of theirs: a finger on a phone, another at a desk."""
        return kind(self.browser(partial(phone.phone, new_learner) if kind is Finger else new_learner, **options))


@pytest.fixture(scope="module")
def person():
    return Person()


def back(page):
    expect(page.get_by_role("alert")).to_contain_text("Everything is back")


def kill_kernels(course, page):
    for kernel in course.kernels():
        kernel.kill()
    back(page)


def open_step(hand, to=""):
    (phone.open_step if isinstance(hand, Finger) else walk.open_step)(hand, to)


def as_far_as_the_goal(hand, heard, lesson):
    """What a prediction hides is told afterwards, and beside it what was said."""
    page = hand.page
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
    second(hand, lesson, open_step)
    open_step(hand, "Try it")
    lesson.practise(hand)
    open_step(hand)
    lesson.transfer(hand)
    afterwards(hand, lesson, open_step)
    open_step(hand, "Sources")
    lesson.everything_is_there(hand.page)


def take(person, course, open_lesson, new_learner, lesson):
    turn = IN_ORDER.index(lesson)
    one, other = HANDS[turn % len(HANDS)]
    motion = MOVING if lesson in STIRRING else {}
    hand = person.takes(one, new_learner, **motion)
    assert home.due(hand.page, course) <= DAILY + len(person.taken)
    heard = gate.listen(hand.page)
    open_lesson(hand.page, course, whole=False, name=lesson.NAME, title=lesson.TITLE)
    assert hand.page.url.endswith(f"/lessons/{lesson.NAME}/")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(lesson.TITLE)
    as_far_as_the_goal(hand, heard, lesson)
    person.cookies = hand.page.context.cookies()
    hand.page.close()

    hand = person.takes(other, new_learner, **motion)
    page = hand.page
    page.goto(course.address)
    page.get_by_role("link", name=re.compile(f"^Continue.*{re.escape(lesson.TITLE)}")).click()
    ready(page)
    lesson.predicted(page)
    open_step(hand)
    kill_kernels(course, page)
    as_far_as_the_end(hand, lesson)

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
    if turn % 5 == 1:  # two of them tell for all
        coming = IN_ORDER[turn + 1]
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
