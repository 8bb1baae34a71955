"""What becomes of an answer: kept through all that can happen, seen by nobody else, and never before it was given."""

import psutil
import pytest
from playwright.sync_api import expect
from tests.browser import walk
from tests.browser.conftest import ready
from tests.browser.hands import Mouse
from tests.browser.lesson09 import CASE, GOAL, PREDICTION, WINNING, predict
from tests.browser.test_forgetting import OURS
from tests.browser.walk import card, kept
from tests.serve.course import PATIENCE, own, running_course

pytestmark = pytest.mark.browser

WHY = "both ways over the threshold"  # said of the right answer to CASE


def test_what_was_being_written_survives_the_kernel(course, learner, open_lesson):
    open_lesson(learner, course)
    box = card(learner, "choreography-card").get_by_role("textbox").first
    box.fill(walk.TEXT)
    for kernel in course.kernels():
        kernel.kill()
    expect(learner.get_by_role("alert")).to_contain_text("Everything is back")
    expect(card(learner, "choreography-card").get_by_role("textbox").first).to_have_value(walk.TEXT)


def test_an_answer_given_while_the_hub_is_away_outlives_a_reload_and_is_saved_by_itself(course, learner, open_lesson):
    open_lesson(learner, course)
    hub = course.server("choreo.hub")
    hub.suspend()
    one = card(learner, CASE)
    one.locator("label", has_text="call daily").click()
    one.get_by_role("button", name="Check", exact=True).click()
    expect(one).to_contain_text("not saved yet")
    learner.reload()
    ready(learner)
    expect(one.get_by_role("radio", name="call daily")).to_be_checked()
    one.scroll_into_view_if_needed()
    banner = learner.get_by_role("alert").filter(has_text="could not be brought back")
    expect(banner).to_be_in_viewport()  # where the reader is
    hub.resume()
    expect(banner).to_be_hidden()
    kept(one)
    learner.reload()
    ready(learner)
    kept(one)


def test_a_goal_and_settings_that_could_not_be_kept_outlive_a_reload_and_are_kept_then(course, learner, open_lesson):
    open_lesson(learner, course)
    predict(Mouse(learner))
    goal = card(learner, GOAL)
    hub = psutil.Process(course.server("choreo.hub").pid)
    hub.rlimit(psutil.RLIMIT_FSIZE, (1, psutil.RLIM_INFINITY))  # the disk is full
    walk.move(Mouse(learner), goal, WINNING)
    expect(goal.locator(".choreo-player-goal")).to_contain_text("Not kept yet", timeout=walk.LONG)
    goal.get_by_role("button", name="Keep this setting").click()
    expect(goal.locator(".choreo-player-kept")).to_contain_text("Not kept yet")
    hub.rlimit(psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))
    for _ in range(2):
        learner.reload()
        ready(learner)
        walk.reached(goal)
        expect(goal.get_by_role("button", name="Go back to")).to_be_visible()
        expect(goal.get_by_text("Not kept yet")).to_have_count(0)


SWALLOWED = """if (!sessionStorage.through) {
    globalThis.WebSocket = class extends EventTarget { readyState = 0; send() {} close() { this.readyState = 2; } };
    Object.assign(WebSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
}"""


def test_where_a_network_swallows_websockets_it_is_said_and_answers_wait_for_a_better_one(
    shared_course, learner, open_lesson
):
    learner.add_init_script(SWALLOWED)
    learner.clock.install()
    open_lesson(learner, shared_course)
    one = card(learner, CASE)
    learner.clock.fast_forward(5_000)  # a card that nobody opens opens by itself
    one.locator("label", has_text="call daily").click()
    one.get_by_role("button", name="Check", exact=True).click()
    learner.clock.fast_forward(11_000)
    told = learner.get_by_role("alert").filter(has_text=f"WebSocket to 127.0.0.1:{shared_course.port}")
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("Ask whoever runs your network")
    expect(one).to_contain_text("Your answer stays on this page")
    learner.evaluate("sessionStorage.through = 'yes'")
    learner.reload()
    ready(learner)
    kept(one)


def test_a_lesson_says_that_the_device_is_offline(shared_course, learner, open_lesson):
    open_lesson(learner, shared_course, whole=False)
    learner.context.set_offline(True)
    told = learner.get_by_role("alert").filter(has_text="offline just now")
    expect(told).to_be_visible()
    learner.context.set_offline(False)
    expect(told).to_be_hidden()


def test_right_answers_do_not_reach_the_browser_before_an_answer(shared_course, new_learner, open_lesson):
    page = new_learner()
    heard = []
    page.on("response", lambda reply: heard.append(reply.body()) if reply.ok else None)
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: heard.append(frame if isinstance(frame, bytes) else frame.encode())
        ),
    )
    open_lesson(page, shared_course)
    everything = b"".join(heard)
    assert b"Five quiet months" in everything  # we did listen
    for secret in (WHY.encode(), b"A frame can be kept in twenty-six", b'"right": true'):
        assert secret not in everything
    walk.choose(Mouse(page), CASE, "call daily")
    expect(card(page, CASE)).to_contain_text(WHY)


def test_two_learners_never_see_each_other_s_work(shared_course, new_learner, open_lesson):
    one, other = new_learner(), new_learner()
    open_lesson(one, shared_course)
    predict(Mouse(one))
    open_lesson(other, shared_course)
    expect(card(other, PREDICTION).locator("input:checked")).to_have_count(0)
    expect(card(other, PREDICTION)).not_to_contain_text("Locked in")


def test_a_resume_code_brings_the_work_to_another_device_and_forget_me_ends_it(shared_course, new_learner, open_lesson):
    one, phone = new_learner(), new_learner(viewport={"width": 390, "height": 844})
    open_lesson(one, shared_course)
    predict(Mouse(one))
    one.goto(shared_course.address)
    one.get_by_role("link", name="another device").first.click()
    one.get_by_role("button", name="Make a resume code").click()
    code = one.locator(".choreo-code").inner_text()
    phone.goto(f"{shared_course.address}/resume")
    phone.get_by_role("textbox").fill(code.lower().replace("-", " "))
    with phone.expect_navigation():  # what comes next must not overtake it
        phone.get_by_role("button", name="Bring my work here").click()
    open_lesson(phone, shared_course)
    expect(card(phone, PREDICTION)).to_contain_text("Locked in")
    phone.goto(f"{shared_course.address}/forget")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Delete everything").click()
    open_lesson(one, shared_course)
    expect(card(one, PREDICTION)).not_to_contain_text("Locked in")


def test_where_fork_is_missing_the_lesson_works_with_a_kernel_of_voila_s(tmp_path, learner, open_lesson):
    foreign = {"name": "zoomdata", "value": '{"a": "b c"}', "url": "http://127.0.0.1"}
    learner.context.add_cookies([foreign])  # of another program on this host
    with running_course(tmp_path / "data", port=own(8960), CHOREO_FORK="0") as course:
        open_lesson(learner, course)
        predict(Mouse(learner))
        walk.choose(Mouse(learner), CASE, "call daily")
        for kernel in course.kernels():
            kernel.kill()
        learner.get_by_role("button", name="Bring everything back").click()
        ready(learner)
        expect(card(learner, PREDICTION)).to_contain_text("Locked in")
        kept(card(learner, CASE))
        assert {cookie["name"] for cookie in learner.context.cookies()} == {*OURS, "zoomdata"}
        kernels = course.kernels()
        learner.goto(course.address)
        assert psutil.wait_procs(kernels, PATIENCE)[1] == []  # the page has said that it leaves
