"""Open answers: what says the same is one, and the coach groups, shows and leaves out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live.hostile import anything
from tests.live.rooms import opened

from choreo.live.open_answers import OpenAnswers, merged


def shown(wrote: OpenAnswers) -> OpenAnswers:
    for number in wrote.texts:
        wrote.take("release", {"text": number})
    return wrote


def number_of(wrote: OpenAnswers, text: str) -> int:
    return next(number for number, one in wrote.texts.items() if one == text)


def test_case_marks_and_plural_make_no_difference_and_the_most_frequent_is_the_name() -> None:
    wrote = shown(
        OpenAnswers(
            ["Trust", "trust", "trust", "Trust!", "clear goal", "Clear goals", "clear goals", "clear goals", "Time"]
        )
    )
    assert wrote.words() == (("clear goals", 4), ("trust", 4), ("Time", 1))


@pytest.mark.parametrize(
    ("one", "other"), [("silo", "silos"), ("strategy", "strategies"), ("box", "boxes"), ("process", "processes")]
)
def test_one_and_many_are_the_same(one: str, other: str) -> None:
    assert merged(one) == merged(other)


@pytest.mark.parametrize(
    ("one", "other"), [("new", "news"), ("les", "less"), ("focus", "focu"), ("10", "100"), ("!", "?")]
)
def test_what_only_looks_alike_is_not(one: str, other: str) -> None:
    assert merged(one) != merged(other)


def test_a_coach_groups_under_a_name_and_takes_apart() -> None:
    wrote = shown(OpenAnswers(["no time", "too few hours", "too few hours", "trust", "Trust"]))
    time, hours = number_of(wrote, "no time"), number_of(wrote, "too few hours")
    wrote.take("group", {"texts": [time, hours], "name": "  Time "})
    assert wrote.words() == (("Time", 3), ("Trust", 2))
    wrote.take("group", {"texts": [time, number_of(wrote, "trust")], "name": ""})
    assert wrote.words() == (("too few hours", 5),)
    wrote.take("ungroup", {"text": hours})
    assert dict(wrote.words()) == {"too few hours": 2, "no time": 1, "trust": 1, "Trust": 1}


def test_what_is_hidden_in_a_group_is_neither_counted_nor_its_name() -> None:
    wrote = OpenAnswers(["Ann shouts", "Ann shouts", "loud voices"])
    wrote.take("group", {"texts": list(wrote.texts), "name": ""})
    assert wrote.words() == ()
    wrote.take("release", {"text": number_of(wrote, "loud voices")})
    assert wrote.words() == (("loud voices", 1),)


def test_what_the_coach_left_out_is_not_waiting() -> None:
    wrote = OpenAnswers(["a word", "another"])
    wrote.take("withhold", {"text": 0})
    assert [group.left_out for group in wrote.groups()] == [True, False]
    wrote.take("release", {"text": 0})
    assert [group.left_out for group in wrote.groups()] == [False, False]


def test_answers_keep_the_numbers_under_which_older_sessions_released_them() -> None:
    wrote = OpenAnswers(["b", "B", "a", "As", "a"])
    assert list(wrote.texts.values()) == ["a", "As", "B", "b"]
    wrote.take("release", {"text": 2})
    assert wrote.words() == (("B", 1),)


@given(
    st.lists(st.text(max_size=8)),
    st.lists(st.tuples(st.sampled_from(["release", "withhold", "group", "ungroup"]), anything, anything)),
)
def test_whatever_comes_nobody_is_counted_twice_or_lost(answers: list[str], events: list[tuple[str, Any, Any]]) -> None:
    wrote = OpenAnswers(answers)
    for kind, numbers, name in events:
        wrote.take(kind, {"text": numbers, "texts": numbers, "name": name})
        wrote.take(kind, {"text": 0, "texts": [0, 1, numbers], "name": name})
    groups = wrote.groups()
    assert sum(group.count for group in groups) == len(answers)
    assert sorted(number for group in groups for number in group.texts) == sorted(wrote.texts)
    assert {group.number for group in groups} <= set(wrote.texts)


def test_goals_that_say_the_same_are_one_to_choose_from_and_their_votes_add_up() -> None:
    room: Any = opened("push-and-pull", 6)
    room.step("write")
    for number, goal in enumerate(["Full pots", "full pot", "Ten each", "Six", "Six", "Six"], 1):
        room.say(f"p{number}", {"text": goal})
    room.step("choose")
    wrote = room.activity.wrote
    for number in wrote.texts:
        room.event("release", text=number)
    assert sorted(goal for _, goal in room.phone("p1")["options"]) == ["Six", "Ten each", "full pot"]
    for number, goal in enumerate(["Full pots", "full pot", "full pot", "Six", "Six", "Ten each"], 1):
        assert room.say(f"p{number}", {"choose": number_of(wrote, goal)}) == ""
    room.step("goal")
    assert room.activity.goal() == ("full pot", 3)
