"""Who is forgotten leaves nothing in the browser either, and nobody finds what another learner was writing."""

import json

import pytest
from playwright.sync_api import expect
from tests.browser.hands import Mouse
from tests.browser.lesson09 import PREDICTION, predict
from tests.browser.walk import card
from tests.serve.visitor import Visitor, fetch

pytestmark = pytest.mark.browser

WRITTEN = "choreography-card"
SECRET = "My boss never listens."
OURS = {"choreo_learner", "choreo_whose", "choreo_zone"}


def box(page):
    return card(page, WRITTEN).get_by_role("textbox").first


def write(page, course, open_lesson):
    """Something that is not kept yet, and what a page remembers besides: steps that are open, the order of options."""
    open_lesson(page, course)
    predict(Mouse(page))
    box(page).fill(SECRET)
    page.wait_for_function("text => JSON.stringify(localStorage).includes(text)", arg=SECRET)


def forget(page, course):
    page.goto(f"{course.address}/forget")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", name="Forgotten")).to_be_visible()


def stored(page, course):
    """All that this browser's storage holds, by another window's sight of it."""
    look = page.context.new_page()
    look.goto(f"{course.address}/health")
    found = look.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    look.close()
    return json.loads(found)[0]


def test_forgetting_takes_what_was_being_written_too(shared_course, learner, open_lesson):
    write(learner, shared_course, open_lesson)
    assert {cookie["name"] for cookie in learner.context.cookies()} == OURS
    assert all(cookie["sameSite"] == "Lax" for cookie in learner.context.cookies())
    forget(learner, shared_course)
    assert learner.context.cookies() == []
    assert stored(learner, shared_course) == {}
    open_lesson(learner, shared_course)
    expect(box(learner)).to_have_value("")
    expect(card(learner, PREDICTION)).not_to_contain_text("Locked in")


def test_a_page_that_is_still_open_writes_nothing_back(shared_course, learner, open_lesson):
    write(learner, shared_course, open_lesson)
    forget(learner.context.new_page(), shared_course)
    box(learner).press_sequentially(" And never will.")  # as somebody who does not know of it
    learner.reload()  # pagehide, and a learner who is new
    learner.wait_for_selector("html[data-ready]")
    assert SECRET not in json.dumps(stored(learner, shared_course))
    expect(box(learner)).to_have_value("")


def test_another_learner_in_the_same_browser_finds_nothing(shared_course, learner, new_learner, open_lesson):
    other = new_learner()
    other.goto(f"{shared_course.address}/lessons/09-choreography?all")
    other.goto(f"{shared_course.address}/resume")
    other.get_by_role("button", name="Make a resume code").click()
    code = other.locator(".choreo-code").inner_text()
    write(learner, shared_course, open_lesson)
    window = learner.context.new_page()
    window.goto(f"{shared_course.address}/resume")
    window.get_by_role("textbox").fill(code)
    window.get_by_role("button", name="Bring my work here").click()
    window.get_by_role("button", name="Leave").click()
    expect(window.get_by_text("Welcome back")).to_be_visible()
    learner.reload()
    learner.wait_for_selector("html[data-ready]")
    expect(box(learner)).to_have_value("")
    box(learner).fill("Mine.")
    learner.wait_for_function("() => JSON.stringify(localStorage).includes('Mine.')")
    assert SECRET not in json.dumps(stored(learner, shared_course))


def test_a_page_whose_kernel_works_for_somebody_else_opens_anew(shared_course, learner, open_lesson):
    """The learner changes between the page and its kernel: what the page knows goes before anybody sees it."""
    write(learner, shared_course, open_lesson)
    learner.context.clear_cookies()
    window = learner.context.new_page()
    window.goto(f"{shared_course.address}/lessons/09-choreography")
    for kernel in shared_course.kernels():
        kernel.kill()
    expect(box(learner)).to_have_value("")
    assert SECRET not in json.dumps(stored(learner, shared_course))


def test_a_browser_that_knows_no_mark_gets_it_with_the_page(shared_course):
    """Its learner's cookie is of an older version."""
    visitor = Visitor(shared_course)
    _, headers, _ = fetch(shared_course.address, "/lessons/09-choreography/", Cookie=visitor.cookie)
    (mark,) = headers.get_all("Set-Cookie")
    assert mark.startswith("choreo_whose=")
    both = f"{visitor.cookie}; {mark.split(';')[0]}"
    _, headers, _ = fetch(shared_course.address, "/lessons/09-choreography/", Cookie=both)
    assert headers.get_all("Set-Cookie") is None
