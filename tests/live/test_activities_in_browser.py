"""Activities with one phone and one projector in a real browser, and people who only answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe
from tests.live.backstage import Coach, House, Person, Watch, Wire, coach_of

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

BACK_ROW = 720 / 40  # px, the least size of text that is read from there
SMALL = """all => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())
    .filter((box) => box.height < 44 || box.width < 44).length"""
TARGETS = "main button, main label.choreo-option"


class Stage:
    """A session with one activity, seen on a phone and on a projector."""

    def __init__(self, watch: Watch, wire: Wire, coach: Coach) -> None:
        self.wire, self.coach = wire, coach
        self.screen = watch.open(viewport={"width": 1280, "height": 720}, has_touch=False).new_page()
        self.screen.goto(f"{wire.address}/live/screen#{coach.opened['screen']}")
        self.phone = watch.open(reduced_motion="reduce").new_page()
        self.phone.goto(f"{wire.address}/join/{coach.code}")
        expect(self.phone.get_by_role("heading", name="You are in.")).to_be_visible()

    def people(self, count: int) -> list[Person]:
        """So many more, without a browser."""
        return [Person(self.wire, self.coach.code) for _ in range(count)]

    def look(self) -> None:
        """Nothing that axe finds is wrong on phone or projector; what is touched is large enough, what is read too."""
        axe.look(self.phone, (390, 844))
        assert self.phone.locator(TARGETS).evaluate_all(SMALL) == 0
        axe.look(self.screen, (1280, 720))
        small = self.screen.locator(".choreo-room-told :is(h1, p, dt, dd), .choreo-room-plot text").evaluate_all(
            "all => all.map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent])"
        )
        assert [text for size, text in small if size < BACK_ROW and text] == []

    def tells(self, words: str) -> None:
        """It is in what the room sees, in print too small for a wall: the desk and the report show it."""
        expect(self.screen.get_by_text(re.compile(words)).first).to_be_attached()

    def sees(self, words: str) -> None:
        """The room reads this."""
        expect(self.screen.get_by_text(re.compile(words)).first).to_be_visible()

    def sealed(self, count: int) -> None:
        self.coach.until(lambda desk: desk["ballots"] == count)


Open = Callable[..., Stage]


@pytest.fixture
def stage(browser: Browser, house: House) -> Iterator[Open]:
    """Opens a session with one activity, and begins it."""
    watch, wire, made = Watch(browser), house.wire(), []

    def open_it(activity: str, **settings: Any) -> Stage:
        plan = {"title": "A day", "items": [{"activity": activity, "minutes": 10, "settings": settings}]}
        line = coach_of(wire.to, plan)
        coach = line.__enter__()
        made.append(line)
        stage = Stage(watch, wire, coach)
        coach.begin(0)
        return stage

    yield open_it
    watch.close()
    for line in made:
        line.__exit__(None, None, None)
    wire.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_like_me_is_answered_by_keyboard_and_shown_guesses_first(stage: Open) -> None:
    room = stage("disconnect")
    phone = room.phone
    expect(phone.get_by_role("group", name="And you?")).to_be_visible()
    room.look()
    press(phone, "Tab", "Enter")
    expect(phone.get_by_text("You: Yes.")).to_be_visible()
    room.look()
    phone.get_by_role("button", name="7 of ten").focus()
    press(phone, "Enter")
    expect(phone.locator(".choreo-note[data-state=sent]")).to_be_visible()
    for number, person in enumerate(room.people(10)):
        person.say({"own": number < 5, "same": 80})
    room.sealed(11)
    room.coach.do("step", to="believed")
    room.sees("11 of us take our own answer for that of the majority")
    room.look()
    room.coach.do("step", to="truth")
    room.sees("6 of 11 say yes")
    room.look()
    room.coach.do("finish")
    room.tells("Stanford, 1977")
    room.look()


def test_who_is_drawn_speaks_first_and_the_others_judge_again(stage: Open) -> None:
    room = stage("one-voice")
    phone = room.phone
    field = phone.get_by_role("textbox")
    expect(phone.get_by_role("group", name="Of a hundred of our meetings")).to_be_visible()
    room.look()
    field.fill("60")
    press(phone, "Enter")
    expect(phone.get_by_text("You, alone: 60 meetings")).to_be_visible()
    room.coach.do("step", to="voice")
    expect(phone.get_by_role("group", name="The lot fell on you")).to_be_visible()
    room.sees("One of us is drawn by lot")
    room.look()
    phone.get_by_role("button", name="Rather not").focus()
    press(phone, "Enter")
    expect(
        phone.locator("main").get_by_text("A virtual voice says: 60 meetings")
    ).to_be_visible()  # nobody else has judged
    room.sees("Nobody here said this.")
    room.look()
    field.fill("55")
    press(phone, "Enter")
    expect(phone.get_by_text("You, again: 55 meetings")).to_be_visible()
    room.coach.do("step", to="moved")
    room.sees("Fewer than 5 people judged twice")
    room.look()


def test_the_room_sees_how_far_it_went_to_one_voice(stage: Open) -> None:
    room = stage("one-voice", speaker="a virtual voice")
    phone, people = room.phone, room.people(9)
    for number, person in enumerate(people):
        person.say({"alone": 10 * number})
    field = phone.get_by_role("textbox")
    field.fill("40")
    press(phone, "Enter")
    expect(phone.get_by_text("You, alone: 40 meetings")).to_be_visible()
    room.coach.do("step", to="voice")
    expect(phone.locator("main").get_by_text("A virtual voice says")).to_be_visible()
    for person in people:
        person.say({"again": 50})
    field.fill("45")
    press(phone, "Enter")
    expect(phone.get_by_text("You, again: 45 meetings")).to_be_visible()
    room.coach.do("step", to="moved")
    room.sees("of the way to one voice")
    room.look()
    room.coach.do("finish")
    room.sees("minds. After the voice")
    room.look()


def test_a_row_speaks_in_turn_and_is_seen_when_all_have_answered(stage: Open) -> None:
    room = stage("in-turn", seconds=60, questions=1)
    phone, people = room.phone, room.people(7)
    room.sees("A lot has chosen one bag")
    room.look()
    room.coach.do("step", to="play")
    expect(phone.get_by_text(re.compile("^Your hint: bag [AB]")).first).to_be_visible()
    spoken = False

    def speak() -> None:
        expect(phone.get_by_role("button", name="Bag A")).to_be_visible()
        room.look()
        phone.get_by_role("button", name="Bag A").focus()
        press(phone, "Enter")
        expect(phone.get_by_role("button", name="Bag A")).to_be_hidden()

    waiting = people
    while waiting:
        left = [person for person in waiting if not person.tries({"question": 1, "say": 0})]
        if len(left) == len(waiting):  # the turn is the phone's
            speak()
            spoken = True
        waiting = left
    if not spoken:
        speak()
    expect(phone.get_by_text("That was it.").first).to_be_visible()
    room.coach.do("step", to="show")
    room.sees("ended on the wrong bag")
    room.look()
    room.coach.do("finish")
    room.tells("In the model")
    room.look()


def test_an_alliance_draws_its_own_map(stage: Open) -> None:
    room = stage("alliance-map", parties=["Town hall", "Clinic", "Bakers <b>", "School", "Bus firm"])
    phone = room.phone
    expect(phone.get_by_role("group", name="Where do you belong?")).to_be_visible()
    room.look()
    press(phone, "Tab", "Enter")
    expect(phone.get_by_text("You: Town hall.")).to_be_visible()
    assert phone.get_by_role("checkbox").count() == 4
    room.look()
    phone.get_by_role("checkbox", name="Clinic").focus()
    press(phone, "Space")
    expect(phone.get_by_text("Not sent yet.")).to_be_visible()
    phone.get_by_role("button", name="Send my answer").focus()
    press(phone, "Enter")
    expect(phone.locator(".choreo-note[data-state=sent]")).to_be_visible()
    phone.get_by_role("button", name="Change what you said first").click()
    phone.get_by_role("button", name="School").click()
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(0)  # asked about anew
    phone.get_by_role("checkbox", name="Bus firm").check()
    phone.get_by_role("button", name="Send my answer").click()
    expect(phone.locator(".choreo-note[data-state=sent]")).to_be_visible()
    for number, person in enumerate(room.people(15)):
        party = number % 5
        person.say({"party": party, "talked": [one for one in (party - 1, party + 1) if 0 <= one < 5]})
    room.sealed(16)
    room.coach.do("step", to="map")
    room.sees("at least 5 people named it")
    expect(room.screen.get_by_text("Bakers <b>")).to_be_attached()
    room.look()
    room.coach.do("step", to="tie")
    room.sees("Town hall with Bus firm")
    room.look()
    room.coach.do("finish")
    room.tells("What the model cannot know")
    room.look()
