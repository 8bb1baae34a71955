import re

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ready
from tests.browser.lesson09 import (
    CARD,
    card,
    choose,
    everything_is_there,
    kept,
    predict_number,
    reach_the_goal,
    whole_lesson,
)
from tests.serve.course import own, running_course

pytestmark = pytest.mark.browser


def test_a_learner_takes_the_whole_lesson_and_finds_everything_after_all_that_can_happen(
    course, learner, open_lesson, new_learner
):
    open_lesson(learner, course)
    expect(learner).to_have_url(re.compile(r"/lessons/09-choreography$"))
    expect(learner.get_by_role("heading", level=1)).to_have_text("A flash mob, not a ballet")
    whole_lesson(learner)
    everything_is_there(learner)

    learner.reload()
    ready(learner)
    everything_is_there(learner)

    for kernel in course.kernels():
        kernel.kill()
    expect(learner.get_by_role("alert")).to_contain_text("Everything is back")
    everything_is_there(learner)

    course.restart()
    expect(learner.get_by_role("alert")).to_contain_text("Everything is back")
    everything_is_there(learner)

    learner.goto(course.address)
    expect(learner.locator("main")).to_contain_text("Finished")
    cookies = learner.context.cookies()
    again = new_learner(storage_state={"cookies": cookies, "origins": []})  # the browser was closed and opened
    open_lesson(again, course)
    everything_is_there(again)


def test_what_was_being_written_survives_the_kernel(course, learner, open_lesson):
    open_lesson(learner, course)
    box = card(learner, "written", 1).get_by_role("textbox").first
    box.fill(CARD)
    for kernel in course.kernels():
        kernel.kill()
    expect(learner.get_by_role("alert")).to_contain_text("Everything is back")
    expect(card(learner, "written", 1).get_by_role("textbox").first).to_have_value(CARD)


def test_an_answer_given_while_the_hub_is_away_is_shown_and_saved_later(course, learner, open_lesson):
    open_lesson(learner, course)
    hub = course.server("choreo.hub")
    hub.suspend()
    one = card(learner, "choice", 0)
    one.locator("label", has_text="call daily").click()
    one.get_by_role("button", name="Check", exact=True).click()
    expect(one).to_contain_text("not saved yet")
    hub.resume()
    one.get_by_role("button", name="Save again").click()
    kept(one)
    learner.reload()
    ready(learner)
    kept(card(learner, "choice", 0))


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
    for secret in (b"It uses both ways over the threshold", b"A frame can be kept in twenty-six", b'"right": true'):
        assert secret not in everything
    choose(page, 0, "call daily")
    expect(card(page, "choice", 0)).to_contain_text("both ways over the threshold")


def test_two_learners_never_see_each_other_s_work(shared_course, new_learner, open_lesson):
    one, other = new_learner(), new_learner()
    open_lesson(one, shared_course)
    predict_number(one)
    open_lesson(other, shared_course)
    expect(card(other, "predict", 1).get_by_role("spinbutton")).to_have_value("")
    expect(card(other, "predict", 1)).not_to_contain_text("Locked in")


def test_a_resume_code_brings_the_work_to_another_device_and_forget_me_ends_it(shared_course, new_learner, open_lesson):
    one, phone = new_learner(), new_learner(viewport={"width": 390, "height": 844})
    open_lesson(one, shared_course)
    predict_number(one)
    one.goto(shared_course.address)
    one.get_by_role("link", name="another device").first.click()
    one.get_by_role("button", name="Make a resume code").click()
    code = one.locator(".choreo-code").inner_text()
    phone.goto(f"{shared_course.address}/resume")
    phone.get_by_role("textbox").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Bring my work here").click()
    open_lesson(phone, shared_course)
    expect(card(phone, "predict", 1)).to_contain_text("Locked in")
    phone.goto(f"{shared_course.address}/forget")
    phone.get_by_role("button", name="Delete everything").click()
    open_lesson(one, shared_course)
    expect(card(one, "predict", 1)).not_to_contain_text("Locked in")


def test_the_sandbox_opens_when_the_goal_is_reached(shared_course, learner, open_lesson):
    open_lesson(learner, shared_course)
    everyone = learner.locator(".choreo-explorable").get_by_role("radio", name="Everyone")
    expect(everyone).to_have_count(0)
    reach_the_goal(learner)
    expect(everyone).to_be_enabled()


def test_a_phone_shows_the_lesson_without_sideways_scrolling(shared_course, new_learner, open_lesson):
    page = new_learner(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    open_lesson(page, shared_course)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_where_fork_is_missing_the_lesson_works_with_a_kernel_of_voila_s(tmp_path, learner, open_lesson):
    with running_course(tmp_path / "data", port=own(8960), CHOREO_FORK="0") as course:
        open_lesson(learner, course)
        predict_number(learner)
        choose(learner, 0, "call daily")
        for kernel in course.kernels():
            kernel.kill()
        learner.get_by_role("button", name="Bring everything back").click()
        ready(learner)
        expect(card(learner, "predict", 1)).to_contain_text("Locked in")
        kept(card(learner, "choice", 0))


# Moves the first slider as a hand does that has not let go; resolves with the paths of the lines that moved at once, and of
# Plotly's, which has followed.
MOVE = """
async (coupling) => {
  const play = document.querySelector(".choreo-explorable");
  const box = play.querySelector(".choreo-chart .choreo-plot-box");
  const slider = play.querySelector("input[id$='-coupling']");
  const paths = (root, lines) => [...root.querySelectorAll(lines)].map((line) => line.getAttribute("d"));
  const rested = new Promise((resolve, reject) => {
    setTimeout(reject, 20000, new Error("no lines moved"));
    new MutationObserver((changes) => {
      const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
      const lines = gone.find((node) => node.matches(".choreo-plot-lines"));
      if (lines) resolve(paths(lines, "path"));
    }).observe(box, { childList: true });
  });
  slider.value = coupling;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return [await rested, paths(box, ".scatterlayer .trace .js-line")];
}"""


def test_lines_that_move_with_a_control_stand_where_plotly_draws_them_once_it_rests(
    shared_course, learner, open_lesson
):
    open_lesson(learner, shared_course)
    learner.locator(".choreo-chart").first.scroll_into_view_if_needed()
    expect(learner.locator(".choreo-chart .scatterlayer .js-line")).to_have_count(3)  # neighbours, all, the goal
    learner.evaluate(MOVE, 2.7)  # Plotly finds its margins to the pixel when it draws for the second time
    moved, drawn = learner.evaluate(MOVE, 1.3)
    assert len(moved) == len(drawn) == 3
    for ours, plotlys in zip(map(points, moved), map(points, drawn), strict=True):
        assert plotlys[:, 1] == pytest.approx(np.interp(plotlys[:, 0], *ours.T), abs=1)  # px; Plotly leaves out points


def points(path):
    return np.array(re.findall(r"-?\d+\.?\d*", path), float).reshape(-1, 2)
