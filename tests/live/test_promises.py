"""What a room promised is remembered by a plan as the room saw it, and nothing beyond that."""

from __future__ import annotations

import pytest
from tests.live.rooms import Room, join, opened

from choreo.live.export import read_session, session_json
from choreo.live.plan import PlanError, read_plan
from choreo.live.session import Session

QUESTION = "Which move is yours?"
MOVES = ["ask Ann", "Ask Ann!", "fewer mails", "call Bob", "listen", "listen"]


def promised(answers: list[str], virtual: int = 0) -> Room:
    room = opened("pulse", len(answers), {"question": QUESTION, "form": "words", "promise": True}, virtual=virtual)
    for number, answer in enumerate(answers, 1):
        assert room.say(f"p{number}", {"answer": answer}) == ""
    room.step("show")
    return room


def let_see(room: Room, text: str) -> None:
    wrote = room.activity.wrote
    number = next(number for number, one in wrote.texts.items() if one == text)
    for one in wrote.texts_of(number):
        room.event("release", text=one)


def test_what_the_room_saw_is_remembered_as_it_saw_it() -> None:
    room = promised(MOVES)
    let_see(room, "listen")
    let_see(room, "ask Ann")
    number = next(number for number, one in room.activity.wrote.texts.items() if one == "listen")
    room.event("group", texts=[number], name="Hear each other")
    room.event("end")
    day = "2027-01-15"
    words = [["ask Ann", 2], ["Hear each other", 2]]
    assert room.session.promises.json() == {"day": day, "question": QUESTION, "count": 6, "words": words}


def test_what_was_taken_back_or_let_through_unseen_is_not_kept() -> None:
    room = promised(MOVES)
    let_see(room, "listen")
    let_see(room, "fewer mails")
    number = next(number for number, one in room.activity.wrote.texts.items() if one == "listen")
    room.event("hide")
    room.event("withhold", text=number)
    let_see(room, "call Bob")
    room.event("end")
    kept = room.session.promises.json()
    assert kept is not None
    assert kept["words"] == [["fewer mails", 1]]


def test_of_fewer_than_five_and_of_a_rehearsal_nothing_is_remembered() -> None:
    assert promised(MOVES[:4]).session.promises.json() is None
    assert promised(MOVES, virtual=6).session.promises.json() is None
    assert opened("pulse", 6).session.promises.json() is None


def test_a_question_that_is_asked_again_of_too_few_leaves_what_was_promised() -> None:
    room = promised(MOVES)
    room.event("begin", item=0)
    room.say("p1", {"answer": "nothing"})
    room.step("show")
    kept = room.session.promises.json()
    assert kept is not None
    assert kept["count"] == 6


def next_time(**last: object) -> Room:
    room = Room(Session())
    known = {"day": "2026-11-30", "question": QUESTION, "count": 6, "words": [["ask Ann", 2], ["\u202elisten", 1]]}
    room.event(
        "open", plan={"title": "Again", "items": [{"activity": "pulse", "minutes": 5}], "last_time": known | last}
    )
    join(room, "p1")
    return room


def test_the_next_session_opens_with_it_if_the_coach_wants() -> None:
    room = next_time()
    assert room.session.scene().title == "Again"
    room.event("recall", on=True)
    scene = room.session.scene()
    assert scene.title == "Last time we promised"
    assert scene.lines == ("On 30 November 2026, 6 people answered: “Which move is yours?”",)
    assert scene.words == (("ask Ann", 2), ("listen", 1))
    assert Session.replay(read_session(session_json(room.log))).scene() == scene
    room.event("begin", item=0)
    room.event("recall", on=True)
    assert room.session.scene().title.startswith("How well")


def test_what_the_plan_no_longer_remembers_is_no_longer_shown() -> None:
    room = next_time()
    room.event("recall", on=True)
    room.event("plan", plan={"title": "Others", "items": []})
    assert not room.session.recalled
    assert room.session.scene().title == "Others"


def test_a_plan_remembers_nothing_under_five_and_nothing_else() -> None:
    for wrong in ({"count": 4}, {"who": "Ann"}, {"words": [["a", 1]] * 41}, {"day": "soon"}):
        assert next_time(**wrong).session.plan.last_time is None
    with pytest.raises(PlanError, match="last_time"):
        read_plan({"title": "Again", "items": [], "last_time": {"count": 6}})
