"""A session: everything about it follows from its log."""

from typing import Any

import pytest
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.event import Event
from choreo.live.session import Session

PLAN = {
    "title": "Monday",
    "items": [
        {"activity": "pulse", "minutes": 5, "settings": {"question": "How are you?"}},
        {"activity": "wisdom-of-the-room", "minutes": 15},
        {"activity": "safe-to-say", "minutes": 15},
    ],
}


def a_room() -> Room:
    room = Room(Session())
    room.event("open", plan=PLAN, seed=7)
    for number in range(1, 8):
        join(room, f"p{number}")
    return room


def test_before_the_first_activity_there_is_a_title_and_nothing_to_answer() -> None:
    room = a_room()
    assert room.session.scene().title == "Monday"
    assert room.session.refusal("p1", {"answer": 1}) == "There is nothing to answer just now."
    assert room.session.activity is None


def test_items_run_in_any_order_and_each_begins_afresh() -> None:
    room = a_room()
    for index, name in ((2, "safe-to-say"), (0, "pulse"), (2, "safe-to-say")):
        room.event("begin", item=index)
        assert room.activity.name == name
        assert room.session.at == index
    assert room.session.begun == 3
    seeds = set()
    for index in (1, 1, 1):
        room.event("begin", item=index)
        seeds.add(room.activity.seed)
    assert len(seeds) == 3


@pytest.mark.parametrize("item", [-1, 3, 10**30, None, "0", 0.0, [0]])
def test_an_item_that_is_not_there_does_not_begin(item: Any) -> None:
    room = a_room()
    room.event("begin", item=item)
    assert room.session.activity is None


def test_a_removed_person_says_nothing_and_does_not_come_back() -> None:
    room = a_room()
    room.event("begin", item=1)
    room.say("p1", {"alone": 100})
    room.event("remove", "p1")
    assert room.session.refusal("p1", {"alone": 200}) == "You are no longer in this session."
    room.event("say", "p1", alone=200)
    room.event("back", "p1")
    room.event("join", "p1")
    assert room.session.people["p1"].removed
    assert not room.session.people["p1"].here
    assert "p1" not in room.activity.here()
    assert room.activity.phone("p1")["alone"] == 100
    room.event("begin", item=1)
    assert "p1" not in room.activity.people


def test_a_pause_refuses_answers_and_a_resume_takes_them() -> None:
    room = a_room()
    room.event("begin", item=1)
    room.event("pause")
    assert room.session.refusal("p1", {"alone": 100}) == "The session is paused."
    room.event("resume")
    assert room.session.refusal("p1", {"alone": 100}) == ""


def test_finish_shows_the_debrief_and_a_step_back_goes_on() -> None:
    room = opened("pulse", 6)
    for number in range(1, 7):
        room.say(f"p{number}", {"answer": 3})
    room.step("show")
    room.event("finish")
    assert room.session.finished
    assert room.session.scene() == room.activity.debrief()
    assert room.session.refusal("p1", {"answer": 1}) == "There is nothing to answer just now."
    room.event("step", to="ask")
    assert not room.session.finished
    assert room.session.scene() == room.activity.room()


def test_after_the_end_nothing_changes_any_more() -> None:
    room = a_room()
    room.event("begin", item=0)
    room.event("end")
    before = text([sorted(room.session.people), room.session.scene().json()])
    join(room, "p99")
    room.event("begin", item=1)
    assert text([sorted(room.session.people), room.session.scene().json()]) == before
    assert room.session.refusal("p1", {"answer": 1}) == "The session is over."
    assert room.session.last == len(room.log)


def test_a_plan_with_faults_leaves_the_old_one() -> None:
    room = a_room()
    for fault in (None, [], {"title": "x", "items": [{"activity": "chess", "minutes": 5}]}, {"title": ""}):
        room.event("plan", plan=fault)
        assert room.session.plan.title == "Monday"
    room.event("plan", plan=PLAN | {"title": "Tuesday", "items": PLAN["items"][:1]})
    assert (room.session.plan.title, len(room.session.plan.items)) == ("Tuesday", 1)


def test_hide_and_show_change_what_the_room_may_see() -> None:
    room = a_room()
    assert room.session.shown
    room.event("hide")
    assert not room.session.shown
    room.event("show")
    assert room.session.shown


def test_who_is_away_is_away_in_the_next_activity_too() -> None:
    room = a_room()
    room.event("leave", "p2")
    room.event("begin", item=1)
    assert room.activity.here() == ["p1", "p3", "p4", "p5", "p6", "p7"]
    room.event("back", "p2")
    assert "p2" in room.activity.here()


def test_only_phones_with_news_are_touched() -> None:
    room = opened("wisdom-of-the-room", 5)
    assert room.activity.touched() == {"p1", "p2", "p3", "p4", "p5"}
    assert room.activity.touched() == set()
    room.say("p3", {"alone": 100})
    assert room.activity.touched() == {"p3"}
    room.step("again")
    assert len(room.activity.touched()) == 5


def test_replay_of_any_beginning_of_a_log_is_the_session_at_that_time() -> None:
    room = play("wisdom-of-the-room", 9, seed=6)
    live = Session()
    for number, event in enumerate(room.log, 1):
        live.take(event)
        if number % 5 == 0:
            again = Session.replay(room.log[:number])
            assert again.scene() == live.scene()
            assert again.people == live.people
    assert live.last == len(room.log)


def test_data_that_is_no_mapping_is_taken_as_none() -> None:
    room = opened("pulse", 2)
    for data in ([], None, "x", 1, [["text", 0]]):
        for kind in ("step", "tally", "release", "withhold", "say", "join", "open", "begin", "name"):
            room.session.take(Event(99, room.now, kind, "p1", data))  # type: ignore[arg-type]
    assert room.activity.step.name == "ask"
