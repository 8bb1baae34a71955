"""Ten dots: sealed, all of them given, counted for people only."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.live.hostile import anything
from tests.live.rooms import Room, opened, play

from choreo.live.activities.ten_dots.activity import TenDots, TenDotsSettings
from choreo.live.activities.ten_dots.given import DOTS, Given

ASKED = {"question": "What first?", "proposals": ["A map", "A feast", "A rest"]}


def asked(rows: list[list[int]], virtual: int = 0) -> Room:
    room = opened("ten-dots", len(rows) + virtual, ASKED, virtual=virtual)
    for number, dots in enumerate(rows, 1):
        assert room.say(f"p{number}", {"dots": dots}) == ""
    return room


def test_bars_tell_the_dots_and_how_many_people_gave_them() -> None:
    room = asked([[10, 0, 0], [0, 5, 5], [0, 6, 4], [0, 6, 4], [1, 5, 4]])
    assert not room.activity.room().figures
    room.step("show")
    scene = room.activity.room()
    assert scene.facts == (("people", "5"), ("dots", "50"))
    assert scene.figures[0].data[0]["y"] == ["A feast (4 people)", "A rest (4 people)", "A map (2 people)"]
    assert scene.figures[0].data[0]["x"] == [22, 17, 11]
    assert scene.lines == ("Most dots went to “A feast”: 22 of 50, from 4 of 5 people.",)
    assert "A map (2 people): 11" in scene.figures[0].says


def test_moved_dots_count_once() -> None:
    room = asked([[10, 0, 0]] * 5)
    room.say("p1", {"dots": [0, 10, 0]})
    room.step("show")
    assert sorted(room.activity.room().figures[0].data[0]["x"]) == [0, 10, 40]


def test_dots_of_four_people_are_not_shown_and_destroyed() -> None:
    room = asked([[10, 0, 0]] * 4)
    assert room.activity.room().facts == (("answers", "4 of 5"),)
    room.step("show")
    assert "Fewer than 5" in room.activity.room().lines[0]
    assert not room.activity.debrief().figures
    assert room.activity.what_ifs() == ()
    assert room.phone("p1")["too_few"]


def test_virtual_participants_give_no_dots() -> None:
    room = asked([[10, 0, 0]] * 5, virtual=3)
    for number in (6, 7, 8):
        room.say(f"p{number}", {"dots": [0, 0, 10]})
    assert room.activity.room().facts == (("answers", "5"),)
    room.step("show")
    assert sorted(room.activity.room().figures[0].data[0]["x"]) == [0, 0, 50]


@given(anything | st.lists(st.integers(-2, 11) | anything, max_size=4))
def test_all_ten_dots_are_given_and_nothing_else_is_taken(dots: Any) -> None:
    activity = TenDots(TenDotsSettings.model_validate(ASKED), 1, {}, 0.0)
    good = (
        isinstance(dots, list)
        and len(dots) == 3
        and all(type(one) is int and one >= 0 for one in dots)
        and sum(dots) == DOTS
    )
    assert (activity.refusal("", {"dots": dots}) == "") is good
    assert activity.refusal("", {"dots": dots, "more": 1})


def test_one_vote_can_turn_the_order_round() -> None:
    room = asked([[6, 4, 0], [6, 4, 0], [6, 4, 0], [0, 10, 0], [0, 10, 0]])
    room.step("show")
    (scene,) = room.activity.what_ifs()
    assert "Another proposal comes first" in scene.lines[0]
    dots, votes = scene.figures[0].data
    assert (dots["x"], votes["x"]) == ([64.0, 36.0, 0.0], [40.0, 60.0, 0.0])


@given(st.lists(st.permutations([5, 3, 2]) | st.just([4, 4, 2]), min_size=1))
def test_however_it_is_counted_nothing_is_lost(rows: list[list[int]]) -> None:
    found = Given(("a", "b", "c"), tuple(map(tuple, rows)))
    assert sum(found.dots) == DOTS * len(rows)
    assert sum(found.votes) == pytest.approx(len(rows))


@pytest.mark.parametrize("proposals", [["one"], ["one", " ONE "], [str(number) for number in range(9)], ["a", " "]])
def test_two_to_eight_different_proposals_are_needed(proposals: list[str]) -> None:
    with pytest.raises(ValidationError):
        TenDotsSettings(proposals=proposals)  # type: ignore[arg-type]


def test_going_back_to_the_question_by_mistake_loses_nothing() -> None:
    room = asked([[4, 3, 3]] * 5)
    room.step("show")
    before = room.activity.room()
    room.step("ask")
    room.event("tally", ballots=[])
    room.step("show")
    assert room.activity.room() == before


def test_bots_divide_their_dots_in_a_rehearsal() -> None:
    room = play("ten-dots", 30, virtual=30, late=0, leaving=0)
    assert not room.refused
    assert room.scenes["show"].facts == (("people", "30"), ("dots", "300"))
