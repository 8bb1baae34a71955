"""Trust over time: the published scores, exactly and by simulation, and the traps around them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.parameter import ParameterError
from choreo.models.trust import (
    NAMES,
    PAYOFFS,
    STRATEGIES,
    THEIR_VIEW,
    Strategy,
    Trust,
    best_forgiveness,
    ecology,
    expected_table,
    long_run,
    long_run_score,
    match,
    outcome_chances,
    play,
    run,
    stable_again,
    tit_for_tat,
    tournament,
)

TFT, GTFT, WSLS, GRIM, ALLC, ALLD = (STRATEGIES[name] for name in ("TFT", "GTFT", "WSLS", "GRIM", "ALLC", "ALLD"))
ALTERNATOR = Strategy("alternator", (0.0, 0.0, 1.0, 1.0), opening=0.0)
ANY_STRATEGY = st.builds(Strategy, st.just("any"), st.tuples(*[st.floats(0, 1)] * 4), st.floats(0, 1))


@pytest.mark.parametrize(("strategy", "published"), [(TFT, 2.25), (WSLS, 2.9511), (GTFT, 2.9703)])
def test_long_run_scores_among_equals_with_one_percent_noise(strategy: Strategy, published: float) -> None:
    assert long_run_score(strategy, strategy, noise=0.01) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize("noise", [1e-6, 0.001, 0.05, 0.3])
def test_any_noise_sinks_strict_tit_for_tat_to_the_mean_of_the_four_payoffs(noise: float) -> None:
    assert long_run_score(TFT, TFT, noise=noise) == pytest.approx(2.25, abs=1e-6)
    assert long_run_score(TFT, TFT) == 3


@pytest.mark.parametrize("name", ["TFT", "GTFT", "WSLS"])
def test_simulated_scores_agree_with_the_exact_ones(name: str) -> None:
    params = Trust(strategy=name, other=name, rounds=2000, pairs=400)
    runs = [run(params, np.random.default_rng(seed)).summary for seed in range(3)]
    means = [summary["score"] for summary in runs]
    # pairs are independent: the spread of the means over seeds bounds the Monte-Carlo error
    assert np.mean(means) == pytest.approx(runs[0]["expected_score"], abs=0.01)
    assert np.std(means) < 0.01


def test_two_hundred_rounds_of_tit_for_tat_against_itself_and_against_a_defector() -> None:
    rng = np.random.default_rng(0)
    assert match(TFT, TFT, 200, rng) == (600, 600)
    assert match(TFT, ALLD, 200, rng) == (199, 204)
    assert match(ALLD, TFT, 200, rng) == (204, 199)


def test_tit_for_tat_is_collectively_stable_exactly_from_two_thirds_on() -> None:
    assert stable_again() == pytest.approx(2 / 3)
    for again, stable in ((0.66, False), (2 / 3 + 1e-9, True), (0.9, True), (0.3, False)):
        at_home = long_run_score(TFT, TFT, again=again)
        invaders = [long_run_score(invader, TFT, again=again) for invader in (ALLD, ALTERNATOR)]
        assert (max(invaders) <= at_home) == stable


@given(ANY_STRATEGY, st.floats(2 / 3, 1))
def test_no_one_round_strategy_does_better_against_tit_for_tat_than_itself_above_two_thirds(
    invader: Strategy, again: float
) -> None:
    assert long_run_score(invader, TFT, again=again) <= long_run_score(TFT, TFT, again=again) + 1e-9


def test_the_long_run_with_a_chance_to_part_is_the_discounted_payoff() -> None:
    for again in (0.3, 0.9):
        weights = (1 - again) * again ** np.arange(2000)
        discounted = weights @ outcome_chances(GRIM, ALTERNATOR, 2000, noise=0.02)
        np.testing.assert_allclose(long_run(GRIM, ALTERNATOR, 0.02, again), discounted, atol=1e-9)


def test_win_stay_lose_shift_is_only_neutral_against_always_defect_at_five_three_one_zero() -> None:
    assert long_run_score(ALLD, WSLS) == pytest.approx(long_run_score(WSLS, WSLS))
    assert long_run_score(ALLD, WSLS, 0.01) > long_run_score(WSLS, WSLS, 0.01)
    milder = (3.0, 0.0, 4.5, 1.0)
    assert long_run_score(ALLD, WSLS, payoffs=milder) < long_run_score(WSLS, WSLS, payoffs=milder)


def test_the_most_forgiveness_that_defectors_cannot_live_on_is_a_third() -> None:
    assert best_forgiveness() == pytest.approx(1 / 3)
    for forgiveness, holds in ((0.33, True), (0.34, False)):
        generous = tit_for_tat(forgiveness)
        alternator_gains = long_run_score(ALTERNATOR, generous) > 3
        assert alternator_gains == (not holds)


def test_forgiving_helps_with_noise_until_it_feeds_defectors() -> None:
    scores = [long_run_score(tit_for_tat(f), tit_for_tat(f), 0.01) for f in (0, 0.1, 1 / 3, 1)]
    assert scores == sorted(scores)
    defectors = [long_run_score(ALLD, tit_for_tat(f), 0.01) for f in (0, 0.1, 1 / 3, 1)]
    assert defectors[2] < 3 < defectors[3]


def test_known_long_runs_without_noise() -> None:
    assert long_run_score(GRIM, ALLC) == 3
    assert long_run_score(WSLS, ALLD) == pytest.approx(0.5)
    assert long_run(TFT, STRATEGIES["STFT"]) == pytest.approx([0, 0.5, 0.5, 0])
    assert long_run(GRIM, GRIM, noise=0) == pytest.approx([1, 0, 0, 0])


def test_tournament_agrees_with_its_exact_expectation() -> None:
    entrants = list(STRATEGIES.values())
    table = tournament(entrants, np.random.default_rng(1), noise=0.01, repetitions=200)
    expected = expected_table(entrants, noise=0.01)
    np.testing.assert_allclose(table, expected, atol=0.1)
    assert np.abs(table - expected).mean() < 0.01


def test_a_deterministic_tournament_is_exact() -> None:
    entrants = [TFT, WSLS, GRIM, ALLC, ALLD]
    table = tournament(entrants, np.random.default_rng(0), repetitions=1)
    np.testing.assert_allclose(table, expected_table(entrants))
    assert table[0, 4] * 200 == pytest.approx(199)


def test_who_wins_depends_on_the_field() -> None:
    nice_field, harsh_field = [ALLC, ALLC, ALLC, ALLD, TFT], [ALLD, TFT, TFT, TFT, TFT]
    for field, winner in ((nice_field, "ALLD"), (harsh_field, "TFT")):
        score = expected_table(field).mean(axis=1)
        assert field[int(np.argmax(score))].name == winner


def test_in_the_ecology_defectors_bloom_on_the_trusting_and_then_starve() -> None:
    history = ecology(expected_table([TFT, ALLC, ALLD]), np.array([0.1, 0.6, 0.3]), 200)
    defectors = history[:, 2]
    assert defectors.max() > 0.5
    assert defectors[-1] < 0.01
    np.testing.assert_allclose(history.sum(axis=1), 1)


@settings(max_examples=60)
@given(ANY_STRATEGY, ANY_STRATEGY, st.floats(0, 0.5), st.floats(0, 1), st.integers(0, 30))
def test_outcome_chances_are_chances_and_look_the_same_from_the_other_side(
    a: Strategy, b: Strategy, noise: float, again: float, rounds: int
) -> None:
    chances = outcome_chances(a, b, rounds, noise, again)
    assert np.all(chances >= -1e-12)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    np.testing.assert_allclose(chances, outcome_chances(b, a, rounds, noise, again)[:, THEIR_VIEW], atol=1e-12)
    shares = long_run(a, b, noise, again)
    assert np.all(shares >= -1e-12)
    np.testing.assert_allclose(shares, long_run(b, a, noise, again)[THEIR_VIEW], atol=1e-6)


@settings(max_examples=40)
@given(ANY_STRATEGY, ANY_STRATEGY, st.floats(0.01, 0.5))
def test_the_long_run_is_stationary(a: Strategy, b: Strategy, noise: float) -> None:
    shares = long_run(a, b, noise)
    many = outcome_chances(a, b, 4000, noise)[2000:].mean(axis=0)
    np.testing.assert_allclose(shares, many, atol=0.01)


@settings(max_examples=40)
@given(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.floats(0, 0.5), st.floats(0, 1),
    st.integers(0, 20), st.integers(1, 8), st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_scores_lie_between_the_payoffs_and_the_same_seed_repeats(
    strategy: str, other: str, noise: float, again: float, rounds: int, pairs: int, seed: int
) -> None:
    params = Trust(strategy, other, noise, again=again, rounds=rounds, pairs=pairs)
    first, second = (run(params, np.random.default_rng(seed)) for _ in range(2))
    assert first.frames["outcome"].shape == (rounds, pairs)
    np.testing.assert_array_equal(first.frames["outcome"], second.frames["outcome"])
    assert np.all((first.series["score"] >= 0) & (first.series["score"] <= 5))
    joint = first.series["score"] + first.series["other_score"]
    assert np.all((joint >= 2) & (joint <= 6))


def test_pairs_that_never_meet_again_play_every_round_as_the_first() -> None:
    outcomes = play([(TFT, ALLD)] * 5, 10, np.random.default_rng(0), again=0.0)
    assert np.all(outcomes == 1)


def test_a_new_partner_ends_the_grudge() -> None:
    short, long = (Trust(again=again, rounds=2000) for again in (0.9, 1.0))
    results = [run(params, np.random.default_rng(2)).summary for params in (short, long)]
    assert results[0]["score"] == pytest.approx(results[0]["long_run_score"], abs=0.02)
    assert results[0]["trust"] > results[1]["trust"] + 0.3


def test_noise_of_one_half_makes_every_strategy_random() -> None:
    for a in STRATEGIES.values():
        assert long_run(a, TFT, noise=0.5) == pytest.approx([0.25] * 4)


def test_no_rounds_give_no_scores_but_the_exact_long_run() -> None:
    summary = run(Trust(rounds=0), np.random.default_rng(0)).summary
    assert math.isnan(summary["score"])
    assert summary["long_run_score"] == pytest.approx(2.25)


def test_the_forgiveness_of_the_record_reaches_generous_tit_for_tat() -> None:
    mild, strict = (Trust("GTFT", "GTFT", forgiveness=f) for f in (0.5, 0.0))
    assert run(mild, np.random.default_rng(0)).summary["long_run_score"] > 2.9
    assert run(strict, np.random.default_rng(0)).summary["long_run_score"] == pytest.approx(2.25)


def test_a_larger_temptation_asks_for_a_longer_shadow_of_the_future() -> None:
    assert stable_again((3, 0, 5.5, 1)) > stable_again(PAYOFFS) > stable_again((3, 0, 4, 1))


def test_the_largest_setting_stays_within_two_megabytes() -> None:
    assert run(Trust(rounds=2000, pairs=400), np.random.default_rng(0)).frame_bytes <= 2_000_000


def test_payoffs_that_are_no_dilemma_are_refused_by_name() -> None:
    with pytest.raises(ParameterError, match=r"Trust.temptation = 2.0, reward = 3.0.*must fall in this order"):
        Trust(temptation=2.0)
    with pytest.raises(ParameterError, match=r"Trust.noise = 0.6: must lie from 0 to 0.5"):
        Trust(noise=0.6)


def test_the_trace_tells_how_trust_went_and_where_it_ends() -> None:
    trace = run(Trust(noise=0), np.random.default_rng(0)).trace
    assert trace[0] == "Round 1: in 100% of the pairs both cooperate."
    assert trace[-1] == "In the long run the first of each pair gets 3.00 of 3 points that full trust would bring."
