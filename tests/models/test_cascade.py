"""Informational cascades: the published chances, the simulation beside them, and independent votes."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.cascade import Cascade, chances, in_turn, independent_votes, play, run
from choreo.models.parameter import ParameterError

RNG = np.random.default_rng


def enumerated(p: float, people: int) -> tuple[float, float, float]:
    """Chances of a right, wrong and no cascade, by following every sequence of signals and coins pair by pair."""
    right = wrong = 0.0
    none = 1.0
    for _ in range(people // 2):
        both, neither = 0.0, 0.0
        for first, second, coin in product((True, False), repeat=3):
            chance = (p if first else 1 - p) * (p if second else 1 - p) / 2
            choice = second if first == second else coin
            both += chance * (first and choice)
            neither += chance * (not first and not choice)
        right, wrong, none = right + none * both, wrong + none * neither, none * (1 - both - neither)
    return right, wrong, none


def test_the_published_chances_are_exact() -> None:
    right, wrong, none = chances(0.6, 10)
    assert right == pytest.approx(0.6311, abs=5e-5)
    assert wrong == pytest.approx(0.3681, abs=5e-5)
    assert none == pytest.approx(0.24**5)
    assert chances(0.7, 10)[0] == pytest.approx(0.7529, abs=5e-5)


@pytest.mark.parametrize("p", [0.51, 0.6, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("people", [0, 1, 2, 7, 10])
def test_the_formula_is_the_sum_over_all_sequences(p: float, people: int) -> None:
    assert chances(p, people) == pytest.approx(enumerated(p, people), abs=1e-12)


@pytest.mark.parametrize("p", [0.51, 0.6, 0.7, 0.95])
def test_people_who_weigh_the_evidence_reproduce_the_formula(p: float) -> None:
    runs = 20_000
    _, choice, following = play(Cascade(precision=p, people=10), RNG(1), runs)
    right, wrong, none = chances(p, 10)
    shares = (following[-1] & choice[-1], following[-1] & ~choice[-1], ~following[-1])
    for share, exact in zip(shares, (right, wrong, none), strict=True):
        assert abs(share.mean() - exact) < 3.5 * math.sqrt(exact * (1 - exact) / runs) + 1e-9
    for person in range(10):
        exact = in_turn(p, person + 1)
        assert abs(choice[person].mean() - exact) < 4 * math.sqrt(exact * (1 - exact) / runs)


def test_hearing_each_other_in_turn_errs_more_than_independent_votes() -> None:
    assert 1 - in_turn(0.6, 200) == pytest.approx(0.3684, abs=5e-5)
    assert 1 - independent_votes(0.6, 11) == pytest.approx(0.2465, abs=5e-5)


def test_more_people_help_votes_but_not_the_line() -> None:
    assert 1 - in_turn(0.6, 11) > 0.36
    assert 1 - in_turn(0.6, 201) > 0.36
    assert 1 - independent_votes(0.6, 201) < 0.01


def test_everybody_follows_a_first_person_who_is_known_to_see_better() -> None:
    _, choice, following = play(Cascade(advantage=0.1, people=5), RNG(2), 5000)
    assert following[1:].all()
    assert (choice == choice[0]).all()
    assert abs(choice[0].mean() - 0.7) < 3 * math.sqrt(0.7 * 0.3 / 5000)
    assert chances(0.6, 5, 0.1) == pytest.approx((0.7, 0.3, 0))


def test_a_cascade_never_ends_and_ignores_signals() -> None:
    _, choice, following = play(Cascade(people=40), RNG(3), 500)
    assert (following[:-1] <= following[1:]).all()
    assert ((choice[1:] == choice[:-1]) | ~following[1:-1]).all()


@settings(max_examples=60)
@given(p=st.floats(0.51, 0.99), people=st.integers(0, 60), advantage=st.floats(0, 0.4))
def test_chances_are_chances(p: float, people: int, advantage: float) -> None:
    assert sum(chances(p, people, advantage)) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances(p, people, advantage))
    assert p - 1e-9 <= in_turn(p, people + 1, advantage) <= 1
    assert independent_votes(p, people) + independent_votes(1 - p, people) == pytest.approx(1)


@settings(max_examples=30)
@given(p=st.floats(0.51, 0.99), people=st.integers(1, 30), advantage=st.floats(0, 0.4), groups=st.integers(1, 50))
def test_frames_and_series_tell_the_same(p: float, people: int, advantage: float, groups: int) -> None:
    result = run(Cascade(p, people, advantage, groups), RNG(4))
    bits = result.frames["choice"]
    assert bits.shape == (people, groups)
    assert np.allclose(np.mean(bits & 1 > 0, axis=1), result.series["right"])
    assert np.allclose(np.mean(bits & 4 > 0, axis=1), result.series["following"])
    assert result.summary["cascade_right"] + result.summary["cascade_wrong"] <= 1 + 1e-12


def test_one_person_chooses_by_their_own_signal() -> None:
    signal, choice, following = play(Cascade(people=1), RNG(5), 100)
    assert (signal == choice).all()
    assert not following.any()
    assert "nobody just follows" in run(Cascade(people=1), RNG(5)).trace[0]


def test_the_largest_setting_fits_the_stage_and_the_seed_decides_it() -> None:
    params = Cascade(people=200, groups=5000)
    one, again = run(params, RNG(6)), run(params, RNG(6))
    assert one.frame_bytes <= 2_000_000
    assert np.array_equal(one.frames["choice"], again.frames["choice"])


def test_signals_that_say_nothing_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"Cascade\.precision = 0\.5: must lie from 0\.51 to 0\.99"):
        Cascade(precision=0.5)


@pytest.mark.parametrize(("people", "exact"), [(1, 0.9), (11, 0.942)])
def test_a_better_first_signal_counts_in_the_majority_too(people: int, exact: float) -> None:
    found = run(Cascade(precision=0.7, people=people, advantage=0.2, groups=5000), RNG(9)).summary
    assert found["exact_majority"] == pytest.approx(exact, abs=0.0005)
    assert found["majority"] == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 5000))
