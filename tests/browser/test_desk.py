"""The desk while a session runs: nothing happens twice or by mistake, a clicker moves on, plans are kept as files."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.axe import violations
from tests.browser.test_live import (
    add,
    go_on,
    open_console,
    open_session,
    others,
    press,
    press_when_ready,
    sealed,
    session_of,
    settle,
)

pytestmark = pytest.mark.browser
NEXT = ".choreo-console-actions [data-key=next]"
ASKED = ".choreo-console-asked"


def rested(page):
    """Wait until the large button takes a press again."""
    expect(page.locator(NEXT)).not_to_have_attribute("aria-disabled", "true")


def at_step(page, title):
    expect(page.locator("[aria-current=step]")).to_have_text(title)


def a_search(page, course, new_learner):
    """Silo search, in its first round, with one person on a phone."""
    open_console(page, course)
    add(page, "Silo search", "Pulse")
    settle(page, 0, "Rounds", "3")
    code = open_session(page)
    [phone] = session_of(page, code, new_learner, course, people=1)
    go_on(page, "Begin: Silo search")
    at_step(page, "Explain")
    rested(page)
    go_on(page, "Split the room and search")
    expect(page.locator(".choreo-console-head")).to_contain_text("Activity 1 of 2, round 1 of 3")
    expect(page.locator(NEXT)).to_contain_text("Round 1 of 3: 0 of 1 have moved")
    rested(page)
    return phone


def test_a_double_click_cuts_no_game_short_and_it_is_asked_in_place(shared_course, learner, new_learner):
    page = learner
    page.set_viewport_size({"width": 1280, "height": 720})
    phone = a_search(page, shared_course, new_learner)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(NEXT)).to_be_in_viewport(ratio=1)
    page.locator(NEXT).dblclick()
    asked = page.get_by_role("group", name="End the game in round 1 of 3?")
    expect(asked).to_contain_text("0 of 1 have moved in it.")
    expect(asked).to_be_in_viewport(ratio=1)
    assert violations(page) == []
    at_step(page, "Split the room and search")
    page.get_by_role("button", name="Play on").focus()
    page.keyboard.press("Escape")
    expect(page.locator(NEXT)).to_be_focused()
    rested(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Play on")).to_be_focused()
    press(phone, re.compile("^Switch 1,"))
    expect(page.locator(ASKED)).to_contain_text("End the game in round 2 of 3?")
    page.keyboard.press("Tab")
    leave = page.get_by_role("button", name="End it here")
    expect(leave).to_be_focused()
    expect(leave).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    at_step(page, "Look at it together")


def test_a_press_is_heard_although_somebody_answers_meanwhile(shared_course, learner):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    code = open_session(learner)
    go_on(learner, "Begin: Pulse")
    at_step(learner, "Ask")
    rested(learner)
    learner.locator(NEXT).scroll_into_view_if_needed()
    learner.locator(NEXT).hover()
    learner.mouse.down()
    others(shared_course, code, 3)
    expect(learner.locator(".choreo-console-count")).to_contain_text("3 here")
    learner.mouse.up()
    expect(learner.locator(ASKED)).to_contain_text("Close the question before anybody has answered?")


def test_a_clicker_moves_on_and_back_from_the_desk_and_from_the_projector_s_window(shared_course, learner, new_learner):
    page = learner
    open_console(page, shared_course)
    add(page, "Pulse", "Pulse")
    code = open_session(page)
    projector = page.context.new_page()
    projector.goto(page.get_by_role("link", name="Open the projector view").get_attribute("href"))
    expect(projector.get_by_text(f"{code[:3]} {code[3:]}").first).to_be_visible()
    page.get_by_label("Virtual participants").press("PageDown")  # a key in a field belongs to the field
    page.get_by_label("Timer on the projector, in minutes").press("ArrowRight")
    expect(page.get_by_role("heading", name="Ready when you are")).to_be_visible()
    page.locator(NEXT).focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")  # at once once more: it belongs to the first
    at_step(page, "Ask")
    page.keyboard.press("PageUp")
    expect(page.get_by_role("heading", name="Ready when you are")).to_be_visible()
    rested(page)
    projector.keyboard.press("PageDown")
    at_step(page, "Ask")
    expect(projector.get_by_role("heading", name=re.compile("How"))).to_be_visible()
    projector.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Ready when you are")).to_be_visible()
    page.close()
    projector.keyboard.press("PageDown")
    expect(projector.get_by_text("The console is not open in this browser")).to_be_visible()


def test_a_question_opened_by_mistake_is_taken_back_only_when_its_answers_may_go(shared_course, learner, new_learner):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    code = open_session(learner)
    [phone] = session_of(learner, code, new_learner, shared_course, people=1)
    go_on(learner, "Begin: Pulse")
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name=re.compile("^(Send|Change) my answer")).click()
    sealed(learner, 1)
    learner.get_by_role("button", name="Take back: Pulse").click()
    asked = learner.get_by_role("group", name="Take back “Pulse”?")
    expect(asked).to_contain_text("The one answer that came since will be gone.")
    press_when_ready(asked.get_by_role("button", name="Take it back"))
    expect(learner.get_by_role("heading", name="Ready when you are")).to_be_visible()
    expect(phone.get_by_role("radio")).to_have_count(0)


def test_a_timer_stands_on_the_projector_and_outlasts_reload_and_hub(course, learner, new_learner):
    open_console(learner, course)
    add(learner, "Pulse")
    open_session(learner)
    projector = new_learner(viewport={"width": 1920, "height": 1080})
    projector.goto(learner.get_by_role("link", name="Open the projector view").get_attribute("href"))
    learner.get_by_label("Timer on the projector, in minutes").fill("6")
    learner.get_by_role("button", name="Start", exact=True).click()
    timer = projector.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"^(6:00|5:5\d)$"))
    assert timer.evaluate("timer => parseFloat(getComputedStyle(timer).fontSize)") > 1080 / 20
    assert violations(projector) == []
    projector.reload()
    expect(timer).to_have_text(re.compile(r"^5:[45]\d$"))
    course.server("choreo.hub").kill()
    learner.reload()
    expect(learner.locator(".choreo-console-left")).to_have_text(re.compile(r"^5:[0-5]\d left$"))
    projector.reload()
    expect(timer).to_have_text(re.compile(r"^5:[0-5]\d$"))
    learner.get_by_role("button", name="Stop", exact=True).click()
    expect(timer).to_be_hidden()


def test_a_plan_is_kept_saved_and_read_in_and_a_wrong_one_says_what_is_wrong(
    shared_course, learner, new_learner, tmp_path
):
    open_console(learner, shared_course)
    learner.get_by_role("button", name="Take this plan: From silos to choreography in an hour").click()
    learner.get_by_label("Title").fill("Our hour")
    learner.get_by_text("Notes for yourself").click()
    learner.get_by_label("Running late? What to cut").fill("Leave out the flash mob.")
    learner.get_by_role("button", name="Keep it in this browser").click()
    with learner.expect_download() as arriving:
        learner.get_by_role("button", name="Save as a file").click()
    assert arriving.value.suggested_filename == "our-hour.json"
    file = tmp_path / "our-hour.json"
    arriving.value.save_as(file)
    learner.reload()
    expect(learner.get_by_role("button", name="Take this plan: Our hour")).to_be_visible()
    other = new_learner()
    open_console(other, shared_course)
    wrong = tmp_path / "wrong.json"
    plan = json.loads(file.read_text(encoding="utf-8"))
    plan["items"][1]["settings"]["rounds"] = 1000
    wrong.write_text(json.dumps(plan), encoding="utf-8")
    other.locator("input[type=file]").set_input_files(wrong)
    fault = "wrong.json, item 2 (Silo search), rounds: 1000 is no whole number from"
    expect(other.get_by_role("alert").filter(has_text=fault)).to_be_visible()
    other.locator("input[type=file]").set_input_files(file)
    expect(other.get_by_label("Title")).to_have_value("Our hour")
    expect(other.get_by_role("alert").filter(has_text="wrong.json")).to_have_count(0)
    other.set_viewport_size({"width": 1280, "height": 720})
    other.get_by_label("Title").focus()
    expect(other.get_by_role("button", name="Open the session")).to_be_in_viewport(ratio=1)
    open_session(other)
    notes = other.locator(".choreo-console-notes")
    expect(notes).to_contain_text("Running late? Leave out the flash mob. Never cut the last ten minutes.")
    notes.get_by_text("The plan, minute by minute").click()
    expect(notes.get_by_role("cell", name="A first answer from everybody", exact=False)).to_be_visible()
    assert violations(other) == []


def test_the_next_session_opens_with_what_was_promised_if_the_coach_wants(shared_course, learner, tmp_path):
    page = learner
    plan = {"question": "Which move is yours?", "form": "words", "promise": True}
    file = tmp_path / "ours.json"
    item = {"activity": "pulse", "minutes": 5, "settings": plan}
    file.write_text(json.dumps({"title": "Ours", "items": [item]}), encoding="utf-8")
    open_console(page, shared_course)
    page.locator("input[type=file]").set_input_files(file)
    code = open_session(page)
    people = others(shared_course, code, 6)
    go_on(page, "Begin: Pulse")
    at_step(page, "Ask")
    for one, words in zip(people, ["ask Ann", "ask Ann", "call Bob", "listen", "fewer mails", "one page"], strict=True):
        one.say({"answer": words})
    sealed(page, 6)
    go_on(page, "Show what came")
    wrote = page.locator(".choreo-console-texts")
    wrote.get_by_role("button", name="Leave out: call Bob").click()
    wrote.get_by_role("button", name="Show all 4 that wait").click()
    expect(wrote).to_contain_text("4 of 5 shown to the room, 1 left out.")
    page.get_by_role("button", name="End the session").first.click()
    page.get_by_role("dialog").get_by_role("button", name="End it").click()
    promised = page.locator("details[data-key=promised-after]")
    expect(promised).to_contain_text("6 people answered: “Which move is yours?”")
    expect(promised.locator("li")).to_have_text(["ask Ann (2 people)", "fewer mails", "listen", "one page"])
    promised.get_by_role("button", name="Have the plan remember it").click()
    expect(promised).to_contain_text("“Ours”, among your own plans, remembers it.")
    assert violations(page) == []
    page.get_by_role("button", name="Prepare another session").click()
    page.get_by_role("button", name="Take this plan: Ours").click()
    again = page.get_by_role("dialog").get_by_role("button", name="Replace it")
    if again.is_visible():
        again.click()
    open_session(page)
    last = page.locator(".choreo-console-last")
    expect(last.locator("li")).to_have_count(4)
    room = page.frame_locator(".choreo-console-preview")
    expect(room.locator("#lobby")).to_be_visible()
    last.get_by_role("button", name="Show it to the room").click()
    expect(room.get_by_role("heading", name="Last time we promised")).to_be_visible()
    expect(room.locator(".choreo-room-words li")).to_have_count(4)
    assert violations(page) == []
    last.get_by_role("button", name="Back to the way in").click()
    expect(room.locator("#lobby")).to_be_visible()
