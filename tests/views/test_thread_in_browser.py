"""The learner's own collaboration above a question that asks about it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect
from tests.browser.axe import look
from tests.grading.samples import ANSWERS, sample
from tests.progress.memory import NOON, Kept
from tests.views.test_card_in_browser import Desk, pytestmark  # noqa: F401

from choreo.progress.entry import Entry, new_entry
from choreo.progress.thread import Thread
from choreo.views.card import ExerciseCard

EVIL = "<img src=x onerror=document.title='Caught'>"
ASKED = sample("card", collaboration="00-first/mine")


class Asking(Desk):
    """A page with one card that asks about the collaboration; `entries` are what came back."""

    def __init__(self, context: BrowserContext, *entries: Entry) -> None:
        thread = Thread("00-first/mine", {"01-next/card": ASKED}, {"00-first": "The first", "01-next": EVIL})
        card = ExerciseCard(ASKED, Kept(), thread)
        card.precede(entries)
        self.asking = card
        super().__init__(context, Kept(), names=("card",))

    def traits(self, name: str) -> dict[str, object]:
        self.cards[name] = self.asking
        return super().traits(name)


def test_what_people_named_and_said_is_shown_as_text(context: BrowserContext) -> None:
    mine = {"purpose": EVIL, "people": "two ferries", "stuck": ""}
    text = {"fields": {"frame": EVIL}, "met": []}
    desk = Asking(
        context,
        new_entry("00-first", "mine", "collaboration", 1, mine, None, NOON),
        new_entry("01-next", "card", "reflection", 1, text, None, NOON),
    )
    box = desk.page.locator(".choreo-thread")
    expect(box.locator("dd").first).to_have_text(EVIL)
    expect(box).not_to_contain_text("What is stuck")
    expect(box.get_by_text("20 November 2026")).to_be_hidden()
    box.locator("summary").press("Enter")
    expect(box.locator("details dd")).to_have_text(EVIL)
    expect(box.locator("details")).to_contain_text(f"{EVIL}, 20 November 2026")
    assert desk.page.title() == "Cards"
    look(desk.page, (390, 844))


def test_without_a_name_there_is_one_line_that_offers_it_and_the_card_works(context: BrowserContext) -> None:
    desk = Asking(context)
    box = desk.page.locator(".choreo-thread")
    expect(box).to_contain_text("The first")
    expect(box.locator("details, a")).to_have_count(0)  # no page of the course: nobody knows an address
    desk.page.get_by_label("The frame").fill(ANSWERS["card"]["fields"]["frame"])
    desk.page.get_by_role("button", name="Keep").click()
    expect(desk.page.get_by_text("Kept. One thing on the list")).to_be_visible()
