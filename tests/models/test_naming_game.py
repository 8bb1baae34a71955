"""The naming game with a committed minority: the exact critical share, the mean field, and people who talk."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.naming_game import (
    BOTH,
    A,
    B,
    NamingGame,
    committed_share,
    critical_share,
    mean_field,
    run,
    run_many,
    stationary,
)
from choreo.models.parameter import ParameterError

RNG = np.random.default_rng


def test_the_critical_share_is_the_published_one() -> None:
    critical, share_of_b = critical_share()
    assert critical == pytest.approx(0.09789, abs=5e-6)
    y = math.sqrt(share_of_b)
    assert 2 * y**3 + 3 * y**2 == pytest.approx(3)
    nearby = [committed_share(share_of_b + off) for off in (-0.01, 0.01)]
    assert max(nearby) < critical


def test_the_mean_field_turns_just_above_the_critical_share_and_not_just_below() -> None:
    critical, _ = critical_share()
    assert mean_field(critical + 0.001, 0, 2000)[-1, 1] < 1e-6
    assert mean_field(critical - 0.001, 0, 2000)[-1, 1] > 0.6


@pytest.mark.parametrize("committed", [0.0, 0.02, 0.05, 0.08, 0.095])
def test_below_it_the_mean_field_ends_where_the_formula_says(committed: float) -> None:
    assert mean_field(committed, 0, 1000)[-1] == pytest.approx(stationary(committed), abs=1e-6)
    a, b, both = stationary(committed)
    assert a + b + both + committed == pytest.approx(1)


def test_eight_percent_never_turn_five_hundred_people() -> None:
    assert np.isnan(run_many(NamingGame(committed=0.08), RNG(1), 8)["turned"]).all()


def test_twelve_percent_turn_everybody_and_fifteen_percent_sooner() -> None:
    twelve = run_many(NamingGame(committed=0.12), RNG(2), 40)["turned"]
    fifteen = run_many(NamingGame(committed=0.15), RNG(3), 40)["turned"]
    assert 31 <= np.median(twelve) <= 49
    assert 22 <= np.median(fifteen) <= 28
    assert np.mean((twelve >= 31) & (twelve <= 49)) > 0.6
    assert np.mean((fifteen >= 22) & (fifteen <= 28)) > 0.6


def test_below_the_critical_share_larger_crowds_hold_out_far_longer() -> None:
    small = run_many(NamingGame(people=30, committed=0.0667, rounds=1000), RNG(4), 30)["turned"]
    large = run_many(NamingGame(people=300, committed=0.0667, rounds=1000), RNG(5), 5)["turned"]
    assert np.mean(~np.isnan(small)) > 0.5
    assert np.isnan(large).all()


def test_a_large_crowd_follows_the_mean_field() -> None:
    params = NamingGame(people=2000, committed=0.15, rounds=12)
    ends = np.array([run(params, RNG(seed)).summary["b"] for seed in range(12)])
    exact = mean_field(0.15, 0, 12)[-1, 1]
    assert abs(ends.mean() - exact) < 3.5 * ends.std(ddof=1) / math.sqrt(12) + 1 / 2000


def test_without_committed_people_both_words_have_the_same_chance() -> None:
    turned = run_many(NamingGame(people=40, committed=0, supporters=0.5), RNG(6), 400)["turned"]
    assert abs(np.mean(~np.isnan(turned)) - 0.5) < 3 * 0.5 / math.sqrt(400)


@settings(max_examples=50)
@given(
    people=st.integers(1, 60),
    committed=st.floats(0, 1),
    supporters=st.floats(0, 1),
    rounds=st.integers(0, 40),
    seed=st.integers(0, 999),
)
def test_everybody_always_knows_a_word_and_the_committed_never_change(
    people: int, committed: float, supporters: float, rounds: int, seed: int
) -> None:
    result = run(NamingGame(people, committed, supporters, rounds), RNG(seed))
    words = result.frames["words"]
    assert set(np.unique(words)) <= {A, B, BOTH}
    assert (words[:, : round(committed * people)] == A).all()
    series = result.series
    assert np.allclose(series["a"] + series["b"] + series["both"], 1)
    assert len(words) == len(result.clock.times) <= rounds + 1


def test_two_people_one_of_them_committed_agree_soon() -> None:
    assert run_many(NamingGame(people=2, committed=0.5), RNG(7), 20)["turned"].max() < 100


def test_nothing_happens_where_all_agree_already_or_no_round_is_played() -> None:
    assert run(NamingGame(committed=1), RNG(8)).summary["turned"] == 0
    assert math.isnan(run(NamingGame(committed=0), RNG(8)).summary["turned"])
    assert len(run(NamingGame(rounds=0), RNG(8)).frames["words"]) == 1


def test_frames_of_the_longest_run_fit_the_stage_and_the_seed_decides_it() -> None:
    params = NamingGame(people=2000, committed=0.05, rounds=1000)
    assert run(params, RNG(9)).frame_bytes <= 2_000_000
    one, again = run(NamingGame(), RNG(10)), run(NamingGame(), RNG(10))
    assert np.array_equal(one.frames["words"], again.frames["words"])
    assert one.trace == again.trace


def test_wrong_parameters_are_named_with_their_range() -> None:
    with pytest.raises(ParameterError, match=r"NamingGame\.people = 0: must lie from 1 to 2000"):
        NamingGame(people=0)
    with pytest.raises(ParameterError, match=r"committed = 1\.5: must lie from 0 to 1"):
        stationary(1.5)
