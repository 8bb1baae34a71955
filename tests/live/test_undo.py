"""Taking a move of the coach back, as long as no result of it was shown."""

from typing import Any

import pytest
from tests.live.rooms import Room, join

from choreo.live.activity import RoundOn
from choreo.live.session import Session
from choreo.live.story import answers, chapters, frames

PLAN = {
    "title": "Monday",
    "items": [
        {"activity": "pulse", "minutes": 5, "settings": {"question": "How are you?"}},
        {"activity": "silo-search", "minutes": 15, "settings": {"rounds": 5, "seconds": 60}},
    ],
}


def a_room(people: int = 6) -> Room:
    room = Room(Session())
    room.event("open", plan=PLAN, seed=7)
    for number in range(1, people + 1):
        join(room, f"p{number}")
    return room


def undo(room: Room) -> None:
    before = room.session.before
    assert before is not None
    room.event("undo", move=before.move)


def flip(room: Room, who: str, switch: int = 0) -> None:
    assert room.say(who, {"round": room.phone(who)["round"], "flip": switch}) == ""


def same_again(room: Room) -> None:
    """Its log gives the same state."""
    again, now = Session.replay(room.log), room.session
    assert (again.at, again.begun, again.finished, again.began_at) == (now.at, now.begun, now.finished, now.began_at)
    assert again.scene() == now.scene()
    for who in now.people:
        assert again.activity is None or again.activity.view(who) == room.activity.view(who)


def test_an_activity_begun_by_mistake_is_taken_back_to_where_the_room_was() -> None:
    room = a_room()
    room.event("begin", item=0)
    undo(room)
    assert (room.session.activity, room.session.at, room.session.begun) == (None, -1, 0)
    room.event("begin", item=0)
    room.event("finish")
    room.event("begin", item=1)
    undo(room)
    assert room.activity.name == "pulse"
    assert room.session.finished
    same_again(room)


def test_a_game_that_was_cut_short_by_mistake_goes_on_as_it_stood_and_no_clock_went_on_meanwhile() -> None:
    room = a_room()
    room.event("begin", item=1)
    room.step("search")
    flip(room, "p1", 3)
    wake = room.activity.wake
    assert wake is not None
    room.event("begin", item=0)
    room.now += 30
    join(room, "late")
    room.event("leave", "p2")
    undo(room)
    assert room.activity.wake == wake + 30
    assert room.activity.round_on() == RoundOn(1, 5, moved=1, due=5)
    assert "late" in room.activity.people
    assert not room.activity.people["p2"].here
    same_again(room)


def test_what_was_said_in_a_round_that_was_begun_by_mistake_goes_with_it() -> None:
    room = a_room()
    room.event("begin", item=1)
    room.step("search")
    flip(room, "p1")
    flip(room, "p2")
    assert room.session.before is not None
    assert room.session.before.said == 2
    undo(room)
    assert room.activity.step.name == "explain"
    room.step("search")
    flip(room, "p1", 1)
    assert [answer.said["flip"] for answer in answers(room.log)] == [1]
    assert [chapter.activity for chapter in chapters(room.log)] == ["silo-search"]
    labels = [frame.label for frame in frames(room.log)]
    assert labels.count("Silo search: Explain") == 1
    same_again(room)


def shown_by_counting(room: Room) -> None:
    room.event("begin", item=0)
    for number in range(1, 6):
        room.say(f"p{number}", {"answer": 1})
    room.step("show")


def shown_by_a_round_that_is_over(room: Room) -> None:
    room.event("begin", item=1)
    room.step("search")
    for number in range(1, 7):
        flip(room, f"p{number}")


def shown_by_the_clock(room: Room) -> None:
    room.event("begin", item=1)
    room.step("search")
    assert room.activity.wake is not None
    room.now = room.activity.wake
    room.event("tick")


def shown_by_the_debrief(room: Room) -> None:
    room.event("begin", item=1)
    room.event("finish")


def shown_by_its_step(room: Room) -> None:
    room.event("begin", item=0)
    room.event("step", to="show")


@pytest.mark.parametrize(
    "shown",
    [shown_by_counting, shown_by_a_round_that_is_over, shown_by_the_clock, shown_by_the_debrief, shown_by_its_step],
)
def test_what_was_shown_cannot_be_taken_back(shown: Any) -> None:
    room = a_room()
    shown(room)
    assert room.session.before is None
    scene = room.session.scene()
    for move in range(len(room.log) + 1):
        room.event("undo", move=move)
    assert room.session.scene() == scene
    assert room.session.taken_back == []


def test_only_one_move_is_taken_back() -> None:
    room = a_room()
    room.event("begin", item=1)
    room.step("search")
    undo(room)
    assert room.session.before is None
    assert room.activity.step.name == "explain"


def test_a_pause_that_came_after_the_move_stays() -> None:
    room = a_room()
    room.event("begin", item=1)
    room.step("search")
    room.event("begin", item=0)
    room.event("pause")
    undo(room)
    assert room.activity.paused
    same_again(room)


@pytest.mark.parametrize("move", [None, "3", -1, 10**40, [3], True])
def test_nonsense_takes_nothing_back(move: Any) -> None:
    room = a_room()
    room.event("begin", item=1)
    room.event("undo", move=move)
    assert room.activity.name == "silo-search"


def test_a_countdown_runs_until_it_is_taken_away_or_something_begins() -> None:
    room = a_room()
    room.event("countdown", seconds=360)
    assert room.session.countdown is not None
    assert room.session.countdown.ends == room.now + 360
    room.event("countdown", seconds=0)
    assert room.session.countdown is None
    room.event("countdown", seconds=60)
    room.event("begin", item=0)
    assert room.session.countdown is None
    for seconds in (None, "60", -1, 7201, 1.5, [60]):
        room.event("countdown", seconds=seconds)
        assert room.session.countdown is None
