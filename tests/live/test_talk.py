"""A debrief that a room leads itself through, and pairs that phones make: both follow from the log."""

from __future__ import annotations

import pytest
from tests.live.rooms import Room, join, opened

from choreo.live.activities import activities, guide_to, notes_on
from choreo.live.guide import MINUTES, questions_in
from choreo.live.session import Session


def at_debrief(name: str = "pulse", people: int = 6, virtual: int = 0) -> Room:
    room = opened(name, people, virtual=virtual)
    for number in range(1, people - virtual + 1):
        room.say(f"p{number}", {"answer": number % 5})
    room.step("show")
    room.event("finish")
    return room


def guided(people: int = 6) -> Room:
    room = at_debrief(people=people)
    room.event("guide", screen=0)
    return room


def ready(room: Room, *who: str) -> None:
    for one in who:
        guide = room.session.talk.guide
        assert guide is not None
        assert room.say(one, {"ready": guide.screen}) == ""


def screen(room: Room) -> int | None:
    guide = room.session.talk.guide
    return guide.screen if guide is not None else None


@pytest.mark.parametrize("name", activities())
def test_what_an_activity_asks_in_its_ten_minutes_is_its_own(name: str) -> None:
    questions = guide_to(name)
    assert len(questions) == len(MINUTES) == 4
    assert all(question.endswith("?") and len(question) <= 170 for question in questions)
    others = {one for other in activities() if other != name for one in guide_to(other)}
    assert not others & set(questions)


def test_notes_without_the_four_questions_ask_none() -> None:
    assert questions_in("**What for.** Something.\n\n1. One?\n2. Two?\n3. Three?\n4. Four?") == ()
    assert questions_in(notes_on("pulse").replace("4. What would", "What would")) == ()
    assert sum(MINUTES) == 10


def test_the_room_goes_on_when_more_than_half_want_to() -> None:
    room = guided()
    ready(room, "p1", "p2", "p3")
    assert screen(room) == 0
    ready(room, "p3")
    assert screen(room) == 0
    ready(room, "p4")
    assert screen(room) == 1
    assert room.say("p5", {"ready": 0}) == "The room is at another question by now."
    for _ in range(3):
        ready(room, "p1", "p2", "p3", "p4")
    assert screen(room) is None
    assert room.session.finished


def test_nobody_waits_for_who_has_left() -> None:
    room = guided()
    ready(room, "p1", "p2", "p3")
    room.event("leave", "p6")
    assert screen(room) == 1


def test_each_screen_is_given_its_time_and_groups_keep_theirs() -> None:
    room = guided()
    assert room.session.countdown is not None
    assert room.session.countdown.seconds == 120
    room.event("groups", size=2)
    room.event("countdown", seconds=360)
    room.event("guide", screen=2)
    assert room.session.countdown.seconds == 360
    room.now += 400
    room.event("guide", screen=3)
    assert room.session.countdown.seconds == 180


def test_it_ends_when_the_coach_goes_on() -> None:
    for kind, data in (("step", {"to": "ask"}), ("begin", {"item": 0}), ("end", {})):
        room = guided()
        room.event("groups", size=2)
        room.event(kind, **data)
        assert not room.session.talk.on
        assert room.session.countdown is None


def test_there_is_no_guide_before_the_debrief_and_no_groups_while_something_is_answered() -> None:
    room = opened("pulse", 6)
    room.event("guide", screen=0)
    room.event("groups", size=2)
    assert not room.session.talk.on


def test_what_happened_is_what_the_room_saw_at_the_end_of_each_step() -> None:
    room = at_debrief()
    assert [bool(scene.figures) for scene in room.session.talk.moments] == [True]
    played = opened("silo-search", 6, {"rounds": 4, "seconds": 20})
    played.step(type(played.activity).steps[1].name)
    for _ in range(4):
        played.now += 30
        played.event("tick")
    played.event("finish")
    assert len(played.session.talk.moments) > 3
    assert all(not scene.words for scene in played.session.talk.moments)


def test_a_word_that_is_taken_back_is_in_no_moment_and_a_rehearsal_leaves_none() -> None:
    room = at_debrief()
    room.event("withhold", text=0)
    assert room.session.talk.moments == []
    rehearsed = opened("pulse", 6, virtual=6)
    rehearsed.step("show")
    assert rehearsed.session.talk.moments
    join(rehearsed, "p9")
    assert rehearsed.session.talk.moments == []


def test_bots_talk_with_nobody_and_do_not_go_on_for_people() -> None:
    room = at_debrief(people=8, virtual=4)
    room.event("groups", size=2)
    room.event("guide", screen=0)
    assert room.session.talk.groups is not None
    assert sorted(one for members in room.session.talk.groups.all() for one in members) == ["p1", "p2", "p3", "p4"]
    assert room.say("p8", {"ready": 0})
    ready(room, "p1", "p2", "p3")
    assert screen(room) == 1


def test_groups_follow_who_comes_and_goes() -> None:
    room = at_debrief()
    room.event("groups", size=2)
    groups = room.session.talk.groups
    assert groups is not None
    gone, alone = groups.all()[0]
    room.event("leave", gone)
    assert groups.count_of(alone) == 3
    join(room, "late")
    join(room, "bot", virtual=True)
    assert groups.count_of("late") >= 2
    assert groups.count_of("bot") == 0
    room.event("remove", "late")
    assert groups.count_of("late") == 0


def test_the_log_alone_gives_the_same_groups_and_the_same_screen() -> None:
    room = guided(9)
    room.event("groups", size=3)
    join(room, "late")
    ready(room, "p1", "p2", "p3", "p4", "p5", "p6")
    again = Session.replay(room.log).talk
    assert again.groups is not None
    assert room.session.talk.groups is not None
    assert again.groups.all() == room.session.talk.groups.all()
    assert again.guide == room.session.talk.guide
    room.event("groups", size=3)
    assert room.session.talk.groups.all() != again.groups.all()
