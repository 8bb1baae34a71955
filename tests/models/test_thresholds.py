"""Granovetter's thresholds: the two crowds, the exact tipping point, and the scatter of small crowds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.parameter import ParameterError
from choreo.models.thresholds import WHO, Thresholds, cascade, equilibrium, needs, run, run_many, thresholds, tipping

RNG = np.random.default_rng


def test_a_hundred_thresholds_from_0_to_99_bring_everybody_in() -> None:
    assert cascade(range(100))[-1] == 100
    assert run(Thresholds(), RNG(0)).summary["acting"] == 100


def test_replacing_one_person_leaves_one_voice() -> None:
    assert cascade([0, 2, *range(2, 100)])[-1] == 1
    assert run(Thresholds(crowd="one replaced"), RNG(0)).summary["acting"] == 1


@pytest.mark.parametrize("replaced", [0, 1, 40, 98])
def test_whoever_is_replaced_those_below_speak_and_nobody_else(replaced: int) -> None:
    assert run(Thresholds(crowd="one replaced", replaced=replaced), RNG(0)).summary["acting"] == replaced


def test_one_more_first_voice_repairs_the_broken_crowd() -> None:
    counts = run_many(Thresholds(crowd="one replaced", first_voices=2), RNG(1), 50)["acting"]
    assert np.mean(counts == 100) > 0.9


def test_the_tangency_is_exact() -> None:
    deviation, before = tipping(0.25)
    assert deviation == pytest.approx(0.12222, abs=5e-6)
    assert before == pytest.approx(0.0620, abs=5e-5)
    z = (before - 0.25) / deviation
    slope = math.exp(-z * z / 2) / (deviation * math.sqrt(2 * math.pi))
    assert slope == pytest.approx(1, abs=1e-12)


def test_the_crowd_jumps_at_the_critical_spread() -> None:
    deviation, before = tipping(0.25)
    assert equilibrium(0.25, deviation - 1e-9) == pytest.approx(before, abs=1e-3)
    assert equilibrium(0.25, deviation + 1e-9) > 0.99
    assert equilibrium(0.25, 0.10) < 0.01
    assert equilibrium(0.25, 0.4) < equilibrium(0.25, 0.2) < equilibrium(0.25, 0.13)


@pytest.mark.parametrize("deviation", [0.08, 0.12, 0.13, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("mean", [0.0, 0.1, 0.25, 0.5, 0.9])
def test_the_equilibrium_is_where_the_rounds_lead(mean: float, deviation: float) -> None:
    share = 0.0
    for _ in range(3000):
        share = 0.5 * math.erfc((mean - share) / deviation / math.sqrt(2))
    assert equilibrium(mean, deviation) == pytest.approx(share, abs=1e-9)


def test_a_large_sampled_crowd_follows_the_continuous_curve() -> None:
    for deviation in (0.08, 0.2):
        counts = run_many(Thresholds(people=5000, crowd="normal", deviation=deviation), RNG(3), 20)["share"]
        error = counts.std(ddof=1) / math.sqrt(20) + 1 / 5000
        assert abs(counts.mean() - equilibrium(0.25, deviation)) < 4 * error


def test_a_hundred_sampled_people_tip_only_a_fifth_of_the_time() -> None:
    counts = run_many(Thresholds(crowd="normal", deviation=0.1222), RNG(4), 2000)["acting"]
    assert abs(np.mean(counts > 50) - 0.21) < 3 * math.sqrt(0.21 * 0.79 / 2000)


@pytest.mark.parametrize(("who", "published"), [("boldest", 0.02), ("anyone", 0.88), ("most hesitant", 0.92)])
def test_eight_of_the_boldest_change_nothing_and_eight_of_anyone_else_fill_the_hall(who: str, published: float) -> None:
    params = Thresholds(crowd="normal", deviation=0.1, first_voices=8, who=who)
    full = [run(params, RNG(seed)).summary["acting"] >= 90 for seed in range(400)]
    assert abs(np.mean(full) - published) < 3 * math.sqrt(published * (1 - published) / 400) + 0.01


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("first", [0.0, 0.02, 0.08, 0.3, 1.0])
@pytest.mark.parametrize("deviation", [0.05, 0.1, 0.2, 0.4])
def test_the_very_large_crowd_counts_its_first_voices(who: str, first: float, deviation: float) -> None:
    people = 5000
    params = Thresholds(people, "normal", 0.25, deviation, round(first * people), who)
    found = run(params, RNG(7)).summary
    assert found["expected"] == equilibrium(0.25, deviation, first, who)
    assert found["share"] == pytest.approx(found["expected"], abs=0.03)


@given(seed=st.integers(0, 999), spread=st.floats(0.01, 0.5), voices=st.integers(0, 50), who=st.sampled_from(WHO))
def test_one_seed_is_one_crowd(seed: int, spread: float, voices: int, who: str) -> None:
    params = {"people": 60, "crowd": "normal", "who": who}
    plain, _ = needs(Thresholds(deviation=0.1, **params), RNG(seed))  # type: ignore[arg-type]
    stretched, order = needs(Thresholds(deviation=spread, first_voices=voices, **params), RNG(seed))  # type: ignore[arg-type]
    assert np.allclose((stretched - 15) / spread, (plain - 15) / 0.1)
    _, again = needs(Thresholds(deviation=spread, first_voices=voices + 1, **params), RNG(seed))  # type: ignore[arg-type]
    assert np.array_equal(order, again)


@settings(max_examples=100)
@given(st.lists(st.floats(-10, 200), min_size=0, max_size=60), st.randoms())
def test_the_end_is_a_fixed_point_and_does_not_depend_on_the_order(needed: list[float], random: object) -> None:
    counts = cascade(needed)
    assert (np.diff(counts) > 0).all()
    assert counts[-1] == sum(threshold <= counts[-1] for threshold in needed)
    shuffled = list(needed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert np.array_equal(cascade(shuffled), counts)


@settings(max_examples=40)
@given(
    people=st.integers(1, 200),
    crowd=st.sampled_from(["one of each", "one replaced", "normal"]),
    deviation=st.floats(0, 1),
    first_voices=st.integers(0, 300),
    seed=st.integers(0, 999),
)
def test_nobody_goes_back_and_frames_count_the_series(
    people: int, crowd: str, deviation: float, first_voices: int, seed: int
) -> None:
    params = Thresholds(people=people, crowd=crowd, deviation=deviation, first_voices=first_voices)
    result = run(params, RNG(seed))
    acting = result.frames["acting"]
    assert (np.diff(acting.astype(int), axis=0) >= 0).all()
    assert np.array_equal(acting.sum(axis=1), result.series["acting"])
    assert result.summary["acting"] == cascade(thresholds(params, RNG(seed)))[-1]
    assert result.summary["acting"] >= min(people, first_voices)


def test_frames_of_the_largest_crowd_fit_the_stage() -> None:
    result = run(Thresholds(people=5000), RNG(0))
    assert result.frame_bytes <= 2_000_000
    assert (result.series["acting"][0], result.series["acting"][-1]) == (0, 5000)


def test_one_person_acts_alone() -> None:
    assert run(Thresholds(people=1), RNG(0)).summary["acting"] == 1
    assert run(Thresholds(people=1, crowd="one replaced"), RNG(0)).summary["acting"] == 1
    assert list(cascade([])) == [0]


def test_people_who_are_all_alike_act_together_or_not_at_all() -> None:
    assert run(Thresholds(crowd="normal", mean=0.25, deviation=0), RNG(0)).summary["acting"] == 0
    assert run(Thresholds(crowd="normal", mean=0, deviation=0), RNG(0)).summary["acting"] == 100
    assert (equilibrium(0.25, 0), equilibrium(0, 0)) == (0, 1)


def test_wrong_parameters_are_named_with_their_range() -> None:
    with pytest.raises(ParameterError, match=r"Thresholds\.people = 0: must lie from 1 to 5000"):
        Thresholds(people=0)
    with pytest.raises(ParameterError, match=r"mean = 0\.5: must lie between 0 and 0\.5"):
        tipping(0.5)
    with pytest.raises(ParameterError, match="deviation at least 0"):
        equilibrium(0.25, -1)
