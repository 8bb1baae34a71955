"""Pairs and threes that phones make: nobody is left alone, whoever comes and goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.live.groups import Groups

MOVES = st.lists(st.tuples(st.booleans(), st.integers(0, 14)), max_size=60)


def named(count: int) -> list[str]:
    return [f"p{number}" for number in range(count)]


def sizes(groups: Groups) -> list[int]:
    return sorted(map(len, groups.all()))


@pytest.mark.parametrize(
    ("size", "people", "expected"),
    [
        (2, 6, [2, 2, 2]),
        (2, 7, [2, 2, 3]),
        (2, 3, [3]),
        (2, 1, [1]),
        (3, 9, [3, 3, 3]),
        (3, 7, [2, 2, 3]),
        (3, 8, [2, 3, 3]),
        (3, 4, [2, 2]),
        (3, 2, [2]),
        (2, 0, []),
    ],
)
def test_odd_ones_make_a_three_and_nobody_is_alone(size: int, people: int, expected: list[int]) -> None:
    assert sizes(Groups(size, 1, named(people))) == expected


def test_the_same_seed_makes_the_same_groups_and_another_mixes_anew() -> None:
    assert Groups(2, 5, named(12)).all() == Groups(2, 5, reversed(named(12))).all()
    assert Groups(2, 5, named(12)).all() != Groups(2, 6, named(12)).all()


def test_each_group_has_a_sign_of_its_own() -> None:
    groups = Groups(2, 1, named(40))
    signs = {groups.sign(members[0]) for members in groups.all()}
    assert len(signs) == 20
    assert all(groups.sign(one) == groups.sign(other) for one, other in groups.all())
    assert {sign.name for sign in signs if sign} >= {"Blue 1", "Orange 1", "Green 1", "Purple 5"}


def test_who_comes_late_joins_the_smallest_group_and_moves_nobody() -> None:
    groups = Groups(2, 1, named(6))
    before = groups.all()
    groups.join("late")
    assert sizes(groups) == [2, 2, 3]
    assert all(set(one) <= set(other) for one, other in zip(before, groups.all(), strict=True))
    assert groups.sign("late") is not None


def test_who_is_left_alone_joins_another_group() -> None:
    groups = Groups(2, 1, named(6))
    gone, alone = groups.all()[1]
    groups.leave(gone)
    assert sizes(groups) == [2, 3]
    assert groups.count_of(alone) == 3
    assert groups.sign(gone) is None


def test_who_comes_back_finds_their_group_again() -> None:
    groups = Groups(3, 1, named(9))
    who = groups.all()[2][0]
    sign = groups.sign(who)
    groups.leave(who)
    groups.join(who)
    assert groups.sign(who) == sign


def test_one_person_waits_for_the_next() -> None:
    groups = Groups(2, 1, ["p1"])
    assert groups.sign("p1") is None
    groups.join("p2")
    assert groups.sign("p1") == groups.sign("p2") is not None


def test_only_phones_that_show_something_old_are_told() -> None:
    groups = Groups(2, 1, named(6))
    assert groups.touched() == set(named(6))
    groups.join("late")
    assert groups.touched() == {"late", *(one for members in groups.all() if "late" in members for one in members)}
    assert groups.touched() == set()


@given(st.sampled_from([2, 3]), st.integers(0, 9), st.integers(0, 99), MOVES)
def test_whatever_happens_nobody_is_alone_and_no_group_is_large(
    size: int, people: int, seed: int, moves: list[tuple[bool, int]]
) -> None:
    here = set(named(people))
    groups = Groups(size, seed, here)
    for comes, number in moves:
        who = f"p{number}"
        if comes:
            groups.join(who)
            here.add(who)
        else:
            groups.leave(who)
            here.discard(who)
        assert sorted(one for members in groups.all() for one in members) == sorted(here)
        assert all(2 <= len(members) <= size + 1 for members in groups.all()) or len(here) < 2
        assert all((groups.sign(one) is not None) is (len(here) > 1) for one in here)
