"""Matching, filling, marking, estimating, sorting by drag, and variants: by mouse, touch and keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from tests.browser.axe import look
from tests.grading.samples import ANSWERS, sample
from tests.progress.memory import Kept
from tests.views.test_card_in_browser import Desk

pytestmark = pytest.mark.browser

NAMES = ("pair", "fill", "spot", "pickups", "again", "sort")


@pytest.fixture
def desk(context: BrowserContext, kept: Kept) -> Desk:
    return Desk(context, kept, names=NAMES)


def drag(desk: Desk, what: Locator, to: Locator) -> None:
    """Take hold of something, move it over another, and let go; `to` may appear only while dragging."""
    what.scroll_into_view_if_needed()
    start = what.bounding_box()
    assert start is not None
    desk.page.mouse.move(start["x"] + 12, start["y"] + 12)
    desk.page.mouse.down()
    desk.page.mouse.move(start["x"] + 30, start["y"] + 20, steps=3)
    end = to.bounding_box()
    assert end is not None
    desk.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    desk.page.mouse.up()


def answered(desk: Desk, name: str) -> dict[str, Any]:
    expect(desk[name].get_by_text("Kept", exact=True)).to_be_visible()
    return dict(desk.kept.entries[-1].answer)


def test_pairs_are_matched_by_keyboard(desk: Desk) -> None:
    card = desk["pair"]
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("status").last).to_contain_text("2 are still to match")
    expect(card.get_by_role("combobox").first).to_be_focused()  # whichever row stands first
    for label, first in (("Rhythm", "E"), ("Language", "A")):
        card.get_by_label(label).focus()
        desk.press(first)
    card.get_by_role("button", name="Check").press("Enter")
    expect(card.get_by_text("Every pair belongs together.")).to_be_visible()
    expect(card.get_by_text("Belongs to none of them")).to_be_visible()
    assert answered(desk, "pair") == {"matched": {"rhythm": "monday", "language": "glossary"}}


def test_arrow_keys_that_pass_through_a_list_take_nothing_from_other_rows(desk: Desk) -> None:
    card = desk["pair"]
    first, second = card.get_by_label("Rhythm"), card.get_by_label("Language")
    first.focus()
    desk.press("ArrowDown")
    taken = first.input_value()
    assert taken
    second.focus()
    desk.press("ArrowDown")
    expect(second).to_have_value(taken)
    expect(first).to_have_value("")
    desk.press("ArrowDown")
    expect(second).not_to_have_value(taken)
    expect(first).to_have_value(taken)
    desk.press("ArrowUp", "Tab")
    expect(second).to_have_value(taken)
    expect(first).to_have_value("")


def test_pairs_are_matched_by_dragging_and_a_side_belongs_to_one_at_most(desk: Desk) -> None:
    card = desk["pair"]
    rhythm, language = (card.locator(f"[data-row={left}]") for left in ("rhythm", "language"))
    monday = card.get_by_role("button", name="Every Monday")
    drag(desk, monday, language)
    expect(card.get_by_label("Language")).to_have_value("monday")
    drag(desk, monday, rhythm)
    expect(card.get_by_label("Rhythm")).to_have_value("monday")
    expect(card.get_by_label("Language")).to_have_value("")
    expect(card.get_by_text("now with Rhythm, taken from Language")).to_be_attached()
    assert desk.page.locator(".choreo-drag-ghost").count() == 0


def test_a_drag_is_given_up_by_escape(desk: Desk) -> None:
    grip = desk["pair"].locator(".choreo-grip").first
    grip.hover()
    desk.page.mouse.down()
    desk.page.mouse.move(200, 300, steps=4)
    expect(desk.page.locator(".choreo-drag-ghost")).to_be_visible()
    desk.press("Escape")
    expect(desk.page.locator(".choreo-drag-ghost")).to_have_count(0)
    desk.page.mouse.up()
    expect(desk["pair"].get_by_label("Rhythm")).to_have_value("")


def test_pairs_are_matched_by_two_taps(browser: Browser, kept: Kept) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    desk = Desk(context, kept, names=NAMES)
    card = desk["pair"]
    card.get_by_role("button", name="The budget").tap()
    expect(card.get_by_role("button", name="The budget")).to_have_attribute("aria-pressed", "true")
    card.locator("[data-row=language]").tap()
    expect(card.get_by_label("Language")).to_have_value("budget")
    expect(card.get_by_role("button", name="The budget")).to_contain_text("with Language")
    context.close()


def test_pairs_are_matched_by_a_finger_that_drags_the_grip(browser: Browser, kept: Kept) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 900})
    desk = Desk(context, kept, names=("pair",))
    card = desk["pair"]
    grip = card.get_by_role("button", name="Every Monday").locator(".choreo-grip")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), card.locator("[data-row=rhythm]").bounding_box()
    assert start is not None
    assert end is not None
    finger = context.new_cdp_session(desk.page)
    x, y = start["x"] + 10, start["y"] + 10
    steps = [(x, y), (x + 10, y - 10), (end["x"] + 80, end["y"] + 40), (end["x"] + 80, end["y"] + 20)]
    for at, (left, top) in enumerate(steps):
        kind = "touchMove" if at else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": left, "y": top}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(card.get_by_label("Rhythm")).to_have_value("monday")
    context.close()


def test_gaps_are_filled_and_a_slip_is_told_kindly(desk: Desk) -> None:
    card = desk["fill"]
    card.get_by_label("gap 1").focus()
    desk.press("a", "Tab")
    desk.page.keyboard.type("starting cu")
    desk.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("All but one fit")
    expect(card.get_by_text("Very close: look at the spelling.")).to_be_visible()
    card.get_by_label("something to notice").fill("Starting  CUE")
    card.get_by_role("button", name="Check again").click()
    expect(card.get_by_role("status")).to_contain_text("Now it reads as it should.")
    assert answered(desk, "fill")["filled"]["reach"] == "a few"


def test_phrases_are_marked_in_the_flowing_text(desk: Desk) -> None:
    card = desk["spot"]
    phrase = card.get_by_role("button", name="everybody wants this")
    expect(phrase).to_have_attribute("aria-pressed", "false")
    phrase.focus()
    desk.press("Space")
    expect(phrase).to_have_attribute("aria-pressed", "true")
    card.get_by_role("button", name="It rains").click()
    expect(card.get_by_text("3 phrases can be marked. 2 are.")).to_be_visible()
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("status")).to_contain_text("marked one that we would leave")
    card.get_by_text("The other one, and why (this tells the answer)").click()
    expect(card.get_by_text("kept back b")).to_be_visible()
    card.get_by_role("button", name="It rains").press("Enter")
    card.get_by_role("button", name="Check again").click()
    expect(card.get_by_role("status")).to_contain_text("That is the one, and nothing else.")


def test_an_estimate_is_typed_and_then_the_truth_is_told_once(desk: Desk) -> None:
    card = desk["pickups"]
    card.get_by_role("button", name="Keep my estimate").click()
    expect(card.get_by_role("status")).to_contain_text("Give all three numbers")
    for label, number in (("At least", "20"), ("At most", "30"), ("My best guess", "25")):
        card.get_by_label(label).fill(number)
    expect(card.locator(".choreo-estimate-truth")).to_be_hidden()
    desk.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("It is 19.5 a week, 0.5 below your range.")
    expect(card.locator(".choreo-estimate-truth")).to_be_visible()
    expect(card.get_by_role("button", name="Keep my estimate")).to_be_hidden()
    expect(card.get_by_label("At least")).not_to_be_editable()
    card.get_by_label("At least").press("Enter")
    expected = {"low": 20, "guess": 25, "high": 30, "level": 80, "caught": False}
    assert answered(desk, "pickups") == expected
    assert len(desk.kept.entries) == 1


def test_a_range_is_drawn_with_the_pointer(desk: Desk) -> None:
    card = desk["pickups"]
    track = card.locator(".choreo-estimate-track")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None

    def stroke(start: float, end: float) -> None:
        desk.page.mouse.move(box["x"] + box["width"] * start / 60, box["y"] + 20)
        desk.page.mouse.down()
        desk.page.mouse.move(box["x"] + box["width"] * end / 60, box["y"] + 20, steps=4)
        desk.page.mouse.up()

    stroke(10, 30)
    stroke(20, 20)
    expect(card.get_by_label("My best guess")).to_have_value("20")
    stroke(30, 40)
    for label, number in (("At least", "10"), ("At most", "40")):
        expect(card.get_by_label(label)).to_have_value(number)


def test_cases_are_dragged_into_buckets_that_appear(desk: Desk) -> None:
    card = desk["sort"]
    dock = desk.page.locator(".choreo-classify-dock")
    expect(dock).to_have_count(0)
    for case, bucket in (("Begin at noon", "Frame"), ("Say this", "Steps")):  # cases stand in this browser's own order
        drag(desk, card.locator("legend", has_text=case), dock.locator("[data-bucket]", has_text=bucket))
    expect(dock).to_have_count(0)
    expect(card.get_by_text("All placed.")).to_be_visible()
    card.get_by_role("button", name="Check").click()
    assert answered(desk, "sort") == {"placed": {"noon": "frame", "say": "steps"}}


def test_another_try_shows_another_variant_and_comes_back_exactly(desk: Desk, context: BrowserContext) -> None:
    card = desk["again"]
    card.get_by_role("radio", name="Steps").check()
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("button", name="Check again")).to_be_hidden()
    card.get_by_role("button", name="Try another one").click()
    expect(card.get_by_role("radio", name="Steps")).to_be_hidden()
    number = desk.cards["again"].state["variant"]
    assert number == sample("again").variant_for(desk.kept.whose, 1)
    wrong = {1: "Shout", 2: "Beat"}[number]
    expect(card.locator(".choreo-card-prompt")).to_be_focused()
    assert card.locator(":checked").count() == 0
    expect(card.get_by_role("status")).to_be_empty()
    card.get_by_role("radio", name=wrong).check()
    desk.page.close(run_before_unload=False)

    again = Desk(context, desk.kept, names=NAMES)  # begun and not sent: it is there again
    expect(again["again"].get_by_role("radio", name=wrong)).to_be_checked()
    again["again"].get_by_role("button", name="Check").click()
    expect(again["again"].get_by_role("status")).to_contain_text("We would choose another")
    expect(again["again"].get_by_text("Not this one")).to_be_visible()
    assert desk.kept.entries[-1].answer["variant"] == number
    again.page.close(run_before_unload=False)

    once_more = Desk(context, desk.kept, names=NAMES)  # sent: the variant that was answered, with its verdict
    expect(once_more["again"].get_by_role("radio", name=wrong)).to_be_checked()
    expect(once_more["again"].get_by_text("2 tries")).to_be_visible()
    once_more["again"].get_by_role("button", name="Try another one").click()
    third = once_more.cards["again"].state["variant"]
    assert {0, number, third} == {0, 1, 2}


def test_an_answer_that_nobody_heard_is_sent_again_and_counts_once(desk: Desk) -> None:
    card = desk["fill"]
    desk.page.clock.install()
    desk.page.evaluate("window.deaf = true")
    card.get_by_label("gap 1").select_option("a few")
    card.get_by_label("something to notice").fill("shout")
    card.get_by_role("button", name="Check").click()
    desk.page.clock.fast_forward(11_000)
    expect(card.get_by_role("status")).to_contain_text("is sent again by itself")
    desk.page.evaluate("window.deaf = false")
    desk.page.evaluate("dispatchEvent(new Event('online'))")
    expect(card.get_by_role("status")).to_contain_text("Now it reads as it should.")
    desk.page.clock.fast_forward(60_000)
    assert len(desk.kept.entries) == 1


def test_what_was_begun_is_there_after_a_reload(desk: Desk, context: BrowserContext) -> None:
    desk["pair"].get_by_label("Rhythm").select_option("glossary")
    desk["fill"].get_by_label("something to notice").fill("sho")
    desk["spot"].get_by_role("button", name="It rains").click()
    desk["pickups"].get_by_label("At least").fill("12")
    desk.page.close(run_before_unload=False)
    again = Desk(context, desk.kept, names=NAMES)
    expect(again["pair"].get_by_label("Rhythm")).to_have_value("glossary")
    expect(again["fill"].get_by_label("something to notice")).to_have_value("sho")
    expect(again["spot"].get_by_role("button", name="It rains")).to_have_attribute("aria-pressed", "true")
    expect(again["pickups"].get_by_label("At least")).to_have_value("12")


SMALL = """[...document.querySelectorAll('.choreo-card :is(button, select, input, summary)')]
    .map((one) => (one.type === 'radio' ? one.closest('label') : one).getBoundingClientRect())
    .filter((box) => box.height && box.height < 43.5).length"""


@pytest.mark.parametrize("answered", [False, True])
def test_everyone_can_use_it(context: BrowserContext, kept: Kept, answered: bool) -> None:
    for name in NAMES if answered else ():
        exercise = sample(name)
        kept.keep(exercise, exercise.kept(ANSWERS[name]), exercise.grade(ANSWERS[name]).score)
    desk = Desk(context, kept, names=NAMES)
    for width in (1440, 390):
        look(desk.page, (width, 900))
        assert desk.page.evaluate(SMALL) == 0, width
