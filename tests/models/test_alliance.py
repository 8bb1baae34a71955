"""A learner's own map: small maps whose answers are known, and that all missing ties are tried."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.models.alliance import (
    FEW_MINDS,
    MOST,
    Help,
    Tie,
    Value,
    all_round,
    attention,
    carried,
    cut_off,
    drawn,
    first_voices,
    followed,
    helps,
    holds_with_other_needs,
    minds,
    moves,
    nearness,
    pairs,
    shares,
    steps,
    weights,
    worst_day,
)
from choreo.models.influence import effective_minds, social_influence
from choreo.models.small_world import Network, missed, path_length
from choreo.models.thresholds import cascade

PATH = [(0, 1), (1, 2), (2, 3), (3, 4)]
STAR = [(0, 1), (0, 2), (0, 3), (0, 4)]
BRIDGE = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)]  # two triangles, and a tie between them


@st.composite
def maps(draw: st.DrawFn, most: int = 7) -> tuple[int, list[Tie], list[int]]:
    people = draw(st.integers(4, most))
    ties = draw(st.lists(st.sampled_from(pairs(people)), unique=True))
    return people, ties, draw(st.lists(st.integers(0, 4), min_size=people, max_size=people))


def lenses(needs: list[int]) -> dict[str, Value]:
    return {"news": nearness, "broker": worst_day, "voices": minds, "silence": carried(needs)}


def by_hand(people: int, ties: list[Tie], value: Value) -> tuple[float, set[Tie]]:
    """The best value and its ties, one map after another, as somebody would who has time."""
    now = float(value(drawn(people, ties))[0])
    worth = {tie: float(value(drawn(people, [*ties, tie]))[0]) for tie in pairs(people) if tie not in ties}
    best = max([now, *worth.values()])
    return best, {tie for tie, one in worth.items() if one > best - 1e-9 and one > now + 1e-9}


# News


def test_on_a_path_news_takes_a_step_for_each_tie() -> None:
    assert steps(drawn(5, PATH))[0].tolist() == [0, 1, 2, 3, 4]
    assert nearness(drawn(5, PATH))[0] == pytest.approx((4 * 1 + 3 / 2 + 2 / 3 + 1 / 4) / 10)


def test_who_cannot_be_reached_is_no_step_away_and_counts_nothing() -> None:
    two = drawn(4, [(0, 1), (2, 3)])
    assert steps(two)[0].tolist() == [0, 1, -1, -1]
    assert nearness(two)[0] == pytest.approx(2 / 6)
    assert nearness(drawn(4, pairs(4)))[0] == 1


def test_closing_a_path_to_a_ring_brings_people_nearest() -> None:
    found = helps(drawn(4, PATH[:3]), nearness)
    assert found.tried == 3
    assert found.ties == ((0, 2), (0, 3), (1, 3))  # each makes a single step of two steps or more: all equal
    assert helps(drawn(5, PATH), nearness).ties == ((0, 4),)


# The broker


def test_the_middle_of_a_star_cuts_off_all_others() -> None:
    assert cut_off(drawn(5, STAR))[0].tolist() == [6, 0, 0, 0, 0]
    assert worst_day(drawn(5, STAR))[0] == 0


def test_of_two_triangles_both_ends_of_the_bridge_are_missed_and_any_second_bridge_elsewhere_helps() -> None:
    assert cut_off(drawn(6, BRIDGE))[0].tolist() == [0, 0, 6, 6, 0, 0]
    found = helps(drawn(6, BRIDGE), worst_day)
    assert (found.now, found.best) == (4, 10)
    assert found.ties == ((0, 4), (0, 5), (1, 4), (1, 5))


@given(maps())
def test_who_is_missed_is_what_the_small_world_model_says(one: tuple[int, list[Tie], list[int]]) -> None:
    people, ties, _needs = one
    network = Network(people, np.array(ties, dtype=np.intp).reshape(-1, 2))
    assert cut_off(drawn(people, ties))[0].tolist() == missed(network).tolist()
    far = steps(drawn(people, ties))
    if (far > 0).any():
        assert far[far > 0].mean() == pytest.approx(path_length(network))


# Voices


def test_in_a_star_the_middle_counts_for_as_much_as_it_has_contacts_and_itself() -> None:
    star = drawn(5, STAR)
    assert shares(star)[0] == pytest.approx([5 / 13] + [2 / 13] * 4)
    assert minds(star)[0] == pytest.approx(1 / ((5 / 13) ** 2 + 4 * (2 / 13) ** 2))
    assert minds(drawn(5, pairs(5)))[0] == pytest.approx(5)


@given(maps())
def test_shares_are_what_degroots_theorem_says(one: tuple[int, list[Tie], list[int]]) -> None:
    people, ties, _needs = one
    contacts = drawn(people, ties)
    assert weights(contacts).sum() == pytest.approx(1)
    if (steps(contacts) >= 0).all():
        influence = social_influence(attention(contacts))
        assert shares(contacts)[0] == pytest.approx(influence)
        assert minds(contacts)[0] == pytest.approx(effective_minds(influence))


# Silence


def test_one_voice_runs_down_a_path_of_people_who_need_one() -> None:
    assert [int(one[0, 0]) for one in moves(drawn(4, PATH[:3]), [1, 1, 1, 1], np.array([[1]], dtype=np.uint16))] == [
        0b1, 0b11, 0b111, 0b1111,
    ]  # fmt: skip
    assert followed(drawn(4, PATH[:3]), [1, 1, 1, 1])[0].tolist() == [4, 4, 4, 4]


def test_nothing_crosses_a_bridge_to_people_who_need_two() -> None:
    needs = [1, 1, 1, 2, 2, 2]
    assert followed(drawn(6, BRIDGE), needs)[0].tolist() == [3, 3, 3, 4, 1, 1]
    assert {len(one) for one in first_voices(drawn(6, BRIDGE), needs)} == {2}


def test_the_fewest_first_voices_are_found_among_all_sets() -> None:
    assert first_voices(drawn(5, STAR), [1, 1, 1, 1, 1]) == [(0,), (1,), (2,), (3,), (4,)]
    assert first_voices(drawn(5, STAR), [4, 1, 1, 1, 1]) == [(0,)]
    assert first_voices(drawn(4, []), [1, 1, 1, 1]) == [(0, 1, 2, 3)]
    assert first_voices(drawn(4, []), [0, 0, 0, 0]) == [()]


@given(st.lists(st.integers(0, 4), min_size=4, max_size=8), st.integers(0, 3))
def test_where_all_talk_to_all_it_is_granovetters_cascade(needs: list[int], first: int) -> None:
    known = [0 if person == first else need for person, need in enumerate(needs)]
    found = followed(drawn(len(needs), pairs(len(needs))), needs)[0][first]
    assert found == cascade(known)[-1]


# All ties are tried


@given(maps(most=6))
def test_the_best_ties_are_those_that_trying_one_after_another_finds(one: tuple[int, list[Tie], list[int]]) -> None:
    people, ties, needs = one
    for name, value in lenses(needs).items():
        found = helps(drawn(people, ties), value)
        best, equals = by_hand(people, ties, value)
        assert found.tried == len(pairs(people)) - len(ties)
        assert found.best == pytest.approx(best), name
        assert set(found.ties) == equals, name


@given(maps(most=5))
def test_it_is_counted_on_every_map_that_differs_by_one_tie(one: tuple[int, list[Tie], list[int]]) -> None:
    people, ties, needs = one
    for name, value in lenses(needs).items():
        found = helps(drawn(people, ties), value)
        assert found.of == len(pairs(people)) - 1
        others = [[tie for tie in ties if tie != pair] if pair in ties else [*ties, pair] for pair in pairs(people)]
        for tie, holds in zip(found.ties, found.holds, strict=True):
            still = [tie in by_hand(people, other, value)[1] for other in others if tie not in other]
            assert holds == sum(still), name


@given(maps(most=6))
def test_a_tie_that_helps_all_round_makes_most_better_and_nothing_worse(one: tuple[int, list[Tie], list[int]]) -> None:
    people, ties, needs = one

    def count(tie: Tie) -> int:
        """How many of the four it makes better; 0 where it makes one worse."""
        better = 0
        for name, value in lenses(needs).items():
            gain = float(value(drawn(people, [*ties, tie]))[0] - value(drawn(people, ties))[0])
            if gain < (-FEW_MINDS if name == "voices" else -1e-9):
                return 0
            better += gain > 1e-9
        return better

    counts = {tie: count(tie) for tie in pairs(people) if tie not in ties}
    most = max(counts.values(), default=0)
    found = all_round(drawn(people, ties), needs)
    assert found.best == most
    assert set(found.ties) == {tie for tie, many in counts.items() if many == most > 0}


@given(maps(most=6), st.randoms(use_true_random=False))
def test_names_and_numbers_of_people_make_no_difference(one: tuple[int, list[Tie], list[int]], dice: object) -> None:
    people, ties, needs = one
    new = list(range(people))
    dice.shuffle(new)  # type: ignore[attr-defined]

    def renamed(tie: Tie) -> Tie:
        return (min(new[tie[0]], new[tie[1]]), max(new[tie[0]], new[tie[1]]))

    other = [needs[new.index(person)] for person in range(people)]
    for name in lenses(needs):
        mine = helps(drawn(people, ties), lenses(needs)[name])
        theirs = helps(drawn(people, [renamed(tie) for tie in ties]), lenses(other)[name])
        assert theirs.best == pytest.approx(mine.best)
        assert dict(zip(theirs.ties, theirs.holds, strict=True)) == {
            renamed(tie): holds for tie, holds in zip(mine.ties, mine.holds, strict=True)
        }


@given(maps())
def test_one_more_tie_never_takes_people_further_apart_or_carries_less(one: tuple[int, list[Tie], list[int]]) -> None:
    people, ties, needs = one
    before = drawn(people, ties)
    for tie in pairs(people):
        after = drawn(people, [*ties, tie])
        for value in (nearness, worst_day, carried(needs)):
            assert value(after)[0] >= value(before)[0] - 1e-9


def test_where_nothing_is_missing_or_nothing_helps_no_tie_is_named() -> None:
    assert helps(drawn(4, pairs(4)), nearness) == Help(1, 1, (), (), 5, 0)
    assert helps(drawn(4, [(0, 1)]), carried([4, 4, 4, 4])).ties == ()


def test_what_people_need_is_moved_by_one_for_each_of_them() -> None:
    path, needs = drawn(4, PATH[:3]), [0, 1, 4, 2]
    found = helps(path, carried(needs))
    holds, of = holds_with_other_needs(path, needs, found.ties)
    assert of == 1 + 2 + 1 + 2  # not below nobody, and not above four
    assert all(0 <= one <= of for one in holds)
    for tie, one in zip(found.ties, holds, strict=True):
        others = [
            [need + by if at == person else need for at, need in enumerate(needs)]
            for person in range(4)
            for by in (-1, 1)
            if 0 <= needs[person] + by <= 4
        ]
        assert one == sum(tie in by_hand(4, PATH[:3], carried(other))[1] for other in others)


def test_the_largest_map_is_read_without_keeping_anybody_waiting() -> None:
    """Not a timing but what it rests on: all maps that differ by two ties at most are looked at once, side by side."""
    looked: list[int] = []

    def value(many: np.ndarray) -> np.ndarray:
        looked.append(len(many))
        return nearness(many)

    helps(drawn(MOST, PATH), value)
    ties = len(list(combinations(range(MOST), 2)))
    assert looked == [1 + ties + ties * (ties - 1) // 2]
