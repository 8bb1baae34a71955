"""The diversity prediction theorem, and what social influence does to a crowd of estimates."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.crowd import (
    Crowd,
    bracketing,
    diversity_prediction,
    first_estimates,
    run,
    run_many,
    seen,
    self_weights,
)
from choreo.models.parameter import ParameterError

RNG = np.random.default_rng
NETWORKS = ["alone", "everyone", "decentralised", "centralised"]


def estimates(params: Crowd, rng: np.random.Generator, runs: int) -> tuple[np.ndarray, np.ndarray]:
    """What people say at first and at last."""
    found = run_many(params, rng, runs)
    return found["first"], found["last"]


def improvement(runs: int, seed: int, **changes: object) -> tuple[float, float]:
    """By how much the crowd's absolute error falls on average (share of the truth), and the standard error of that."""
    params = Crowd(**changes)  # type: ignore[arg-type]
    first, last = estimates(params, RNG(seed), runs)
    fall = (np.abs(first.mean(axis=1) - params.truth) - np.abs(last.mean(axis=1) - params.truth)) / params.truth
    return float(fall.mean()), float(fall.std(ddof=1)) / math.sqrt(runs)


@settings(max_examples=200)
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=50), st.floats(-1e3, 1e3))
def test_the_crowd_errs_by_the_average_error_less_the_diversity(estimates: list[float], truth: float) -> None:
    crowd, average, diversity = diversity_prediction(np.array(estimates), truth)
    assert crowd == pytest.approx((np.mean(estimates) - truth) ** 2, rel=1e-9, abs=1e-9)
    assert diversity == pytest.approx(np.var(estimates), rel=1e-9, abs=1e-9)
    assert abs(crowd - (average - diversity)) <= 1e-12 * max(1.0, float(average))
    assert crowd <= average * (1 + 1e-12)


def test_the_theorem_holds_for_a_worked_example() -> None:
    assert diversity_prediction(np.array([10, 20, 60]), 24) == pytest.approx((36, 1508 / 3, 1400 / 3))


def test_seeing_the_average_takes_diversity_away_and_leaves_the_crowd_where_it_was() -> None:
    first, last = estimates(Crowd(network="everyone", calibration=0), RNG(1), 300)
    assert last.mean(axis=1) == pytest.approx(first.mean(axis=1))
    assert np.allclose(last.std(axis=1), first.std(axis=1) * 0.5**4)


def test_seeing_the_average_moves_the_truth_to_the_edge() -> None:
    params = Crowd(people=12, network="everyone", calibration=0, bias=0.1)
    first, last = estimates(params, RNG(2), 400)
    assert bracketing(last, 100).mean() < bracketing(first, 100).mean() - 0.2


def test_without_a_hub_the_crowd_improves_if_those_who_are_right_revise_less() -> None:
    gain, error = improvement(600, seed=3)
    assert gain > 3 * error
    strong, _ = improvement(600, seed=3, calibration=1.0)
    assert strong > gain
    nothing, _ = improvement(600, seed=3, calibration=0.0)
    assert nothing == pytest.approx(0, abs=1e-12)


def test_around_a_hub_the_crowd_moves_to_the_hub_and_gets_worse_on_average() -> None:
    params = Crowd(network="centralised", calibration=0)
    first, last = estimates(params, RNG(4), 600)
    drift = last.mean(axis=1) - first.mean(axis=1)
    towards = first[:, 0] - first.mean(axis=1)
    assert np.corrcoef(drift, towards)[0, 1] > 0.9
    gain, error = improvement(600, seed=4, network="centralised", calibration=0)
    assert gain < -3 * error


def test_around_a_hub_the_agreement_is_the_hubs_half() -> None:
    _, last = estimates(Crowd(network="centralised", calibration=0, rounds=100), RNG(5), 20)
    first = first_estimates(Crowd(), RNG(5), 20)
    assert last == pytest.approx(np.repeat((first[:, :1] + first[:, 1:].mean(axis=1, keepdims=True)) / 2, 40, axis=1))


def test_those_nearest_the_truth_stick_to_their_estimate_most() -> None:
    own = self_weights(Crowd(people=4, self_weight=0.5, calibration=1), np.array([[100.0, 90.0, 140.0, 175.0]]))
    assert own == pytest.approx(np.array([[1, 2 / 3, 1 / 3, 0]]))


