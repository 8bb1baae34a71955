"""Exercise cards as a learner meets them: in a browser, by mouse and by keyboard, with the real Python half."""

from __future__ import annotations

import base64
import json
import math
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.axe import look
from tests.directions import HEBREW, astray_in
from tests.grading.samples import ANSWERS, sample
from tests.progress.memory import Kept

from choreo.progress.entry import Entry
from choreo.views.card import ExerciseCard
from choreo.views.source import VIEWS

pytestmark = pytest.mark.browser

NAMES = ("one", "all", "sort", "line-up", "card", "draw", "count", "guess", "next-move")
TRAITS = ("lesson", "item", "kind", "title", "prompt", "face", "ordered", "state", "thread", "opened")
MODEL = """
const page = JSON.parse(document.getElementById("page").textContent);
window.items = [];
window.closers = [];
document.addEventListener("choreo:item", (event) => items.push(event.detail));
for (const traits of page.cards) {
  const heard = {};
  const model = {
    get: (name) => traits[name],
    on: (event, work) => (heard[event] ??= new Set()).add(work),
    off: (event, work) => heard[event]?.delete(work),
    async send(message) {
      if (window.deaf) return;
      const fresh = await toPython(traits.item, message);
      for (const name in fresh) {
        if (JSON.stringify(fresh[name]) === JSON.stringify(traits[name])) continue;
        traits[name] = fresh[name];
        heard[`change:${name}`]?.forEach((work) => work());
      }
    },
  };
  const el = document.createElement("div");
  el.id = traits.item;
  document.querySelector("main").append(el);
  closers.push((await import(page.modules[traits.kind])).default.render({ model, el }));
}
document.body.dataset.ready = "yes";
"""


class Desk:
    """A page with a card of each kind."""

    def __init__(
        self, context: BrowserContext, kept: Kept, opened: bool = True, names: tuple[str, ...] = NAMES
    ) -> None:
        self.kept = kept
        hints = ["First", "Second"]
        self.cards = {name: ExerciseCard(sample(name, title=f"About {name}", hints=hints), kept) for name in names}
        for card in self.cards.values() if opened else ():
            card.restore(kept.entries)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: pytest.fail(f"the page raised {error}"))
        self.page.expose_function("toPython", self.hear)
        self.page.route("**/*", lambda route: route.fulfill(body=self.html(), content_type="text/html; charset=utf-8"))
        self.page.goto("http://cards.test/")
        self.page.wait_for_selector("body[data-ready]")

    def __getitem__(self, name: str) -> Locator:
        return self.page.locator(f'[id="{name}"]')

    def traits(self, name: str) -> dict[str, object]:
        return {trait: getattr(self.cards[name], trait) for trait in TRAITS}

    def hear(self, name: str, message: object) -> dict[str, object]:
        self.cards[name]._handle_custom_msg(message, [])
        return self.traits(name)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def html(self) -> str:
        sheets = {card.kind: card._css for card in self.cards.values()}
        modules = {card.kind: card._esm for card in self.cards.values()}
        encoded = {
            k: "data:text/javascript;base64," + base64.b64encode(v.encode()).decode() for k, v in modules.items()
        }
        cards = [self.traits(name) for name in self.cards]
        data = json.dumps({"modules": encoded, "cards": cards}).replace("<", "\\u003c")
        css = "\n".join([Path(VIEWS / "theme.css").read_text(encoding="utf-8"), *sheets.values()])
        head = f"<title>Cards</title><style>body{{background:var(--choreo-paper)}}{css}</style>"
        body = f'<main><h1>Cards</h1><h2>All</h2></main><script type="application/json" id="page">{data}</script>'
        viewport = '<meta name="viewport" content="width=device-width">'
        return f'<!doctype html><html lang="en">{viewport}{head}{body}<script type="module">{MODEL}</script>'


@pytest.fixture
def desk(context: BrowserContext, kept: Kept) -> Desk:
    return Desk(context, kept)


def last(kept: Kept) -> Entry:
    return kept.entries[-1]


def test_nothing_is_chosen_beforehand(desk: Desk) -> None:
    assert desk.page.locator(":checked").count() == 0
    assert desk["count"].get_by_role("textbox").input_value() == ""
    expect(desk["draw"].get_by_role("slider").first).to_have_attribute("aria-valuetext", "not set yet")


