"""Rounds with a clock, in both games that are played in them: nobody waits for who has left, and everybody knows which it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.live.rooms import Room, join, opened, text

from choreo.live.activity import RoundOn
from choreo.live.rounds import InRounds

SECONDS, ROUNDS = 20, 4
GAMES: dict[str, dict[str, Any]] = {  # what one says in them, besides the round
    "silo-search": {"stay": True},
    "trust-over-time": {"choice": "share"},
}
Play = Callable[..., Room]


def game(room: Room) -> InRounds:
    assert isinstance(room.activity, InRounds)
    return room.activity


def move(room: Room, *people: str) -> None:
    for who in people or sorted(game(room).waiting):
        assert room.say(who, {"round": game(room).round, **GAMES[game(room).name]}) == ""


def tick(room: Room, after: float) -> None:
    room.now += after
    room.event("tick")


@pytest.fixture(params=GAMES)
def play(request: pytest.FixtureRequest) -> Play:
    """A game with so many people, in its first round."""

    def begun(people: int, virtual: int = 0) -> Room:
        room = opened(request.param, people, {"rounds": ROUNDS, "seconds": SECONDS}, virtual=virtual)
        room.step(game(room).playing)
        return room

    return begun


def test_a_round_ends_when_all_who_are_here_have_moved_or_its_time_is_over(play: Play) -> None:
    room = play(4)
    move(room, "p1", "p2", "p3")
    assert game(room).round == 1
    move(room, "p4")
    assert game(room).round == 2
    tick(room, SECONDS - 0.1)
    assert game(room).round == 2
    tick(room, 0.1)
    assert (game(room).round, game(room).wake) == (3, room.now + SECONDS)


@pytest.mark.parametrize("gone", ["leave", "remove"])
def test_no_round_waits_for_who_has_left(play: Play, gone: str) -> None:
    room = play(4)
    move(room, "p1", "p2")
    room.event(gone, "p3")
    assert game(room).round == 1
    room.event(gone, "p4")
    assert game(room).round == 2
    move(room)
    assert game(room).round == 3


def test_a_round_does_not_wait_either_for_who_left_while_it_was_paused(play: Play) -> None:
    room = play(4)
    move(room, "p1", "p2", "p3")
    room.event("pause")
    room.event("leave", "p4")
    assert game(room).round == 1  # nothing is settled while it is paused
    room.event("resume")
    assert game(room).round == 2


def test_who_comes_is_not_left_to_wait_for_a_round_that_all_others_have_left(play: Play) -> None:
    room = play(4)
    join(room, "late")
    for who in ("p1", "p2", "p3", "p4"):
        room.event("leave", who)
    move(room, "late")  # at once: in this round, or in the next one, which has begun
    assert game(room).waiting == {"late"}
    assert game(room).held is False


def test_a_pause_stops_the_clock(play: Play) -> None:
    room = play(4)
    move(room, "p1")
    room.now += 15
    room.event("pause")
    tick(room, 600)
    assert game(room).round == 1
    room.event("resume")
    assert room.phone("p2")["ends"] == round(1000 * (room.now + 5))
    tick(room, 5)
    assert game(room).round == 2


def test_the_game_waits_while_nobody_is_here(play: Play) -> None:
    room = play(3)
    move(room, "p1")
    for who in ("p1", "p2", "p3"):
        room.event("leave", who)
    tick(room, SECONDS)
    assert (game(room).round, game(room).wake) == (1, None)
    room.now += 500
    room.event("back", "p2")
    assert game(room).wake == room.now + SECONDS
    move(room, "p2")
    assert game(room).round == 2


def test_which_round_it_is_and_who_is_still_due_can_be_asked(play: Play) -> None:
    room = play(6, virtual=2)
    assert game(room).round_on() == RoundOn(1, ROUNDS, 0, 4)
    move(room, "p1", "p5")  # p5 is virtual
    assert game(room).round_on() == RoundOn(1, ROUNDS, 1, 3)
    assert str(game(room).round_on()) == "1 of 4"
    assert ("round", "1 of 4") in room.activity.room().facts
    room.event("leave", "p2")
    on = game(room).round_on()
    assert on is not None
    assert on.due == 2


def test_going_on_cuts_the_game_short_from_its_first_round_to_its_last_and_not_outside_them(play: Play) -> None:
    room = play(4)
    seen = []
    while (on := game(room).round_on()) is not None:
        seen.append(on.number)
        move(room)
    assert seen == [1, 2, 3, 4]
    assert game(room).wake is None
    room.step("explain")
    assert game(room).round_on() is None
    room.step(game(room).playing)
    assert game(room).round_on() == RoundOn(1, ROUNDS, 0, 4)


def test_a_move_that_comes_after_the_coach_came_back_from_the_debrief_starts_the_clock_again(play: Play) -> None:
    room = play(4)
    room.event("finish")
    room.event("step", to=game(room).playing)
    assert game(room).wake is None
    move(room, "p1")
    assert game(room).wake == room.now + SECONDS


def test_somebody_who_leaves_during_the_debrief_wakes_nothing(play: Play) -> None:
    room = play(3)
    move(room, "p1", "p2")
    room.event("finish")
    room.event("leave", "p3")
    assert game(room).wake is None


@pytest.mark.parametrize("wrong", [True, 0, 2, "1", None, 1.5])
def test_a_move_in_another_round_is_refused_and_changes_nothing(play: Play, wrong: Any) -> None:
    room = play(4)
    before = [text(room.phone(who)) for who in room.session.people]
    say = {**GAMES[game(room).name], "round": wrong}
    assert room.say("p1", say) == "That round is over; here is the next one."
    room.event("say", "p1", **say)  # even if it had come into the log
    assert [text(room.phone(who)) for who in room.session.people] == before
