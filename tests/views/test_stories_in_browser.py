"""Cases, places and profiles as a learner meets them: by mouse, touch and keyboard, with the real Python half."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from tests.browser.axe import look
from tests.grading.samples import ANSWERS, SECRET, sample
from tests.progress.memory import Kept
from tests.views.test_card_in_browser import Desk

from choreo.grading.exercise import Answer

pytestmark = pytest.mark.browser

NAMES = ("case", "plane", "strip", "self")
COHORT = [{"x": 10, "y": 20}, {"x": 15, "y": 30}, {"x": 80, "y": 65}, {"x": 60, "y": 70}, {"x": 75, "y": 60}]


class Table(Desk):
    """A page with these three kinds."""

    def __init__(self, context: BrowserContext, kept: Kept, others: Sequence[Answer] | None = None) -> None:
        kept.store.others = others
        super().__init__(context, kept, names=NAMES)


@pytest.fixture
def desk(context: BrowserContext, kept: Kept) -> Table:
    return Table(context, kept)


def choose(card: Locator, words: str) -> None:
    card.get_by_role("group", name="What do you do?").get_by_role("button", name=words).click()


def test_what_was_not_reached_is_not_in_the_page(desk: Table) -> None:
    assert SECRET not in desk.page.content()
    choose(desk["case"], "Write a plan")
    expect(desk["case"].get_by_text(f"{SECRET} c")).to_be_visible()
    assert f"{SECRET} b" not in desk.page.content()
    assert f"{SECRET} d" not in desk.page.content()


def test_a_case_is_walked_by_keyboard_and_focus_goes_to_what_came_of_it(desk: Table) -> None:
    card = desk["case"]
    card.get_by_role("button", name="Write a plan").focus()
    desk.press("Enter")
    expect(card.locator("[tabindex]").filter(has_text=f"{SECRET} a").last).to_be_focused()
    choices = card.get_by_role("group", name="What do you do?").get_by_role("button").all_inner_texts()
    desk.press(*["Tab"] * (1 + choices.index(f"{SECRET} wait")), "Enter")  # they are mixed
    expect(card.locator("[tabindex]").filter(has_text=f"{SECRET} d").last).to_be_focused()
    expect(card.get_by_role("heading", name=f"{SECRET} h")).to_be_visible()
    expect(card.get_by_role("status")).to_contain_text("a way that wins more")
    expect(card.get_by_text("Kept", exact=True)).to_be_visible()
    assert desk.kept.entries[-1].answer == {"path": ["plan", "wait"]}


def test_one_goes_back_and_tries_the_other_way_and_the_map_has_both(desk: Table) -> None:
    card = desk["case"]
    choose(card, "Ask for a cue")
    expect(card.get_by_text("You have seen 1 of 3 endings")).to_be_visible()
    card.get_by_role("button", name="Go back here to moment 1").click()
    expect(card.get_by_role("heading", name="The map")).to_be_hidden()
    choose(card, "Write a plan")
    choose(card, f"{SECRET} push")
    expect(card.get_by_text("You have seen 2 of 3 endings")).to_be_visible()
    assert card.locator("path[data-walked]").count() == 3
    assert card.locator("path[data-now]").count() == 2
    card.get_by_text("The map in words").click()
    expect(card.get_by_role("listitem").filter(has_text="Ask for a cue").last).to_contain_text("leads to ending A")
    card.get_by_role("button", name="Go back here to moment 1").click()
    choose(card, "Ask for a cue")
    expect(card.get_by_role("heading", name=f"{SECRET} g")).to_be_visible()
    expect(card.get_by_role("status")).to_contain_text("No way through this story ends better")
    assert [entry.answer["path"] for entry in desk.kept.entries] == [["cue"], ["plan", "push"], ["cue"]]


def test_a_case_comes_back_where_it_was_left(desk: Table, context: BrowserContext) -> None:
    choose(desk["case"], "Ask for a cue")
    expect(desk["case"].get_by_text("Kept", exact=True)).to_be_visible()
    again = Table(context, desk.kept)
    expect(again["case"].get_by_role("heading", name=f"{SECRET} g")).to_be_visible()
    again["case"].get_by_role("button", name="Go back here").click()
    choose(again["case"], "Write a plan")
    expect(again["case"].get_by_text(f"{SECRET} c")).to_be_visible()
    again.page.close(run_before_unload=False)
    third = Table(context, desk.kept)
    expect(third["case"].get_by_text(f"{SECRET} c")).to_be_visible()
    expect(third["case"].get_by_role("group", name="What do you do?")).to_be_visible()
    choose(third["case"], f"{SECRET} wait")
    expect(third["case"].get_by_text("You have seen 2 of 3 endings")).to_be_visible()
    assert len(desk.kept.entries) == 2


def test_a_case_whose_answer_gets_lost_can_be_asked_again(desk: Table) -> None:
    desk.page.clock.install()
    desk.page.evaluate("window.deaf = true")
    choose(desk["case"], "Ask for a cue")
    expect(desk["case"].get_by_text("One moment…").first).to_be_visible()
    desk.page.clock.fast_forward(11_000)
    expect(desk["case"].get_by_role("status")).to_contain_text("not answered yet")
    desk.page.evaluate("window.deaf = false")
    desk["case"].get_by_role("button", name="Ask again").click()
    expect(desk["case"].get_by_role("heading", name=f"{SECRET} g")).to_be_visible()
    expect(desk["case"].get_by_text("Kept", exact=True)).to_be_visible()


def test_a_place_is_found_by_pointer_and_compared(context: BrowserContext, kept: Kept) -> None:
    desk = Table(context, kept, COHORT)
    card = desk["plane"]
    assert SECRET not in desk.page.content()
    field = card.locator("svg.choreo-place-field")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    desk.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25, steps=4)
    desk.page.mouse.up()
    card.get_by_role("button", name="Compare").click()
    expect(card.get_by_role("status")).to_contain_text("Neither is wrong")
    expect(card.get_by_text(f"{SECRET} a")).to_be_visible()
    expect(card.get_by_text("5 people so far")).to_be_visible()
    answer = kept.entries[-1].answer
    assert 20 <= answer["x"] <= 30
    assert 70 <= answer["y"] <= 80
    expect(card.get_by_role("row", name="A coach of alliances")).to_contain_text("7035")


def test_a_place_is_set_by_keyboard_and_four_people_are_not_enough(context: BrowserContext, kept: Kept) -> None:
    desk = Table(context, kept, None)
    card = desk["plane"]
    card.get_by_role("slider", name="Who decides").focus()
    expect(card.get_by_role("slider", name="Who decides")).to_have_attribute("aria-valuetext", "not set yet")
    desk.press("ArrowRight")
    card.get_by_role("button", name="Compare").click()
    expect(card.get_by_role("status")).to_contain_text("set both sliders")
    expect(card.get_by_role("slider", name="What we know")).to_be_focused()
    desk.press("Home", "Tab", "Enter")
    expect(card.get_by_text("Not enough people yet")).to_be_visible()
    assert kept.entries[-1].answer == {"x": 51, "y": 0}


def test_a_profile_is_marked_by_keyboard_and_laid_over_the_first(desk: Table) -> None:
    card = desk["self"]
    card.get_by_role("button", name="Draw my picture").click()
    expect(card.get_by_role("status")).to_contain_text("5 are still to mark")
    expect(card.get_by_role("radio").first).to_be_focused()
    for _ in range(5):
        desk.press("Space", "ArrowRight", "Tab")
    desk.press("Enter")
    expect(card.get_by_role("heading", name="Your picture today")).to_be_visible()
    assert desk.kept.entries[-1].answer == {"marks": dict.fromkeys(ANSWERS["self"]["marks"], 2)}
    card.get_by_role("group", name="We listen.").get_by_role("radio", name="5, always").check()
    card.get_by_role("button", name="Draw it anew").click()
    expect(card.get_by_role("heading", name="Then and now")).to_be_visible()
    expect(card.get_by_role("row", name="Presence")).to_contain_text("2.05.0+3.0")
    assert card.locator("path.choreo-profile-first").count() == 1


def test_all_of_it_comes_back_after_a_reload(desk: Table, context: BrowserContext) -> None:
    for name in NAMES[1:]:
        exercise = sample(name)
        desk.kept.keep(exercise, ANSWERS[name], None)
    again = Table(context, desk.kept)
    expect(again["plane"].get_by_text(f"{SECRET} a")).to_be_visible()
    expect(again["plane"].get_by_role("slider", name="Who decides")).to_have_value("20")
    expect(again["self"].get_by_role("heading", name="Your picture today")).to_be_visible()
    expect(again["self"].get_by_role("group", name="We listen.").get_by_role("radio", name="5, always")).to_be_checked()


SMALL = """[...document.querySelectorAll('button, summary, .choreo-profile-mark, input[type=range]')]
    .filter((one) => one.checkVisibility()).filter((one) => one.getBoundingClientRect().height < 44)
    .map((one) => one.textContent)"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("answered", [False, True])
def test_everyone_can_use_it(browser: Browser, kept: Kept, width: int, answered: bool) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce", has_touch=width == 390
    )
    for name in NAMES if answered else ():
        exercise = sample(name)
        kept.keep(exercise, ANSWERS[name], exercise.grade(ANSWERS[name]).score)
    desk = Table(context, kept, COHORT)
    if answered:
        expect(desk["case"].get_by_role("heading", name="The map of the ways")).to_be_visible()
        desk["case"].get_by_text("The map in words").click()
    assert desk.page.evaluate(SMALL) == []
    look(desk.page)
    context.close()
