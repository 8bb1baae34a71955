"""A coach lets the room lead itself through the debrief, and has phones make pairs."""

import os

import pytest
from playwright.sync_api import expect
from tests.browser.axe import violations
from tests.browser.test_live import add, open_console, open_session, others, session_of

pytestmark = pytest.mark.browser


def go_on(page, label):
    """Press the large button once it takes a press again."""
    button = page.locator(".choreo-console-actions [data-key=next]")
    expect(button).to_contain_text(label)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()


def test_the_large_button_leads_through_the_ten_minutes_and_pairs_have_their_time(shared_course, learner, new_learner):
    page, course = learner, shared_course
    open_console(page, course)
    add(page, "Pulse")
    code = open_session(page)
    one, other = session_of(page, code, new_learner, course, people=2)
    go_on(page, "Begin: Pulse")
    talk = page.locator(".choreo-console-talk")
    expect(talk).to_be_hidden()
    for number, person in enumerate(others(course, code, 5)):
        person.say({"answer": number})
    go_on(page, "closes the question: 5 of")
    go_on(page, "Look at it together")
    talk.get_by_role("button", name="Ten minutes of their own").click()
    expect(one.get_by_role("heading", name="What did we expect?")).to_be_visible()
    go_on(page, "Go on: What happened?")
    expect(one.get_by_role("heading", name="What happened?")).to_be_visible()
    expect(talk.get_by_role("button", name="What happened?")).to_have_attribute("aria-current", "step")
    talk.get_by_role("button", name="Pairs").click()
    expect(one.locator(".choreo-sign")).to_be_visible()
    expect(other.locator(".choreo-sign")).to_be_visible()
    expect(talk.get_by_text("In pairs:")).to_be_visible()
    assert violations(page) == []
    if folder := os.environ.get("SHOOT"):
        page.screenshot(path=f"{folder}/console.png", full_page=True)
    talk.get_by_role("button", name="End the groups").click()
    talk.get_by_role("button", name="End the ten minutes").click()
    expect(one.get_by_role("heading", name="Look at the screen in front")).to_be_visible()