def test_a_choice_by_keyboard_moves_focus_to_what_is_said_about_it(desk: Desk) -> None:
    card = desk["one"]
    card.get_by_role("radio", name="Steps").focus()
    desk.press("Space", "Tab", "Enter")
    expect(card.get_by_role("status")).to_contain_text("We would choose another")
    expect(card.get_by_role("status")).to_be_focused()
    card.get_by_role("radio", name="Frame").check()
    card.get_by_role("button", name="Check again").click()
    expect(card.get_by_role("status")).to_contain_text("That is the one.")
    expect(card.get_by_text("Kept", exact=True)).to_be_visible()
    assert [entry.score for entry in desk.kept.entries] == [0, 1]


def test_hints_and_then_the_answer(desk: Desk) -> None:
    card = desk["one"]
    card.get_by_role("button", name="A hint").click()
    expect(card.get_by_role("listitem")).to_be_focused()
    for label in ("Check", "Check again"):
        card.get_by_role("radio", name="Nothing").check()
        card.get_by_role("button", name=label, exact=True).click()
        expect(card.get_by_role("status")).to_be_focused()
    card.get_by_role("button", name="Show me").click()
    expect(card.get_by_role("radio", name="Frame")).to_be_checked()


def test_cases_are_sorted_by_keyboard(desk: Desk) -> None:
    card = desk["sort"]
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("status")).to_contain_text("2 are still to place")
    right = {"Begin at noon": ("Space",), "Say this": ("Space", "ArrowRight")}
    expect(card.get_by_role("radio").first).to_be_focused()
    for case in card.locator("legend").all_inner_texts():  # mixed: in the order of the page
        desk.press(*right[case], "Tab")
    desk.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("where it belongs")
    assert last(desk.kept).answer == {"placed": {"noon": "frame", "say": "steps"}}


def test_steps_move_by_arrow_keys_and_by_dragging(desk: Desk) -> None:
    card = desk["line-up"]
    steps = card.locator("li .choreo-order-text")
    first, second, third = steps.all_inner_texts()
    card.get_by_role("button", name="Move down").first.focus()
    desk.press("ArrowDown")
    assert steps.all_inner_texts() == [second, first, third]
    grip = card.locator(".choreo-order-grip")
    grip.first.scroll_into_view_if_needed()
    start, end = grip.nth(0).bounding_box(), grip.nth(2).bounding_box()
    assert start is not None
    assert end is not None
    desk.page.mouse.move(start["x"] + 8, start["y"] + 20)
    desk.page.mouse.down()
    desk.page.mouse.move(end["x"] + 8, end["y"] + 40, steps=12)
    desk.page.mouse.up()
    assert steps.all_inner_texts() == [first, third, second]


