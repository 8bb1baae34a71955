"""The stag hunt tips at a belief; the minimum effort game tips at one that grows with the group."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from choreo.models.parameter import ParameterError
from choreo.models.stag_hunt import (
    MinimumEffort,
    StagHunt,
    effort_payoffs,
    prospects,
    replicator,
    run,
    tipping_belief,
    tipping_trust,
)


def final_share(params: StagHunt, seed: int = 0) -> float:
    return run(params, np.random.default_rng(seed)).summary["stag"]


def test_a_belief_of_74_percent_collapses_and_one_of_76_breaks_through() -> None:
    assert tipping_belief(StagHunt()) == 0.75
    assert final_share(StagHunt(belief=0.74)) == 0
    assert final_share(StagHunt(belief=0.76)) == 1
    assert final_share(StagHunt(belief=0.75)) == 0  # the tie is safe


def test_the_replicator_dynamics_have_the_same_watershed() -> None:
    assert replicator(StagHunt(), 0.74, 30) < 0.001
    assert replicator(StagHunt(), 0.76, 30) > 0.999
    assert replicator(StagHunt(), 0.75, 30) == pytest.approx(0.75)


@given(st.floats(0, 1), st.floats(0, 15), st.floats(0.01, 5), st.floats(0, 15), st.floats(0.01, 5))
def test_the_better_prospect_changes_sides_exactly_at_the_tipping_belief(
    belief: float, temptation: float, gain: float, sucker: float, risk: float
) -> None:
    reward, punishment = temptation + gain, sucker + risk
    params = StagHunt(reward=reward, sucker=sucker, temptation=temptation, punishment=punishment)
    tipping = tipping_belief(params)
    assert 0 < tipping < 1
    assume(abs(belief - tipping) > 1e-9)
    stag, hare = prospects(params, belief)
    assert (stag > hare) == (belief > tipping)


def test_all_stag_and_all_hare_hold_themselves_up() -> None:
    assert final_share(StagHunt(belief=1.0, rounds=100)) == 1
    assert final_share(StagHunt(belief=0.0, rounds=100)) == 0


def test_a_better_safe_choice_makes_the_shared_hunt_need_more_trust() -> None:
    tips = [tipping_belief(StagHunt(punishment=p, temptation=p)) for p in (1.0, 2.0, 3.0)]
    assert tips == [0.25, 0.5, 0.75]


def test_a_few_believers_above_the_tipping_point_do_not_carry_the_rest() -> None:
    # 0.6 +- 0.3: a quarter of the people believe above 0.75, too few for what the others then see
    assert final_share(StagHunt(belief=0.6, spread=0.3, people=400), 1) == 0
    assert final_share(StagHunt(belief=0.9, spread=0.3, people=400), 1) == 1


def test_the_first_round_share_is_the_part_of_beliefs_above_the_tipping_point() -> None:
    outcome = run(StagHunt(belief=0.7, spread=0.2, people=1000), np.random.default_rng(3))
    expected = (0.9 - 0.75) / 0.4
    assert outcome.series["stag"][0] == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 1000))


def test_mistakes_keep_a_convention_from_being_perfect_but_rarely_break_it() -> None:
    outcome = run(StagHunt(belief=1.0, mistakes=0.05, people=1000, rounds=50), np.random.default_rng(4))
    assert outcome.series["stag"].mean() == pytest.approx(0.95, abs=4 * np.sqrt(0.05 * 0.95 / 50000))


def test_payoffs_are_those_of_the_two_conventions() -> None:
    assert run(StagHunt(belief=1.0), np.random.default_rng(0)).summary["payoff"] == 4
    assert run(StagHunt(belief=0.0), np.random.default_rng(0)).summary["payoff"] == 3


@settings(max_examples=60)
@given(
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
    st.integers(1, 30), st.integers(0, 20), st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_shares_and_beliefs_stay_shares_and_the_same_seed_repeats(
    belief: float, spread: float, learning: float, mistakes: float, people: int, rounds: int, seed: int
) -> None:
    params = StagHunt(belief, spread, learning=learning, mistakes=mistakes, people=people, rounds=rounds)
    first, second = (run(params, np.random.default_rng(seed)) for _ in range(2))
    for name in ("stag", "belief"):
        assert np.all((first.series[name] >= 0) & (first.series[name] <= 1))
    assert np.all((first.series["payoff"] >= 0) & (first.series["payoff"] <= 4))
    for name, frame in first.frames.items():
        assert frame.shape == (rounds, people)
        np.testing.assert_array_equal(frame, second.frames[name])


def test_one_hunter_alone_acts_on_the_belief_and_gets_nothing_for_the_stag() -> None:
    assert run(StagHunt(people=1, belief=0.9), np.random.default_rng(0)).summary["payoff"] == 0
    assert run(StagHunt(people=1, belief=0.1), np.random.default_rng(0)).summary["payoff"] == 3


@pytest.mark.parametrize("payoffs", [{"reward": 3.0}, {"sucker": 3.0}])
def test_payoffs_that_make_no_stag_hunt_are_refused_by_name(payoffs: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match="reward above temptation and punishment above sucker"):
        StagHunt(**payoffs)


def test_out_of_bounds_values_are_named() -> None:
    with pytest.raises(ParameterError, match=r"StagHunt.belief = 1.2: must lie from 0 to 1"):
        StagHunt(belief=1.2)


def test_the_effort_table_is_the_published_one() -> None:
    params = MinimumEffort()
    assert effort_payoffs(params, np.full(14, 7.0))[0] == pytest.approx(1.30)
    assert effort_payoffs(params, np.full(14, 1.0))[0] == pytest.approx(0.70)
    assert effort_payoffs(params, np.array([7.0, 1.0])) == pytest.approx([0.10, 0.70])


def test_every_common_effort_is_an_equilibrium() -> None:
    params = MinimumEffort(people=3)
    for common, other in itertools.product(range(1, 8), range(1, 8)):
        together = effort_payoffs(params, np.full(3, float(common)))[0]
        alone = effort_payoffs(params, np.array([other, common, common], dtype=float))[0]
        assert alone <= together + 1e-12
        assert other == common or alone < together


def test_the_trust_needed_grows_with_the_group() -> None:
    needed = [tipping_trust(MinimumEffort(people=n)) for n in (2, 3, 14)]
    assert needed == pytest.approx([0.5, 0.5**0.5, 0.5 ** (1 / 13)])
    for people, tipping in zip((2, 3, 14), needed, strict=True):
        for belief, settled in ((tipping - 0.001, 1), (tipping + 0.001, 2)):
            params = MinimumEffort(belief=belief, people=people, levels=2, noise=0)
            assert run(params, np.random.default_rng(0)).summary["smallest"] == settled


def test_with_the_same_trust_pairs_reach_full_effort_and_large_groups_sink_to_the_lowest() -> None:
    pairs = [run(MinimumEffort(people=2), np.random.default_rng(seed)).summary["smallest"] for seed in range(50)]
    groups = [run(MinimumEffort(people=14), np.random.default_rng(seed)).summary["smallest"] for seed in range(50)]
    assert np.mean(pairs) > 6
    assert groups == [1] * 50


def test_effort_that_costs_nothing_stays_high_even_in_a_large_group() -> None:
    params = MinimumEffort(cost=0, people=16, noise=0, belief=0.2)
    assert run(params, np.random.default_rng(0)).summary["effort"] == 7
    assert tipping_trust(params) == 0
    assert tipping_trust(MinimumEffort(cost=0.2, benefit=0.2)) == 1


@settings(max_examples=60)
@given(
    st.floats(0, 1), st.integers(1, 20), st.integers(2, 20), st.floats(0, 10), st.floats(0, 10), st.floats(0, 1),
    st.floats(0, 10), st.integers(0, 10), st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_efforts_stay_within_the_levels(
    belief: float, people: int, levels: int, benefit: float, cost: float, learning: float, noise: float,
    rounds: int, seed: int,
) -> None:  # fmt: skip
    params = MinimumEffort(belief, people, levels, benefit, cost, 0.6, learning, noise, rounds)
    outcome = run(params, np.random.default_rng(seed))
    efforts = outcome.frames["effort"]
    assert efforts.shape == (rounds, people)
    assert np.all((efforts >= 1) & (efforts <= levels))
    assert np.all(outcome.series["smallest"] == efforts.min(axis=1))


def test_one_person_alone_gives_everything_exactly_when_effort_pays() -> None:
    assert run(MinimumEffort(people=1, noise=0), np.random.default_rng(0)).summary["effort"] == 7
    assert run(MinimumEffort(people=1, noise=0, cost=0.3), np.random.default_rng(0)).summary["effort"] == 1


def test_the_largest_settings_stay_within_two_megabytes() -> None:
    for params in (StagHunt(people=1000, rounds=500), MinimumEffort(people=200, rounds=200, levels=20)):
        assert run(params, np.random.default_rng(0)).frame_bytes <= 2_000_000


def test_the_trace_tells_belief_tipping_point_and_outcome() -> None:
    trace = run(StagHunt(belief=0.76), np.random.default_rng(0)).trace
    assert trace[0] == "People expect 76% of the others to join; joining pays from 75% on."
    assert trace[-1] == "Round 30: 100% join the shared hunt."
    assert "smallest effort is 1 of 7" in run(MinimumEffort(), np.random.default_rng(0)).trace[-1]
