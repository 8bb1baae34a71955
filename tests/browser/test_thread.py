"""The learner's own collaboration goes along from lesson to lesson, in any order."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import go_on, ready
from tests.browser.walk import TEXT, button, card, kept

pytestmark = pytest.mark.browser

WORLDS, TOPIC, DOUBTS, SECOND = "my-two-worlds", "one-more-topic", "any-questions", "second-voice"
MINE = ("one timetable for ferry and bus", "the bus company's planners", "each waits for the other's draft")


def thread(page, item):
    return card(page, item).locator(".choreo-thread")


def test_it_is_named_on_the_way_and_each_lesson_shows_what_was_said_before(shared_course, learner, open_lesson):
    learner.goto(f"{shared_course.address}/lessons/03-micro-cultures")
    ready(learner)
    go_on(learner, "Two worlds")
    expect(thread(learner, WORLDS)).to_contain_text("You have named no collaboration")
    thread(learner, TOPIC).get_by_role("link", name="Name one").click()
    for box, words in zip(learner.get_by_role("textbox").all(), MINE, strict=True):
        box.fill(words)
    learner.get_by_role("button", name="Keep").click()
    learner.get_by_role("status").get_by_role("link", name="Back to the lesson").click()
    ready(learner)
    for words in MINE:
        expect(thread(learner, TOPIC)).to_contain_text(words)
    expect(card(learner, TOPIC)).to_be_in_viewport()
    worlds = card(learner, WORLDS)
    for box in worlds.get_by_role("textbox").all():
        box.fill(TEXT)
    button(worlds, "Keep").click()
    kept(worlds)

    open_lesson(learner, shared_course, name="04-speaking-up")
    for item in (DOUBTS, SECOND):
        expect(thread(learner, item)).to_contain_text(MINE[0])
    before = thread(learner, DOUBTS).locator("details")
    expect(before.get_by_text("One word, two meanings")).to_be_hidden()
    before.locator("summary").click()
    expect(before).to_contain_text("Micro-cultures")
    expect(before.get_by_text(TEXT)).to_have_count(4)

    open_lesson(learner, shared_course, name="00-welcome")
    boxes = card(learner, "my-collaboration").get_by_role("textbox")
    assert tuple(box.input_value() for box in boxes.all()) == MINE
    for box in boxes.all():
        box.fill("")
    button(card(learner, "my-collaboration"), "Keep the change").click()
    expect(card(learner, "my-collaboration")).to_contain_text("none is named")
    learner.get_by_role("link", name="What you have found").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("What you have found")