def test_a_curve_is_drawn_with_the_pointer_locked_and_stays(desk: Desk, context: BrowserContext) -> None:
    card = desk["draw"]
    plot = card.locator("svg.choreo-predict-plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    for share in (at / 20 for at in range(21)):
        height = 0.85 - 0.7 / (1 + math.exp(6 - 12 * share))
        desk.page.mouse.move(box["x"] + box["width"] * (0.08 + 0.88 * share), box["y"] + box["height"] * height)
        desk.page.mouse.down()
    desk.page.mouse.up()
    card.get_by_role("button", name="Lock in").click()
    assert desk.kept.entries == []
    card.get_by_role("button", name="Yes, lock it in").click()
    expect(card.get_by_text("Locked in", exact=True)).to_be_visible()
    low, middle, high = last(desk.kept).answer["curve"]
    assert low < middle < high
    again = Desk(context, desk.kept)
    expect(again["draw"].get_by_role("slider").first).to_be_disabled()
    expect(again["draw"].get_by_role("slider").first).to_have_value(str(low))


def test_a_curve_is_set_by_keyboard(desk: Desk) -> None:
    desk["draw"].get_by_role("slider").first.focus()
    desk.press("Home", "Tab", "ArrowUp", "Tab", "End", "Tab", "Tab", "Enter")
    expect(desk["draw"].get_by_role("button", name="Yes, lock it in")).to_be_hidden()
    desk["draw"].get_by_role("button", name="Lock in").press("Enter")
    desk.press("Enter")
    expect(desk["draw"].get_by_text("Locked in", exact=True)).to_be_visible()
    assert last(desk.kept).answer == {"curve": [0, 51, 100]}


def test_the_example_comes_after_writing(desk: Desk) -> None:
    card = desk["card"]
    expect(card.get_by_text("worked example")).to_be_hidden()
    card.get_by_label("The frame").fill("Noon on Saturday")
    card.get_by_role("button", name="Keep").click()
    expect(card.get_by_text("worked example")).to_be_visible()


def test_a_commitment_is_shown_and_can_be_changed(desk: Desk) -> None:
    card = desk["next-move"]
    card.get_by_label("When", exact=True).fill("we meet")
    card.get_by_label("I will").fill("ask for a cue")
    card.get_by_label("With whom").fill("Mara")
    card.get_by_label("By when").fill("2099-12-01")
    card.get_by_role("button", name="I commit").click()
    expect(card.get_by_text("1 December 2099")).to_be_visible()
    card.get_by_role("button", name="Change it").click()
    card.get_by_label("With whom").fill("Ana")
    card.get_by_role("button", name="Keep the change").click()
    expect(card.get_by_text("Ana")).to_be_visible()
    assert last(desk.kept).answer["whom"] == "Ana"


def test_what_was_typed_and_not_sent_is_there_after_a_reload(desk: Desk, context: BrowserContext) -> None:
    desk["card"].get_by_label("The frame").fill("Half a thought")
    desk["count"].get_by_role("textbox").fill("1.000")
    desk["one"].get_by_role("radio", name="Steps").check()
    desk["one"].get_by_role("button", name="A hint").click()
    expect(desk["one"].get_by_role("listitem")).to_be_visible()
    desk.page.close(run_before_unload=False)
    again = Desk(context, desk.kept)
    expect(again["card"].get_by_label("The frame")).to_have_value("Half a thought")
    expect(again["one"].get_by_role("listitem")).to_be_visible()
    expect(again["count"].get_by_role("textbox")).to_have_value("1.000")


def test_words_go_the_way_of_their_own_script(context: BrowserContext, kept: Kept) -> None:
    desk = Desk(context, kept, names=("fill", "card", "next-move"))
    expect(desk["next-move"].locator("input[type=date]")).to_be_attached()  # it comes when the page is idle
    for field in desk.page.locator("textarea, input:not([type=date], [type=checkbox])").all():
        field.fill(HEBREW)
    desk["next-move"].get_by_label("By when").fill("2099-12-01")
    desk["fill"].get_by_role("combobox").select_option("a few")
    for name, button in {"fill": "Check", "card": "Keep", "next-move": "I commit"}.items():
        desk[name].get_by_role("button", name=button).click()
    expect(desk["fill"].get_by_text("does not fit yet")).to_be_visible()
    expect(desk["next-move"].locator("dd").first).to_have_text(HEBREW)
    assert astray_in(desk.page) == []


def test_an_answer_that_is_not_saved_says_so_and_is_saved_again(desk: Desk) -> None:
    desk.kept.store.fails = True
    card = desk["one"]
    card.get_by_role("radio", name="Frame").check()
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_role("status")).to_contain_text("This is not saved yet. The disk is full.")
    desk.kept.store.fails = False
    card.get_by_role("button", name="Save again").click()
    expect(card.get_by_text("Kept", exact=True)).to_be_visible()


def test_a_card_waits_until_earlier_work_is_there_but_not_for_ever(context: BrowserContext, kept: Kept) -> None:
    context.clock.install()
    desk = Desk(context, kept, opened=False, names=("one",))
    card = desk["one"]
    expect(card.get_by_text("Loading what you did here…")).to_be_visible()
    expect(card.get_by_role("button", name="Check")).to_have_attribute("aria-disabled", "true")
    desk.page.clock.fast_forward(5_000)
    expect(card.get_by_text("Loading what you did here…")).to_be_hidden()
    expect(card.get_by_role("button", name="Check")).not_to_have_attribute("aria-disabled", "true")


def test_hints_that_were_seen_are_shown_again_where_a_card_opens_by_itself(context: BrowserContext, kept: Kept) -> None:
    before = Desk(context, kept, names=("one",))
    before["one"].get_by_role("button", name="A hint").click()
    expect(before["one"].locator(".choreo-card-hints li")).to_have_text(["First"])
    context.clock.install()
    desk = Desk(context, kept, opened=False, names=("one",))
    expect(desk["one"].get_by_text("Loading what you did here…")).to_be_visible()
    desk.page.clock.fast_forward(5_000)
    expect(desk["one"].locator(".choreo-card-hints li")).to_have_text(["First"])


