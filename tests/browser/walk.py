"""What a person does in a lesson, whatever it teaches: predict, play, answer, write, promise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType

from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import pass_by, ready
from tests.browser.hands import Hand

LONG = 60_000  # ms: ten crowds are tried one after the other
TEXT = "Nobody stands in the street without knowing where there is something for them."
SOON = date.today() + timedelta(days=10)


@dataclass(frozen=True)
class Plan:
    """An if-then plan."""

    when: str = "the Tuesday call begins"
    will: str = "ask the two depots what finished means to them"
    whom: str = "Mara"
    by: date = SOON


def card(page: Page, item: str) -> Locator:
    """Where that exercise or explorable stands."""
    return page.locator(f"[data-choreo-item={item}]")


def button(one: Locator, name: str) -> Locator:
    return one.get_by_role("button", name=name, exact=True)


def kept(one: Locator) -> None:
    """Wait until the card says that the server has it."""
    expect(one.locator(".choreo-card-kept")).to_have_attribute("data-saved", "yes")


def judged(one: Locator) -> None:
    """Right, and kept."""
    expect(one.locator(".choreo-card-status")).to_have_attribute("data-tone", "right")
    kept(one)


def open_step(hand: Hand, to: str = "") -> None:
    """Open the next step, as a learner does; with a part of a title, all steps up to that one."""
    while True:
        pass_by(hand.page, hand.press)
        go = hand.page.locator("[data-bar]").get_by_role("button", name="Go on: ")
        title = go.inner_text()
        hand.press(go)
        ready(hand.page)
        if go.is_visible() and go.inner_text() == title:  # a comparison that fills in above took it from under the hand
            hand.press(go)
            ready(hand.page)
        if to in title:
            return


def lock_in(hand: Hand, one: Locator) -> None:
    hand.press(button(one, "Lock in my prediction"))
    hand.press(button(one, "Yes, lock it in"))
    kept(one)


def predict_choice(hand: Hand, item: str, text: str) -> None:
    one = card(hand.page, item)
    hand.pick(one.get_by_role("radio"), one.locator("label", has_text=text).locator("input"))
    lock_in(hand, one)


def predict_curve(hand: Hand, item: str, curve: Sequence[float]) -> None:
    one = card(hand.page, item)
    for slider, value in zip(one.get_by_role("slider").all(), curve, strict=True):
        hand.set(slider, value)
    lock_in(hand, one)


def predict_number(hand: Hand, item: str, number: int) -> None:
    one = card(hand.page, item)
    hand.write(one.get_by_role("textbox"), str(number))
    lock_in(hand, one)


def decline(hand: Hand, item: str) -> None:
    """Go on without predicting."""
    hand.press(button(card(hand.page, item), "Go on without predicting"))


def play(hand: Hand, item: str) -> Locator:
    """Watch a run to its end, and touch somebody."""
    one = card(hand.page, item)
    theatre = one.locator(".choreo-player-theatre")
    expect(one.locator(".choreo-player-number")).to_have_text(re.compile(r"\d"))
    hand.touch(theatre)
    expect(one.locator(".choreo-player-bubble")).to_have_text(re.compile(r"\w+"))
    return one


def move(hand: Hand, one: Locator, settings: dict[str, float | str]) -> None:
    """Move controls, by their labels: a number for a slider, words for an option."""
    for label, value in settings.items():
        if isinstance(value, str):
            field = one.get_by_role("group", name=label)
            hand.choose(field, field.get_by_role("radio", name=value))
        else:
            hand.set(one.get_by_role("slider", name=label), value)


def reach(hand: Hand, item: str, settings: dict[str, float | str]) -> None:
    """The goal's winning setting: it is reached, there or already on the way, where that holds in nine of this learner's ten."""
    one = card(hand.page, item)
    move(hand, one, settings)
    reached(one)


def reached(one: Locator) -> None:
    expect(one.locator(".choreo-player-goal[data-reached]")).to_contain_text("You did it.", timeout=LONG)


def choose(hand: Hand, item: str, *texts: str) -> None:
    one = card(hand.page, item)
    for text in texts:
        option = one.locator("label", has_text=text).locator("input")
        hand.pick(one.locator("input"), option)
    hand.press(button(one, "Check"))
    kept(one)


def sort(hand: Hand, item: str, buckets: dict[str, str]) -> None:
    one = card(hand.page, item)
    for case in one.locator("fieldset").all():
        wanted = next(bucket for name, bucket in buckets.items() if case.locator(f"input[name$='-{name}']").count())
        hand.pick(case.locator("input"), case.locator(f"input[value={wanted}]"))
    hand.press(button(one, "Check"))
    kept(one)


def match(hand: Hand, item: str, pairs: dict[str, str]) -> None:
    one = card(hand.page, item)
    hand.match(one, pairs)
    hand.press(button(one, "Check"))
    kept(one)


def order(hand: Hand, item: str, steps: Sequence[str]) -> None:
    one = card(hand.page, item)
    hand.order(one, steps)
    hand.press(button(one, "Check this order"))
    kept(one)


def mark(hand: Hand, item: str, texts: Sequence[str]) -> None:
    one = card(hand.page, item)
    for words in texts:
        hand.press(one.get_by_role("button", name=words))
    hand.press(button(one, "Check"))
    kept(one)


def reflect(hand: Hand, item: str, text: str = TEXT) -> None:
    one = card(hand.page, item)
    for box in one.get_by_role("textbox").all():
        hand.write(box, text)
    hand.press(button(one, "Keep"))
    kept(one)


def commit(hand: Hand, item: str, plan: Plan | None = None) -> None:
    one, plan = card(hand.page, item), plan or Plan()
    expect(one.locator("input[type=date]")).to_be_attached()  # it comes when the page has nothing else to do
    for name in ("when", "will", "whom"):
        hand.write(one.locator(f".choreo-commit-{name} :is(textarea, input)"), getattr(plan, name))
    hand.day(one.locator("input[type=date]"), plan.by)
    hand.press(button(one, "I commit to this"))
    kept(one)


def written(one: Locator, text: str = TEXT) -> None:
    """What was written is there, with an example beside it."""
    for box in one.get_by_role("textbox").all():
        expect(box).to_have_value(text)
    expect(one).to_contain_text("worked example")


def promised(one: Locator, plan: Plan | None = None) -> None:
    for words in ((plan or Plan()).when, (plan or Plan()).will, (plan or Plan()).whom):
        expect(one).to_contain_text(words)


def whole_bar(page: Page) -> None:
    """The outline says that all is done."""
    expect(page.locator(".choreo-outline progress")).to_have_js_property("value", 1)


def all_of(found: Locator, say: str) -> list:
    """What each of them says."""
    return [one.evaluate(say) for one in found.all()]


def second(hand: Hand, lesson: ModuleType, open_one: Callable[..., None] = open_step) -> None:
    """What comes after the goal, in a lesson with a second prediction."""
    if hasattr(lesson, "second"):
        lesson.second(hand, open_one)


def afterwards(hand: Hand, lesson: ModuleType, open_one: Callable[..., None] = open_step) -> None:
    """What comes after the plan, in the lesson that gathers all of the course."""
    if hasattr(lesson, "afterwards"):
        lesson.afterwards(hand, open_one)


def whole(hand: Hand, lesson: ModuleType, open_one: Callable[..., None] = open_step, answering: bool = True) -> None:
    """A lesson from its first step to its last; `lesson` is the module that knows what is done in each.

    Without `answering` only its predictions and stages: its exercises are of the same kinds as those of the gallery.
    """
    lesson.taste(hand)
    open_one(hand)
    lesson.predict(hand)
    open_one(hand)
    lesson.play(hand)
    open_one(hand)
    lesson.reach(hand)
    second(hand, lesson, open_one)
    open_one(hand, "Try it")
    if not answering:
        return open_one(hand, "Sources")
    lesson.practise(hand)
    open_one(hand)
    lesson.transfer(hand)
    afterwards(hand, lesson, open_one)
    open_one(hand, "Sources")
    lesson.everything_is_there(hand.page)
    return None
