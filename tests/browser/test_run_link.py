"""A run travels as a link: it opens for somebody else, behind the same gate, and reaches nothing for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser import lesson03 as lesson
from tests.browser.conftest import ready
from tests.browser.hands import Keys, Mouse
from tests.browser.walk import card, decline

pytestmark = pytest.mark.browser

LESSON = f"/lessons/{lesson.NAME}"
TEAMS, WAYS = "Twelve teams", "12 ways"


@pytest.fixture
def address(shared_course, new_learner):
    """A link to the run that wins the goal, copied by keyboard from a learner's stage."""
    page = new_learner()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{shared_course.address}{LESSON}?all")
    ready(page)
    decline(Mouse(page), lesson.PREDICTION)
    lesson.reach(Mouse(page))
    one = card(page, lesson.GOAL)
    Keys(page).press(one.get_by_role("button", name="Copy a link to this run"))
    expect(one.locator(".choreo-player-share [role=status]")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as on a page without TLS
    one.get_by_role("button", name="Copy a link to this run").click()
    field = one.get_by_label("The address of this run")
    expect(field).to_be_focused()
    assert field.input_value() == copied
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") == len(copied)
    return copied


def test_a_link_opens_the_run_for_somebody_else_behind_the_gate_and_reaches_nothing(
    address, shared_course, new_learner
):
    page = new_learner(viewport={"width": 390, "height": 844})
    page.goto(address)
    ready(page)
    expect(page.locator(".choreo-run-note")).to_contain_text("Somebody sent you a run")
    expect(page.locator(".choreo-run-note")).to_be_in_viewport()
    expect(card(page, lesson.GOAL)).to_have_count(0)
    lesson.predict(Mouse(page))
    one = card(page, lesson.GOAL)
    expect(one.locator(".choreo-player-lent")).to_contain_text(WAYS)
    expect(one.get_by_role("heading").first).to_be_in_viewport()
    expect(page.locator(".choreo-run-note")).to_have_count(0)
    expect(one.get_by_role("radio", name=TEAMS)).to_be_checked()
    expect(one.locator(".choreo-player-number")).to_have_text("1")  # where it stood: at its end
    one.get_by_role("button", name="Same floor again").click()
    expect(one.locator(".choreo-player-goal")).not_to_have_attribute("data-reached", "")
    expect(one.locator("[data-state=holds], [data-state=fails]")).to_have_count(0)  # it is not tried for them
    page.reload()
    ready(page)
    expect(one.locator(".choreo-player-lent")).to_contain_text(WAYS)  # the address stays
    one.get_by_role("button", name="Back to my own").click()
    expect(one.get_by_role("radio", name=TEAMS)).not_to_be_checked()
    assert page.url.endswith(f"{LESSON}/")


def test_what_cannot_be_read_is_told_where_it_would_be(shared_course, new_learner):
    page = new_learner()
    page.goto(f"{shared_course.address}{LESSON}?all&run=%3Cb%3E")
    ready(page)
    expect(page.locator(".choreo-run-note")).to_contain_text("could not be read")
    expect(page.locator(".choreo-run-note")).to_be_in_viewport()
    decline(Mouse(page), lesson.PREDICTION)
    beyond = page.evaluate(
        """play => btoa(JSON.stringify({ form: 1, play, settings: { traits: 999 }, seed: 0, at: 0 }))""", lesson.GOAL
    )
    page.goto(f"{shared_course.address}{LESSON}?run={beyond.rstrip('=')}")
    ready(page)
    one = card(page, lesson.GOAL)
    expect(one.locator(".choreo-player-lent")).to_contain_text("“Ways to see each topic” to 999")
    expect(one.locator(".choreo-player-number")).to_be_visible()  # the stage is as usual