def test_what_was_chosen_is_explained_and_the_others_wait_folded(desk: Desk) -> None:
    card = desk["one"]
    card.get_by_role("radio", name="Frame").check()
    card.get_by_role("button", name="Check").click()
    expect(card.get_by_text("kept back a")).to_be_visible()
    expect(card.get_by_text("kept back b")).not_to_be_visible()
    card.get_by_text("The others, and why").click()
    expect(card.get_by_text("kept back b")).to_be_visible()
    assert card.locator("[data-tone=right]").count() == 2  # the verdict, and what was chosen


def test_options_stand_in_an_order_of_this_browsers_own(context: BrowserContext, kept: Kept) -> None:
    def order(page: Page) -> list[str]:
        names: list[str] = page.locator("[id=all] .choreo-pick").all_text_contents()
        return names

    desk = Desk(context, kept, names=("all",))
    first = order(desk.page)
    desk.page.reload()
    desk.page.wait_for_selector("body[data-ready]")
    assert order(desk.page) == first
    seen = set()
    for mark in range(12):
        desk.page.evaluate("mark => localStorage.setItem('choreo-order', JSON.stringify(String(mark)))", mark)
        desk.page.reload()
        desk.page.wait_for_selector("body[data-ready]")
        seen.add(tuple(order(desk.page)))
        assert sorted(seen.copy().pop()) == sorted(first)
    assert len(seen) > 3


def test_one_goes_on_without_predicting_and_can_still_predict_later(desk: Desk) -> None:
    card = desk["guess"]
    assert card.get_attribute("data-choreo-gate") is not None
    assert desk["one"].get_attribute("data-choreo-gate") is None
    card.get_by_role("button", name="Go on without predicting").click()
    expect(card.get_by_role("status")).to_contain_text("You went on without predicting")
    expect(card.get_by_role("button", name="Go on without predicting")).to_be_hidden()
    assert last(desk.kept).answer == {"declined": True}
    assert desk.page.evaluate("items").pop() == {"item": "guess", "done": True, "declined": True}
    card.get_by_role("radio", name="Sudden").check()
    card.get_by_role("button", name="Lock in").click()
    card.get_by_role("button", name="Yes").click()
    expect(card.get_by_text("Locked in", exact=True)).to_be_visible()
    assert last(desk.kept).answer == {"chosen": "sudden"}
    assert desk.page.evaluate("items").pop() == {"item": "guess", "done": True}


def test_the_page_can_ask_a_card_to_decline(desk: Desk) -> None:
    desk["count"].dispatch_event("choreo:decline")
    expect(desk["count"].get_by_role("status")).to_contain_text("You went on without predicting")


@pytest.mark.parametrize(("typed", "kept_as"), [("0,5", 0.5), ("٣", 3), (" 12.50 ", 12.5)])
def test_a_number_is_read_as_people_type_it(desk: Desk, typed: str, kept_as: float) -> None:
    card = desk["count"]
    card.get_by_role("textbox").fill(typed)
    card.get_by_role("button", name="Lock in").click()
    card.get_by_role("button", name="Yes").click()
    expect(card.get_by_text("Locked in", exact=True)).to_be_visible()
    assert last(desk.kept).answer == {"number": kept_as}


def test_a_number_that_can_be_read_in_two_ways_is_asked_back(desk: Desk) -> None:
    card = desk["count"]
    card.get_by_role("textbox").fill("1,200")
    card.get_by_role("button", name="Lock in").click()
    expect(card.get_by_role("status")).to_contain_text("Is that 1200 or 1.2?")


def test_the_page_hears_what_is_done(desk: Desk) -> None:
    desk["guess"].get_by_role("radio", name="Sudden").check()
    desk["guess"].get_by_role("button", name="Lock in").click()
    desk["guess"].get_by_role("button", name="Yes").click()
    expect(desk["guess"].get_by_text("Locked in", exact=True)).to_be_visible()
    said = desk.page.evaluate("items")
    assert {"item": "guess", "done": False} in said
    assert said[-1] == {"item": "guess", "done": True}


def test_a_card_cleans_up_behind_itself(desk: Desk) -> None:
    desk.page.evaluate("closers.forEach((close) => close())")
    assert desk.page.locator("section").count() == 0


def test_everyone_can_use_it(context: BrowserContext, kept: Kept) -> None:
    for name in NAMES:
        answer = {**ANSWERS["next-move"], "by": "2099-12-01"} if name == "next-move" else ANSWERS[name]
        exercise = sample(name)
        if name not in ("guess", "all"):
            kept.keep(exercise, answer, exercise.grade(answer).score)
    look(Desk(context, kept).page, (1440, 900), (390, 900))
