"""Begun again, no activity tells what fewer than five people said otherwise: all compare, or play anew, in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from tests.live.rooms import Room, opened

from choreo.live.activities import activities
from choreo.live.activity import Activity
from choreo.live.export import answers_csv, session_json
from choreo.live.scene import Scene

PEOPLE = 8
HELD = "Fewer than 5 answers are other than before"


def says(say: Callable[[int], dict[str, Any]]) -> Callable[[Room, Sequence[int]], None]:
    """Everybody answers the question that is open, each by their number."""

    def ask(room: Room, numbers: Sequence[int]) -> None:
        for number, seat in enumerate(numbers, 1):
            assert room.say(f"p{number}", say(seat)) == ""

    return ask


def estimates(room: Room, numbers: Sequence[int]) -> None:
    says(lambda seat: {"alone": 1000 + 100 * seat})(room, numbers)
    room.step("again")
    says(lambda seat: {"again": 1500 + 100 * seat})(room, numbers)


def judgements(room: Room, numbers: Sequence[int]) -> None:
    says(lambda seat: {"alone": seat + 0.5})(room, numbers)
    room.step("voice")
    says(lambda seat: {"again": seat + 0.25})(room, numbers)


def goals(room: Room, numbers: Sequence[int]) -> None:
    room.step("write")
    says(lambda seat: {"text": "share all" if seat % 2 else "share half"})(room, numbers)
    room.step("choose")
    for text in (1, 2):
        room.event("release", text=text)
    says(lambda seat: {"choose": 1 + seat % 2})(room, numbers)


@dataclass(frozen=True)
class Question:
    """A question that a room can be asked twice, and how a room answers it; who sits at seat 99 says what nobody else does."""

    answer: Callable[[Room, Sequence[int]], None]
    shows: tuple[str, ...]
    secret: str  # what nobody else says, as it stands in what is taken home; empty where votes are only counted
    settings: tuple[tuple[str, Any], ...] = ()


QUESTIONS = {
    "pulse": Question(says(lambda seat: {"answer": 4 if seat == 99 else seat % 3}), ("show",), '"answer": 4'),
    "disconnect": Question(
        says(lambda seat: {"own": seat % 2 == 0, "same": 100 if seat == 99 else 50}),
        ("believed", "truth"), '"same": 100',
    ),
    "safe-to-say": Question(
        says(lambda seat: {"own": seat % 3, "others": 90 if seat == 99 else 30}),
        ("believed", "gap"), '"others": 90',
    ),
    "ten-dots": Question(
        says(lambda seat: {"dots": [0, 0, 0, 10] if seat == 99 else [10 - seat % 3, seat % 3, 0, 0]}),
        ("show",), "[0, 0, 0, 10]",
    ),
    "alliance-map": Question(
        says(lambda seat: {"party": 0, "talked": [1, 2]}), ("map", "tie"), "",
    ),
    "wisdom-of-the-room": Question(estimates, ("guesses", "truth"), "10900"),
    "one-voice": Question(judgements, ("moved",), "99.5", (("speaker", "a virtual voice"),)),
    "push-and-pull": Question(goals, ("goal",), ""),
}  # fmt: skip
ANEW = {  # what is played is drawn anew each time, or is what people do against the clock: there is no answer to compare
    "silo-search": "another landscape",
    "micro-cultures": "other beginnings",
    "in-turn": "other hints",
    "trust-over-time": "moves that answer each other",
    "flash-mob": "taps",
}


def played(room: Room, name: str, numbers: Sequence[int]) -> list[Scene]:
    """What the room sees of these answers: each step's scene, and all of the debrief's."""
    QUESTIONS[name].answer(room, numbers)
    seen = []
    for step in QUESTIONS[name].shows:
        room.step(step)
        seen.append(room.activity.room())
    room.event("finish")
    return [*seen, room.activity.debrief(), *room.activity.further(), *room.activity.what_ifs()]


def again(room: Room) -> None:
    room.now += 60
    room.event("begin", item=0)


def twice(name: str, first: Sequence[int], second: Sequence[int]) -> tuple[Room, list[Scene], list[Scene]]:
    room = opened(name, 2 * PEOPLE, dict(QUESTIONS[name].settings))
    before = played(room, name, first)
    again(room)
    return room, before, played(room, name, second)


def test_every_activity_is_a_question_that_is_compared_or_is_played_anew() -> None:
    assert {*QUESTIONS, *ANEW} == set(activities())
    for name in ANEW:
        kind = activities()[name]
        assert kind.to_show is Activity.to_show
        assert not any(step.ballots for step in kind.steps)


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_who_came_in_between_is_nowhere_to_be_read(name: str) -> None:
    seats = range(PEOPLE)
    room, before, now = twice(name, seats, [*seats, 99])
    assert room.activity.shifts.held == PEOPLE + 1
    assert any(HELD in line for line in now[0].lines)
    old, new = ({repr(figure.data) for scene in scenes for figure in scene.figures} for scenes in (before, now))
    assert new <= old
    if name != "push-and-pull":  # what was given in its rounds is no answer
        assert room.activity.finding() == ""
    sealed = any(step.ballots for step in room.activity.steps)
    exported = session_json(room.log) if sealed else answers_csv(room.log)
    secret = QUESTIONS[name].secret
    assert not secret or secret not in exported
    assert sealed or "so nobody is listed" in exported


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_answers_and_five_others_are_shown(name: str) -> None:
    seats = range(PEOPLE)
    for second in (seats, [*seats, *range(PEOPLE)]):
        room, _before, now = twice(name, seats, second)
        assert room.activity.shifts.held == 0
        assert not any(HELD in line for scene in now for line in scene.lines)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_was_held_back_is_no_measure_for_the_next_round(name: str) -> None:
    seats = range(PEOPLE)
    room, before, _now = twice(name, seats, [*seats, 99])
    again(room)
    third = played(room, name, seats)
    assert room.activity.shifts.held == 0
    assert len(third) >= len(before)


def test_a_vote_that_is_held_back_leaves_the_goal_that_was_shown() -> None:
    _room, before, now = twice("push-and-pull", range(PEOPLE), [*range(PEOPLE), 99])
    assert (now[0].title, now[0].lines[0]) == (before[0].title, before[0].lines[0])


def test_a_question_that_was_held_back_is_open_again_at_its_step() -> None:
    room, _before, _now = twice("pulse", range(PEOPLE), [*range(PEOPLE), 99])
    room.step("ask")
    assert room.phone("p1")["step"] == "ask"
    assert room.say("p1", {"answer": 1}) == ""
