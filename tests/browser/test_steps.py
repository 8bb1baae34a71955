"""A lesson opens step by step, waits at a prediction, and comes back to where somebody was."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser import lesson09
from tests.browser.conftest import go_on, painted, ready
from tests.browser.hands import Mouse, press
from tests.browser.old import OLD
from tests.browser.test_lesson import LESSONS

pytestmark = pytest.mark.browser

LESSON, PROSE = f"/lessons/{lesson09.NAME}", lesson09.PROSE


@pytest.fixture
def lesson(shared_course, learner):
    """The lesson as it opens for the first time."""
    learner.goto(shared_course.address + LESSON)
    ready(learner)
    return learner


def card(page, kind, at):
    """The card of that kind, counted from the top of the lesson."""
    return page.locator(f".choreo-card-{kind}").nth(at)


def predict(page, lesson=lesson09):
    lesson.predict(Mouse(page))


def steps(page):
    return page.locator("main > [data-step]").count()


def bar(page):
    return page.locator("[data-bar]")


def open_steps(page):
    return page.locator("main > [data-step]:visible").count()


def test_a_lesson_opens_with_its_first_step_and_each_further_one_has_the_focus_on_its_heading(lesson):
    assert open_steps(lesson) == 1
    expect(lesson.locator(".choreo-card")).to_have_count(0)  # what is closed has cost nothing
    bar(lesson).get_by_role("button", name=re.compile("^Go on: ")).click()
    ready(lesson)
    assert open_steps(lesson) == 2
    expect(lesson.locator("main > [data-step]:visible h2").last).to_be_focused()
    lesson.reload()
    ready(lesson)
    assert open_steps(lesson) == 2


def test_nobody_goes_past_a_prediction_that_is_open_and_no_title_tells_what_comes(lesson):
    hidden = lesson.locator("main > [data-step] > h2").nth(2).text_content()
    go_on(lesson)
    button = bar(lesson).get_by_role("button", name="Go on")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(re.compile("lock in your prediction"))
    outline = lesson.get_by_role("navigation", name="Steps of this lesson")
    expect(outline).to_contain_text(f"{steps(lesson) - 2} more parts, once you have said what you expect")
    expect(lesson.get_by_text(hidden, exact=True).locator("visible=true")).to_have_count(0)
    button.click(force=True)
    assert open_steps(lesson) == 2
    expect(card(lesson, "predict", 0).locator("h3")).to_be_focused()  # it leads to what is to be done
    predict(lesson)
    expect(button).to_have_text(f"Go on: {hidden}")
    expect(outline.get_by_role("listitem").locator("visible=true")).to_have_count(steps(lesson))


def test_the_way_through_by_keyboard_alone(lesson):
    press(lesson, bar(lesson).get_by_role("button", name="Go on"), "Enter")
    expect(lesson.locator("main > [data-step]:visible h2").last).to_be_focused()
    press(lesson, bar(lesson).get_by_role("button", name="Show all"), "Enter")
    lesson.keyboard.press("Enter")  # the question has the focus on its yes
    expect(lesson.locator("main > [data-step]:visible")).to_have_count(steps(lesson))
    expect(lesson.locator("main > [data-step] > h2").nth(2)).to_be_focused()


def test_all_is_shown_by_one_click_after_a_question_and_stays(lesson):
    lesson.get_by_role("navigation", name="Steps of this lesson").get_by_role("button", name="Show all").click()
    expect(lesson.get_by_role("group", name="Show all")).to_contain_text(re.compile("predictions? (is|are) still open"))
    lesson.get_by_role("button", name="One step at a time").click()
    assert open_steps(lesson) == 1
    bar(lesson).get_by_role("button", name="Show all").click()
    lesson.get_by_role("button", name="Show all without predicting").click()
    ready(lesson)
    assert open_steps(lesson) == steps(lesson)
    expect(bar(lesson)).to_be_hidden()
    lesson.reload()
    ready(lesson)
    assert open_steps(lesson) == steps(lesson)


def test_show_all_tells_each_open_prediction(lesson):
    lesson.evaluate(
        """() => {
            const mark = () => document.querySelectorAll("[data-call=predict] [data-choreo-item]").forEach((card) => {
                if (card.dataset.heard) return;
                card.dataset.heard = card.dataset.choreoGate = "";
                card.addEventListener("choreo:decline", () => (card.dataset.declined = ""));
            });
            new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    bar(lesson).get_by_role("button", name="Show all").click()
    lesson.get_by_role("button", name="Show all without predicting").click()
    expect(lesson.locator("[data-declined]")).to_have_count(lesson.locator("[data-call=predict]").count())


def test_a_link_into_the_lesson_ends_at_an_open_prediction(shared_course, learner):
    learner.goto(f"{shared_course.address}{LESSON}#sources")
    ready(learner)
    expect(learner.locator("main > [data-step]:visible")).to_have_count(2)


def test_a_prediction_made_elsewhere_opens_the_gate_and_continue_leads_to_what_is_not_done(
    shared_course, lesson, new_learner
):
    go_on(lesson)
    predict(lesson)
    cookies = lesson.context.cookies()
    other = new_learner(storage_state={"cookies": cookies, "origins": []})
    other.goto(shared_course.address)
    other.get_by_role("link", name=re.compile("^Continue.*A flash mob")).click()
    ready(other)
    expect(other.locator("main > [data-step]").nth(2)).to_be_visible()  # past the gate
    last = other.locator("main > [data-step]:visible > h2").last
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    expect(bar(other).get_by_role("button", name="Go on: ")).to_be_enabled()


BRING = "one => scrollTo({ top: scrollY + one.getBoundingClientRect().top - 200, behavior: 'instant' })"
GROW = """() => { // late and far above, in a browser that keeps no place by itself
    document.documentElement.style.overflowAnchor = "none";
    document.querySelector("main > [data-step]").style.paddingTop = `${(window.grown = (window.grown ?? 0) + 300)}px`;
}"""


def height_of(goal, page):
    """Where it stands in the window, once the page has been painted."""
    painted(page)
    return goal.bounding_box()["y"]


@pytest.fixture
def read_to_the_end(shared_course, new_learner):
    """The whole lesson of somebody who asks for less motion: no scrolling is still under way after a click."""
    page = new_learner()
    page.goto(shared_course.address + LESSON)
    ready(page)
    go_on(page)
    predict(page)
    go_on(page, "Sources")
    return page


def test_a_reload_comes_back_to_the_place_and_stays_there_until_somebody_scrolls(read_to_the_end):
    page = read_to_the_end
    goal = card(page, "commit", 0).locator("h3")
    goal.evaluate(BRING)
    page.reload()  # within the frame: the place is noted as the page goes
    ready(page)
    expect(goal).to_be_in_viewport()
    assert abs(height_of(goal, page) - 200) < 5
    page.evaluate(GROW)
    assert abs(height_of(goal, page) - 200) < 5
    page.evaluate("scrollBy({ top: -150, behavior: 'instant' })")  # as a scroll bar does: no hand is to be heard
    assert abs(height_of(goal, page) - 350) < 5
    page.evaluate(GROW)
    assert abs(height_of(goal, page) - 650) < 5
    goal.evaluate(BRING)
    page.goto(f"{page.url}/nowhere")
    page.go_back()
    ready(page)
    expect(goal).to_be_in_viewport()


def test_back_after_a_resume_code_was_made_and_after_a_wrong_one_shows_a_page(shared_course, lesson):
    lesson.goto(f"{shared_course.address}/resume")
    lesson.get_by_role("button", name="Make a resume code").click()
    expect(lesson.locator(".choreo-code")).to_be_visible()
    with lesson.expect_navigation():
        lesson.get_by_role("link", name="I have written it down").click()
    lesson.go_back()
    expect(lesson.get_by_role("button", name="Make a resume code")).to_be_visible()  # and the code is not shown again
    lesson.get_by_role("textbox").fill("ABCD-EFGH-2345-JKLM")
    lesson.get_by_role("button", name="Bring my work here").click()
    expect(lesson.get_by_role("alert")).to_contain_text("No work goes by this code")
    lesson.goto(shared_course.address)
    lesson.go_back()
    expect(lesson.get_by_role("textbox")).to_be_visible()


def test_plotly_comes_when_the_page_is_ready_and_before_the_step_with_a_chart_is_opened(shared_course, learner):
    learner.add_init_script("""
      new MutationObserver(() => {
        if ("ready" in document.documentElement.dataset) window.readyAt ??= performance.now();
      }).observe(document, { subtree: true, attributeFilter: ["data-ready"] });
    """)
    with learner.expect_response(re.compile("plotly-basic")) as coming:
        learner.goto(shared_course.address + LESSON)
    assert coming.value.ok
    begun = "performance.getEntriesByType('resource').find(({ name }) => name.includes('plotly-basic')).startTime"
    learner.wait_for_load_state("networkidle")
    assert learner.evaluate(f"{begun} > window.readyAt")
    assert open_steps(learner) < steps(learner)


@LESSONS
def test_without_javascript_the_whole_text_reads_with_the_notice_on_top(shared_course, browser, lesson):
    with browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        for _ in range(2):  # the first visit asks for a cookie
            page.goto(f"{shared_course.address}/lessons/{lesson.NAME}")
        notice = page.locator("noscript p")
        assert notice.bounding_box()["y"] < page.get_by_role("heading", level=1).bounding_box()["y"]
        expect(page.locator("main > [data-step]:visible")).to_have_count(steps(page))
        expect(page.get_by_text(lesson.PROSE)).to_be_visible()
        expect(page.locator("[data-cell]:visible")).to_have_count(0)  # nothing is kept free for what never comes
        expect(page.get_by_role("button")).to_have_count(0)


def test_browsers_of_three_years_ago_show_one_of_every_kind(shared_course, new_learner):
    page = new_learner()
    page.add_init_script(OLD)
    page.goto(f"{shared_course.address}/lessons/gallery?all")
    ready(page)


def test_a_page_that_cannot_start_says_what_to_do_and_shows_its_text(shared_course, browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("delete globalThis.IntersectionObserver")
        page.goto(shared_course.address + LESSON)
        expect(page.get_by_role("alert").filter(has_text="could not start in this browser")).to_be_visible()
        expect(page.get_by_text(PROSE)).to_be_visible()
