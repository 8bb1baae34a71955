"""The Emperor's Dilemma: published cascades, the equations applied literally, and what can never break."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.emperor import (
    BELIEVES,
    COMPLIES,
    ENFORCES,
    ENFORCES_DEVIANCE,
    Emperor,
    beliefs,
    compliance,
    enforcement,
    public,
    run,
    run_many,
    ties,
)
from choreo.models.parameter import ParameterError

RNG = np.random.default_rng


def mean_compliance(runs: int, seed: int, **changes: object) -> tuple[float, float]:
    """Mean compliance of the people who do not believe, and its standard error."""
    shares = run_many(Emperor(**changes), RNG(seed), runs)["compliance"]  # type: ignore[arg-type]
    return float(shares.mean()), float(shares.std(ddof=1)) / math.sqrt(runs)


def by_the_equations(params: Emperor, rng: np.random.Generator) -> np.ndarray:
    """Every state after each round, from the published equations without any shortcut."""
    believes = beliefs(params, rng)
    n = len(believes)
    conviction = np.where(believes, 1.0, rng.uniform(0, params.conviction, n))
    everyone = [[j for j in range(n) if j != i] for i in range(n)]
    luck = RNG(rng.integers(2**63))
    around = everyone if params.network == "everyone" else ties(params, luck)
    costs = [
        params.cost if step < params.later or not params.later else params.cost_later for step in range(params.rounds)
    ]
    belief = np.where(believes, 1, -1)
    c, e = belief.copy(), np.zeros(n, dtype=int)
    states = [believes * 8 + (c > 0)]
    for cost in costs:
        for i in rng.permutation(n):
            b, s, near = belief[i], conviction[i], around[i]
            pressure = -b * e[near].sum() / len(near)
            need = (1 - b * c[near].sum() / len(near)) / 2
            c[i] = -b if pressure > s else b
            if pressure > s + cost and c[i] == -b:
                e[i] = -b
            elif s * need > cost and c[i] == b:
                e[i] = b
            else:
                e[i] = 0
        states.append(believes * 8 + (c > 0) + 2 * (e > 0) + 4 * (e < 0))
    return np.array(states)


def test_a_few_believers_give_near_total_public_agreement() -> None:
    mean, error = mean_compliance(12, seed=1)
    assert abs(mean - 0.99) < 3 * error + 0.005
    assert run(Emperor(), RNG(2)).summary["public"] > 0.95


def test_a_higher_cost_of_correcting_others_stops_the_cascade() -> None:
    mean, error = mean_compliance(12, seed=3, cost=0.3)
    assert abs(mean - 0.12) < 3 * error + 0.005


def test_a_cost_that_prevents_a_norm_does_not_cure_it() -> None:
    early, _ = mean_compliance(12, seed=3, cost=0.25)
    late, _ = mean_compliance(12, seed=3, cost_later=0.25, later=25)
    cured, _ = mean_compliance(12, seed=3, cost_later=0.46, later=25)
    assert early < 0.2 > cured
    assert late > 0.95


def test_where_everybody_sees_everybody_nobody_enforces_what_they_do_not_believe() -> None:
    ends = run_many(Emperor(network="everyone"), RNG(4), 5)["state"]
    assert (enforcement(ends) == 0).all()
    assert (compliance(ends) < 0.25).all()


def test_one_percent_of_believers_nearly_always_do_if_they_stand_together_and_else_by_luck() -> None:
    # in 60 runs each: 90 % and 38 %
    together = run_many(Emperor(believers=0.01, placement="clustered"), RNG(5), 16)["compliance"]
    scattered = run_many(Emperor(believers=0.01), RNG(6), 16)["compliance"]
    assert np.mean(together > 0.9) > 0.7 > np.mean(scattered > 0.9)


def test_ties_across_the_map_protect_against_a_cluster() -> None:
    rewired, _ = mean_compliance(6, seed=7, believers=0.01, placement="clustered", rewiring=0.5)
    assert rewired < 0.1


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"later": 6, "cost_later": 0.5},
        {"later": 9, "cost_later": 0.05},
        {"rewiring": 0.3},
        {"neighbours": "4", "cost": 0.1},
        {"network": "everyone", "believers": 0.3},
    ],
)
def test_skipping_people_whose_neighbourhood_is_unchanged_changes_nothing(changes: dict[str, object]) -> None:
    params = Emperor(**{"rows": 9, "columns": 10, "rounds": 12, "believers": 0.1} | changes)  # type: ignore[arg-type]
    for seed in range(5):
        states = run(params, RNG(seed)).frames["state"]
        literal = by_the_equations(params, RNG(seed))
        assert np.array_equal(states, literal[: len(states)])
        assert (literal[len(states) :] == states[-1]).all()


@settings(max_examples=50)
@given(
    believers=st.floats(0, 1),
    conviction=st.floats(0, 1),
    cost=st.floats(0, 1),
    network=st.sampled_from(["neighbours", "everyone"]),
    rewiring=st.floats(0, 1),
    placement=st.sampled_from(["scattered", "clustered"]),
    rows=st.integers(1, 5),
    columns=st.integers(1, 5),
    seed=st.integers(0, 999),
)
def test_beliefs_never_change_and_nobody_enforces_what_they_do_not_do(
    believers: float,
    conviction: float,
    cost: float,
    network: str,
    rewiring: float,
    placement: str,
    rows: int,
    columns: int,
    seed: int,
) -> None:
    params = Emperor(
        believers=believers,
        conviction=conviction,
        cost=cost,
        network=network,
        rewiring=rewiring,
        placement=placement,
        rows=rows,
        columns=columns,
        rounds=15,
    )
    result = run(params, RNG(seed))
    states = result.frames["state"]
    assert ((states & BELIEVES) == (states[0] & BELIEVES)).all()
    assert np.count_nonzero(states[0] & BELIEVES) == round(believers * rows * columns)
    assert ((states & COMPLIES > 0) | (states & ENFORCES == 0)).all()
    assert ((states & COMPLIES == 0) | (states & ENFORCES_DEVIANCE == 0)).all()
    for name in ("compliance", "enforcement", "public"):
        assert ((result.series[name] >= 0) & (result.series[name] <= 1)).all()


@settings(max_examples=30)
@given(rewiring=st.floats(0, 1), rows=st.integers(1, 6), columns=st.integers(1, 6), seed=st.integers(0, 99))
def test_rewiring_keeps_the_number_of_ties_and_their_two_directions(
    rewiring: float, rows: int, columns: int, seed: int
) -> None:
    plain = ties(Emperor(rows=rows, columns=columns), RNG(seed))
    around = ties(Emperor(rows=rows, columns=columns, rewiring=rewiring), RNG(seed))
    assert sum(map(len, around)) == sum(map(len, plain))
    for one, near in enumerate(around):
        assert one not in near
        assert len(set(near)) == len(near)
        assert all(one in around[other] for other in near)


def test_relabelling_people_changes_no_share() -> None:
    states = run(Emperor(rows=8, columns=8), RNG(8)).frames["state"]
    mixed = states[:, RNG(9).permutation(64)]
    for share in (compliance, enforcement, public):
        assert np.allclose(share(states), share(mixed))


def test_one_person_alone_acts_as_they_believe() -> None:
    for believers in (0, 1):
        result = run(Emperor(rows=1, columns=1, believers=believers), RNG(0))
        assert result.summary["public"] == believers
        assert result.summary["settled"] == 1


def test_without_rounds_everybody_acts_as_they_believe() -> None:
    result = run(Emperor(rounds=0), RNG(0))
    assert result.summary["compliance"] == 0
    assert len(result.frames["state"]) == 1


def test_frames_of_the_longest_run_on_the_largest_map_fit_the_stage() -> None:
    result = run(Emperor(rows=64, columns=64, rounds=1000), RNG(1))
    assert result.frame_bytes <= 2_000_000
    assert len(result.clock.times) == len(result.frames["state"])


def test_the_same_seed_gives_the_same_run() -> None:
    one, again = run(Emperor(rounds=10), RNG(3)), run(Emperor(rounds=10), RNG(3))
    assert np.array_equal(one.frames["state"], again.frames["state"])
    assert one.trace == again.trace


def test_wrong_parameters_are_named_with_their_range() -> None:
    with pytest.raises(ParameterError, match=r"Emperor\.believers = 2: must lie from 0 to 1"):
        Emperor(believers=2)


def test_rewiring_changes_nobodys_belief_conviction_or_turn() -> None:
    plain, rewired = (Emperor(rows=12, columns=12, rounds=1, rewiring=share) for share in (0, 0.7))
    one, other = RNG(3), RNG(3)
    assert np.array_equal(run(plain, one).frames["state"][0], run(rewired, other).frames["state"][0])
    assert one.random() == other.random()  # as much was drawn for everything else, in the same order