def test_bracketing_is_one_in_the_middle_and_zero_outside() -> None:
    assert bracketing(np.array([1, 2, 3, 4]), 2.5) == 1
    assert bracketing(np.array([1, 2, 3, 4]), 1.5) == 0.5
    assert bracketing(np.array([1, 2, 3, 4]), 9) == 0
    assert bracketing(np.array([1, 2, 3]), 2) == 1


@settings(max_examples=60)
@given(
    people=st.integers(1, 12),
    network=st.sampled_from(NETWORKS),
    shape=st.sampled_from(["normal", "lognormal"]),
    bias=st.floats(-1, 1),
    spread=st.floats(0, 2),
    self_weight=st.floats(0, 1),
    calibration=st.floats(0, 1),
    rounds=st.integers(0, 8),
    seed=st.integers(0, 999),
)
def test_estimates_stay_between_the_first_ones_and_the_theorem_holds_in_every_round(
    people: int,
    network: str,
    shape: str,
    bias: float,
    spread: float,
    self_weight: float,
    calibration: float,
    rounds: int,
    seed: int,
) -> None:
    params = Crowd(people, network, 100.0, bias, spread, shape, self_weight, calibration, rounds)
    result = run(params, RNG(seed))
    estimate = result.frames["estimate"]
    assert estimate.shape == (rounds + 1, people)
    room = 1e-3 * max(1.0, float(np.abs(estimate[0]).max()))
    assert (estimate >= estimate[0].min() - room).all()
    assert (estimate <= estimate[0].max() + room).all()
    series = result.series
    gap = series["average_error"] - series["diversity"] - series["crowd_error"]
    assert (np.abs(gap) <= 1e-12 * np.maximum(1, series["average_error"])).all()
    weights = seen(params, RNG(seed))
    assert np.all(np.isclose(weights.sum(axis=1), 1) | (weights.sum(axis=1) == 0))


@settings(max_examples=30)
@given(seed=st.integers(0, 999))
def test_relabelling_people_changes_nothing(seed: int) -> None:
    estimates = RNG(seed).normal(100, 20, 15)
    mixed = RNG(seed + 1).permutation(estimates)
    assert diversity_prediction(mixed, 90) == pytest.approx(diversity_prediction(estimates, 90))
    assert bracketing(mixed, 90) == bracketing(estimates, 90)


def test_alone_nobody_moves() -> None:
    result = run(Crowd(network="alone"), RNG(6))
    assert np.array_equal(result.frames["estimate"][0], result.frames["estimate"][-1])
    assert result.summary["gain"] == 0


def test_one_person_keeps_their_estimate() -> None:
    for network in NETWORKS:
        assert run(Crowd(people=1, network=network), RNG(7)).summary["gain"] == 0


def test_the_largest_setting_fits_the_stage() -> None:
    assert run(Crowd(people=1000, rounds=100), RNG(8)).frame_bytes <= 2_000_000


def test_an_empty_crowd_and_wrong_parameters_are_refused() -> None:
    with pytest.raises(ParameterError, match="at least one person"):
        diversity_prediction(np.array([]), 1.0)
    with pytest.raises(ParameterError, match=r"Crowd\.people = 0: must lie from 1 to 1000"):
        Crowd(people=0)


@pytest.mark.parametrize("changes", [{"self_weight": 1}, {"spread": 0}])
def test_the_trace_does_not_say_that_people_agree_more_when_nobody_moves(changes: dict[str, float]) -> None:
    trace = run(Crowd(**changes), RNG(1)).trace  # type: ignore[arg-type]
    assert trace[-2:] == ("People agree as much as before.", "The crowd has become neither better nor worse.")
    assert "People agree more than before." in run(Crowd(), RNG(1)).trace


def test_the_trace_of_small_numbers_has_digits_and_that_of_one_person_no_crowd() -> None:
    small = run(Crowd(truth=0.001), RNG(1))
    assert f"{small.series['mean'][0]:.6f} on average" in small.trace[0]
    alone = run(Crowd(people=1), RNG(1)).trace
    assert len(alone) == 1
    assert alone[0].startswith("One person estimates ")
