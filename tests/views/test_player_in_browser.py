"""The one player as a learner meets it, on a small fake stage: by mouse, by touch, by keyboard, as stills, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.browser.axe import look
from tests.views.player.desk import Desk, Fake, opened, state, task

from choreo.explorables.control import Control

pytestmark = pytest.mark.browser

LISTEN = "How strongly people listen"
RESULTS = [{"seed": 20 + k, "words": f"{60 + 4 * k}%", "holds": k > 2} for k in range(10)]


@pytest.fixture
def calm(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody who asked for less motion."""
    with opened(browser, reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def lively(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody who did not."""
    with opened(browser) as context:
        yield context


def test_a_closed_gate_has_nothing_else_in_the_page_and_leads_to_the_prediction(calm: BrowserContext) -> None:
    fake = Fake()
    there = {name: fake.traits[name] for name in ("task", "specs", "settings", "scene", "chart", "state")}
    shut = {"item": "my-guess", "title": "My guess", "words": "This stage opens once you have predicted “My guess”."}
    empty: dict[str, object] = {"scene": {}, "chart": {}, "specs": [], "settings": {}}
    fake.traits |= {"state": {"gate": shut}, "task": {"item": "heard-by-all", "kind": "goal"}, **empty}
    desk = Desk(calm, fake)
    expect(desk.page.get_by_text("This stage opens once you have predicted “My guess”.")).to_be_visible()
    assert desk.page.locator("canvas, input, .choreo-player-goal").count() == 0
    desk.page.get_by_role("button", name="Go to the prediction").press("Enter")
    expect(desk.page.get_by_role("heading", name="My guess")).to_be_focused()
    desk.put(**there)
    expect(desk.stage).to_be_visible()
    expect(desk.page.get_by_role("slider", name=LISTEN)).to_be_visible()
    expect(desk.page.get_by_text("This stage opens once")).to_have_count(0)


def test_people_are_looked_at_by_keyboard(calm: BrowserContext) -> None:
    desk = Desk(calm)
    desk.stage.press("Enter")
    said = desk.page.locator(".choreo-player-bubble")
    expect(said).to_contain_text("I have heard")
    first = said.inner_text()
    desk.stage.press("ArrowRight")
    expect(said).not_to_have_text(first)
    for _ in range(8):
        desk.stage.press("ArrowLeft")
    for _ in range(8):
        desk.stage.press("ArrowUp")
    for _ in range(3):
        desk.stage.press("ArrowRight")
    expect(said).to_contain_text("I heard it from Joost.")
    expect(desk.page.locator("[aria-live]", has_text="Amina: I heard it from Joost.")).to_have_count(1)
    desk.stage.press("Escape")
    expect(said).to_be_hidden()


def test_a_press_on_somebody_asks_them_and_a_press_beside_them_plays(lively: BrowserContext) -> None:
    desk = Desk(lively)
    expect(desk.page.get_by_role("button", name="Pause")).to_be_visible()
    ground = desk.page.locator(".choreo-player-ground")
    box = ground.bounding_box()
    assert box is not None
    ground.click(position={"x": 3, "y": box["height"] - 5})
    expect(desk.page.get_by_role("button", name="Play", exact=True).first).to_be_visible()
    ground.click(position={"x": box["width"] / 8, "y": box["height"] / 5})
    expect(desk.page.locator(".choreo-player-bubble")).to_be_visible()
    assert {"type": "deed", "deed": "touched"} in desk.fake.heard


def test_a_bubble_stays_on_the_stage(calm: BrowserContext) -> None:
    desk = Desk(calm)
    desk.stage.press("Enter")
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        for _ in range(8):
            desk.stage.press(key)
        inner = desk.page.locator(".choreo-player-bubble").bounding_box()
        outer = desk.page.locator(".choreo-player-ground").bounding_box()
        assert inner is not None
        assert outer is not None
        assert inner["x"] >= outer["x"] - 1
        assert inner["y"] >= outer["y"] - 1
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
        assert inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1


def test_the_first_run_waits_for_play_where_a_task_asks_for_it(lively: BrowserContext) -> None:
    fake = Fake()
    fake.traits["state"] |= {"waits": True}
    desk = Desk(lively, fake)
    start = desk.page.locator(".choreo-player-start")
    expect(start).to_be_visible()
    expect(desk.page.get_by_text("Press play, and watch it to the end.")).to_be_visible()
    expect(desk.page.get_by_role("slider", name="Moment of the run")).to_have_value("0")
    start.click()
    expect(start).to_be_hidden()
    expect(desk.page.get_by_role("button", name="Pause")).to_be_visible()


def test_tasks_come_one_at_a_time_tick_themselves_and_can_be_skipped(lively: BrowserContext) -> None:
    desk = Desk(lively)
    guide = desk.page.get_by_role("group", name="What to try")
    expect(guide).to_contain_text("Press play")
    expect(guide).not_to_contain_text("Touch somebody")
    desk.stage.press("End")
    expect(guide).to_contain_text("Touch somebody")
    expect(guide.locator('[data-state="done"]')).to_have_count(1)
    guide.get_by_role("button", name="Skip this one").click()
    expect(guide).to_contain_text("Ask for another team.")
    desk.page.get_by_role("button", name="New team").click()
    expect(guide).to_be_hidden()


def test_what_came_of_it_is_said_when_the_run_has_shown_it(lively: BrowserContext) -> None:
    desk = Desk(lively)
    meter = desk.page.locator(".choreo-player-meter strong")
    expect(desk.page.get_by_text("What will come of it?")).to_be_visible()
    expect(desk.page.get_by_text("Try more listening.")).to_be_hidden()
    desk.stage.press("Home")
    expect(meter).to_have_text("1%")
    desk.stage.press("End")
    expect(meter).to_have_text("85%")
    expect(desk.page.get_by_text("Try more listening.")).to_be_visible()


def test_the_run_is_scrubbed_and_stepped(calm: BrowserContext) -> None:
    desk = Desk(calm)
    scrub = desk.page.get_by_role("slider", name="Moment of the run")
    expect(scrub).to_have_attribute("aria-valuetext", "day 40 of 40, 85% have heard")
    scrub.fill("10")
    expect(scrub).to_have_attribute("aria-valuetext", "day 10 of 40, 7% have heard")
    scrub.press("ArrowRight")
    desk.page.get_by_role("button", name="One step on").click()
    expect(scrub).to_have_attribute("aria-valuetext", re.compile("^day 12 of 40"))
    desk.stage.press("ArrowLeft")
    expect(desk.page.get_by_text("day 11 of 40", exact=True)).to_be_visible()
    desk.stage.press("Home")
    expect(scrub).to_have_value("0")


def test_ten_results_fill_in_one_by_one_and_each_shows_its_crowd(calm: BrowserContext) -> None:
    desk = Desk(calm)
    desk.state(crowds=RESULTS[:2], crowds_words="0 of 2 so far.")
    ten = desk.page.locator(".choreo-player-ten")
    expect(ten.get_by_role("button", disabled=False)).to_have_count(2)
    expect(desk.page.get_by_text("0 of 2 so far.")).to_be_visible()
    desk.state(crowds=RESULTS, crowds_words="7 of ten.")
    expect(ten.get_by_role("button", name="Team 3: 68%, does not hold. Show it")).to_be_enabled()
    ten.get_by_role("button", name="Team 4: 72%, holds. Show it").click()
    expect(ten.get_by_role("button", name="Team 4")).to_have_attribute("aria-pressed", "true")
    assert desk.fake.seed == 23


def test_a_control_is_dragged_to_the_end_of_a_run_and_plays_when_it_rests(lively: BrowserContext) -> None:
    desk = Desk(lively)
    slider = desk.page.get_by_role("slider", name=LISTEN)
    slider.evaluate("(one) => { one.value = 3.5; one.dispatchEvent(new Event('input')) }")
    expect(desk.page.get_by_role("button", name="Play", exact=True).first).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", "3.5")
    assert desk.fake.heard[-1] == {
        "type": "moved",
        "settings": {"listening": 3.5, "who": "near", "people": 24},
        "settled": False,
    }
    slider.evaluate("(one) => one.dispatchEvent(new Event('change'))")
    expect(desk.page.get_by_role("button", name="Pause")).to_be_visible()


def test_what_cannot_be_moved_says_why(calm: BrowserContext) -> None:
    desk = Desk(calm)
    expect(desk.page.get_by_text("How many people: 24 people")).to_be_visible()
    expect(desk.page.get_by_text("Free once the goal is reached.")).to_be_visible()
    expect(desk.page.get_by_role("slider", name="How many people")).to_have_count(0)
    desk.put(locked={}, marks={"people": {"value": 45, "label": "you predicted 45"}})
    expect(desk.page.get_by_role("slider", name="How many people")).to_be_visible()
    expect(desk.page.get_by_text("you predicted 45")).to_be_visible()


def test_who_asked_for_less_motion_sees_five_moments_and_hears_the_end(calm: BrowserContext) -> None:
    desk = Desk(calm)
    expect(desk.page.locator(".choreo-player-still")).to_have_count(5)
    expect(desk.page.locator(".choreo-player-still").first).to_contain_text("day 0 of 40: 1% have heard")
    expect(desk.page.get_by_role("status").filter(has_text="At the end 85% have heard.")).to_have_count(1)
    expect(desk.page.get_by_role("button", name="Pause")).to_have_count(0)


def test_a_reached_goal_is_told_where_the_hand_is_and_celebrated_once(lively: BrowserContext) -> None:
    desk = Desk(lively)
    desk.state(reached=True, saved="yes", headline="You did it.", message="Nine of ten teams.")
    expect(desk.page.locator(".choreo-player-rain")).to_be_attached()
    expect(desk.page.get_by_role("status").filter(has_text="You did it.")).to_be_visible()
    expect(desk.page.locator(".choreo-player-rain")).to_have_count(0)
    assert desk.page.evaluate("items.at(-1)") == {"item": "heard-by-all", "done": True, "free": False}


def test_a_goal_that_was_reached_earlier_is_not_celebrated_again(lively: BrowserContext) -> None:
    fake = Fake()
    fake.traits["state"] |= {"reached": True, "saved": "yes", "headline": "You did it."}
    desk = Desk(lively, fake)
    expect(desk.page.get_by_text("You did it.")).to_be_visible()
    assert desk.page.locator(".choreo-player-rain").count() == 0


def test_ties_are_drawn_by_keys_and_by_hand_and_taken_back(calm: BrowserContext) -> None:
    fake = Fake()
    fake.traits["task"]["editable"] = True
    fake.traits["specs"] = [*fake.traits["specs"], Control("bridges", "Bridges", drawn=lambda _: []).spec()]
    fake.traits["settings"]["bridges"] = []
    fake.play(True)
    desk = Desk(calm, fake)
    for key in ("Enter", "Enter", "ArrowRight", "Enter"):
        desk.stage.press(key)
    expect(desk.page.get_by_role("status").filter(has_text="are tied.")).to_be_visible()
    assert len(fake.traits["settings"]["bridges"]) == 1
    desk.page.get_by_role("button", name="Undo").click()
    expect(desk.page.get_by_text("Taken back.")).to_be_visible()
    assert fake.traits["settings"]["bridges"] == []
    expect(desk.page.locator(".choreo-player-ground :is(button, .choreo-player-person)")).to_have_count(
        0
    )  # none covered
    box = desk.page.locator(".choreo-player-ground").bounding_box()
    assert box is not None
    desk.page.mouse.move(box["x"] + box["width"] / 8, box["y"] + box["height"] / 5)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + box["width"] * 3 / 8, box["y"] + box["height"] / 5, steps=4)
    desk.page.mouse.up()
    expect(desk.page.get_by_text("Person 1 and person 3 are tied.")).to_be_visible()


def test_sound_is_off_until_somebody_asks_for_it(lively: BrowserContext) -> None:
    desk = Desk(lively)
    button = desk.page.get_by_role("button", name="Sound")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    lively.add_init_script("delete window.AudioContext; delete window.webkitAudioContext")
    expect(Desk(lively).page.get_by_role("button", name="Sound")).to_have_count(0)


def test_settings_are_remembered_by_this_browser(calm: BrowserContext) -> None:
    desk = Desk(calm)
    desk.page.get_by_role("slider", name=LISTEN).fill("4")
    desk.page.close()
    again = Desk(calm)
    sent = again.page.evaluate("sent")
    assert {"type": "draft", "settings": {"listening": 2.0}} in sent


def test_what_could_not_be_kept_outlives_the_page_and_is_sent_once_there_is_somebody_to_keep_it(
    calm: BrowserContext,
) -> None:
    unsent = {"settings": {"listening": 4.0}, "pinned": [], "whole": True}
    desk = Desk(calm)
    desk.state(saved="no", unsent=unsent, error="The course does not answer.")
    expect(desk.page.locator(".choreo-player-kept")).to_contain_text("Not kept yet. The course does not answer.")
    desk.page.close()
    again = Desk(calm)
    assert {"type": "unsent", **unsent} in again.page.evaluate("sent")
    again.state(saved="yes", unsent={})
    again.page.close()
    assert "unsent" not in [one["type"] for one in Desk(calm).page.evaluate("sent")]


def test_a_taste_is_a_stage_and_its_control_and_fits_above_the_fold(lively: BrowserContext) -> None:
    fake = Fake(task=task(small=True, kind="play", person=None))
    fake.traits["specs"] = fake.traits["specs"][:1]
    fake.traits["state"] = state(guide=[])
    desk = Desk(lively, fake)
    expect(desk.page.get_by_role("button", name="New team")).to_be_hidden()
    expect(desk.page.get_by_role("heading", name="85%")).to_have_count(0)
    slider = desk.page.get_by_role("slider", name=LISTEN).bounding_box()
    assert slider is not None
    assert slider["y"] + slider["height"] < 720


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (390, 844)])
def test_stage_controls_and_verdict_are_in_view_together(browser: Browser, width: int, height: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    desk = Desk(context)
    desk.page.locator(".choreo-player-now").evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    parts = (".choreo-player-ground", ".choreo-player-transport", ".choreo-controls", ".choreo-player-verdict")
    for part in parts:
        expect(desk.page.locator(part)).to_be_in_viewport(ratio=1)
    if width >= 1024:
        stage, verdict = (desk.page.locator(part).bounding_box() for part in (parts[0], parts[3]))
        assert stage is not None
        assert verdict is not None
        assert verdict["x"] > stage["x"] + stage["width"]
    context.close()


SMALL = """[...document.querySelectorAll('#player :is(button, summary, input[type=range], label.choreo-control-option)')]
    .filter((one) => one.checkVisibility()).filter((one) => one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML)"""


@pytest.mark.parametrize("width", [1440, 390])
def test_everyone_can_use_it(browser: Browser, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce", has_touch=width == 390
    )
    desk = Desk(context)
    desk.state(crowds=RESULTS[:7], crowds_words="4 of 7 so far.", hints=["<p>Listen.</p>"], hints_left=1)
    desk.put(pinned=[{"settings": {}, "result": "80%", "words": "listening 2.0", "seed": 3}])
    desk.stage.press("Enter")
    assert desk.page.evaluate(SMALL) == []
    look(desk.page)
    context.close()
