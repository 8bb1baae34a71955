"""A second coach in a real browser: reads along and shows answers, and is offered nothing else."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.axe import violations
from tests.browser.test_live import add, go_on, open_console, open_session, others, sealed, settle

pytestmark = pytest.mark.browser

BUTTONS = "all => all.filter((one) => one.checkVisibility()).map((one) => one.textContent)"


def test_a_second_coach_reads_along_and_shows_answers(shared_course, learner, new_learner):
    console = learner
    open_console(console, shared_course)
    add(console, "Pulse")
    settle(console, 0, "How people answer", "words")
    code = open_session(console)
    people = others(shared_course, code, 5)
    go_on(console, "Begin: Pulse")
    sealed(console, 0)
    for number, one in enumerate(people):
        one.say({"answer": f"word {number}"})
    sealed(console, 5)
    go_on(console, "Show what came")
    console.get_by_text("A second coach", exact=True).click()
    console.get_by_role("button", name="Make a link").click()
    link = console.get_by_label("Second coach’s link").input_value()
    assert re.search(r"#coach=c[0-9a-f]{16}\.[\w-]{22}$", link)
    assert "coach=c" not in console.evaluate("JSON.stringify(localStorage)")

    second = new_learner()
    said = []
    second.on("websocket", lambda line: line.on("framesent", lambda text: said.append(text)))
    second.goto(link)
    expect(second.get_by_role("heading", name="You are the second coach")).to_be_visible()
    expect(second.get_by_text("Your notes", exact=True)).to_be_visible()
    desk = second.locator(".choreo-console-desk")
    offered = desk.locator("button").evaluate_all(BUTTONS)
    assert set(offered) == {"Leave this session", "Show", "Leave out", "Show all 5 that wait"}
    assert desk.locator("a[href], iframe").count() == 0
    assert violations(second) == violations(console) == []
    second.get_by_role("button", name="Show: word 3").click()
    expect(console.get_by_role("button", name="Take back: word 3")).to_be_visible()
    assert {json.loads(one).get("do") for one in said if '"do"' in one} == {"release"}
    second.set_viewport_size({"width": 390, "height": 844})
    assert second.evaluate("document.documentElement.scrollWidth") <= 390

    console.get_by_role("button", name="Take the link back").click()
    expect(second.get_by_text("The coach who gave you this link has taken it back.")).to_be_visible()
    expect(console.get_by_role("button", name="Make a link")).to_be_visible()
    second.goto("about:blank")
    second.goto(link)
    expect(second.get_by_text("This link is not valid any more.")).to_be_visible()
