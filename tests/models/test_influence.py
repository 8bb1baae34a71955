"""DeGroot, and Friedkin and Johnsen: theorems, one hub, and the effective number of minds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.influence import (
    Influence,
    effective_minds,
    everyone,
    hub,
    hub_influence,
    reaches_consensus,
    run,
    run_many,
    settled,
    shares,
    social_influence,
    weights,
)
from choreo.models.parameter import ParameterError

RNG = np.random.default_rng
EXAMPLE = np.array([[1 / 3, 1 / 3, 1 / 3], [1 / 4, 3 / 4, 0], [0, 2 / 3, 1 / 3]])


def test_the_three_person_example_has_its_exact_influence() -> None:
    assert social_influence(EXAMPLE) == pytest.approx([0.24, 0.64, 0.12], abs=1e-12)


def test_rounds_lead_to_the_agreement_that_the_influence_foretells() -> None:
    start = np.array([10.0, -3.0, 7.5])
    opinions = np.linalg.matrix_power(EXAMPLE, 200) @ start
    assert settled(EXAMPLE, 1.0, start) == pytest.approx(opinions, abs=1e-10)


@pytest.mark.parametrize("susceptibility", [0.0, 0.25, 0.6, 0.95])
def test_where_all_count_the_same_the_mean_stays_and_the_variance_shrinks_exactly(susceptibility: float) -> None:
    start = RNG(1).normal(size=30)
    end = settled(everyone(30), susceptibility, start)
    assert end.mean() == pytest.approx(start.mean(), abs=1e-12)
    assert end.var() == pytest.approx(start.var() * (1 - susceptibility) ** 2, rel=1e-12)


def test_full_susceptibility_of_equals_ends_in_the_mean() -> None:
    start = RNG(2).normal(size=12)
    assert settled(everyone(12), 1.0, start) == pytest.approx(np.full(12, start.mean()))


@pytest.mark.parametrize("people", [2, 5, 20, 100])
@pytest.mark.parametrize("hub_weight", [0.05, 0.6, 1.0])
@pytest.mark.parametrize("openness", [0.0, 0.3, 1.0])
def test_the_hub_formula_is_the_influence_of_its_weights(people: int, hub_weight: float, openness: float) -> None:
    influence = social_influence(hub(people, hub_weight, openness))
    assert influence[0] == pytest.approx(hub_influence(people, hub_weight, openness), abs=1e-9)
    assert np.ptp(influence[1:]) < 1e-9


def test_one_voice_weighing_sixty_percent_makes_twenty_people_judge_like_six() -> None:
    minds = effective_minds(social_influence(hub(20, 0.6, 1.0)))
    assert minds == pytest.approx(5.8957, abs=5e-5)
    assert run(Influence(), RNG(0)).summary["minds"] == pytest.approx(minds)
    assert effective_minds(social_influence(hub(20, 0.6, 0.0))) == pytest.approx(1)
    assert effective_minds(np.array([0.6, *[0.4 / 19] * 19])) == pytest.approx(2.714, abs=5e-4)


def test_a_group_errs_like_that_many_independent_people() -> None:
    runs, params = 20_000, Influence(rounds=60)
    ends = run_many(params, RNG(3), runs)["opinion"]
    variance = np.mean((ends.mean(axis=1) - params.truth) ** 2)
    foretold = params.noise**2 / run(params, RNG(0)).summary["minds"]
    assert abs(variance / foretold - 1) < 3 * math.sqrt(2 / runs)


def test_equals_keep_all_their_minds() -> None:
    assert run(Influence(network="everyone"), RNG(0)).summary["minds"] == pytest.approx(20)
    assert weights(Influence(hub_weight=1 / 20)) == pytest.approx(everyone(20))


def test_a_circle_of_listeners_or_two_separate_camps_do_not_agree() -> None:
    turn = np.array([[0.0, 1.0], [1.0, 0.0]])
    for matrix in (turn, np.eye(3)):
        assert not reaches_consensus(matrix)
        with pytest.raises(ParameterError, match="never agree"):
            social_influence(matrix)
    assert math.isnan(run(Influence(hub_weight=0, openness=0), RNG(0)).summary["hub_influence"])


def test_a_fully_susceptible_camp_that_hears_only_itself_is_refused() -> None:
    with pytest.raises(ParameterError, match="hear only each other"):
        settled(np.eye(2), np.array([1.0, 0.5]), np.zeros(2))
    ends = settled(EXAMPLE, np.array([1.0, 1.0, 0.5]), np.array([0.0, 0.0, 1.0]))
    assert ends == pytest.approx([1, 1, 1])


@settings(max_examples=60)
@given(people=st.integers(1, 12), seed=st.integers(0, 999), susceptibility=st.floats(0, 1))
def test_opinions_stay_between_the_first_ones_and_relabelling_changes_nothing(
    people: int, seed: int, susceptibility: float
) -> None:
    rng = RNG(seed)
    matrix = rng.dirichlet(np.ones(people), size=people)
    start = rng.normal(size=people)
    influence = social_influence(matrix)
    assert influence.sum() == pytest.approx(1)
    assert (influence >= 0).all()
    assert 1 - 1e-9 <= effective_minds(influence) <= people + 1e-9
    end = settled(matrix, susceptibility, start)
    assert (end >= start.min() - 1e-7).all()
    assert (end <= start.max() + 1e-7).all()
    order = rng.permutation(people)
    assert settled(matrix[np.ix_(order, order)], susceptibility, start[order]) == pytest.approx(end[order], abs=1e-6)


@settings(max_examples=40)
@given(
    people=st.integers(1, 30),
    hub_weight=st.floats(0, 1),
    openness=st.floats(0, 1),
    susceptibility=st.floats(0, 1),
    network=st.sampled_from(["hub", "everyone"]),
    rounds=st.integers(0, 20),
)
def test_a_run_never_widens_what_people_think(
    people: int, hub_weight: float, openness: float, susceptibility: float, network: str, rounds: int
) -> None:
    params = Influence(people, network, hub_weight, openness, susceptibility, rounds=rounds)
    result = run(params, RNG(5))
    opinion = result.frames["opinion"]
    assert opinion.shape == (rounds + 1, people)
    assert (opinion.max(axis=1) <= opinion[0].max() + 1e-3).all()
    assert (opinion.min(axis=1) >= opinion[0].min() - 1e-3).all()


def test_a_long_run_ends_where_the_formula_says() -> None:
    params = Influence(susceptibility=0.8, rounds=300)
    first = run(params, RNG(6)).frames["opinion"]
    assert first[-1] == pytest.approx(settled(weights(params), 0.8, first[0]), abs=1e-3)


def test_frames_of_the_largest_group_fit_the_stage() -> None:
    assert run(Influence(people=500, rounds=500), RNG(0)).frame_bytes <= 2_000_000


def test_weights_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ParameterError, match="each row must add to 1"):
        social_influence(np.array([[0.5, 0.4], [0.5, 0.5]]))
    with pytest.raises(ParameterError, match=r"susceptibility = 1\.2: must lie from 0 to 1"):
        settled(EXAMPLE, 1.2, np.zeros(3))
    with pytest.raises(ParameterError, match=r"Influence\.hub_weight = -0\.1: must lie from 0 to 1"):
        Influence(hub_weight=-0.1)


@pytest.mark.parametrize(
    "changes",
    [{}, {"rounds": 2}, {"rounds": 0}, {"susceptibility": 0.5}, {"susceptibility": 0, "rounds": 9}, {"openness": 0.3},
     {"hub_weight": 0, "openness": 0}, {"network": "everyone", "susceptibility": 0.3}, {"people": 2, "rounds": 3},
     {"speaks": "last"}, {"speaks": "last", "openness": 0.5, "susceptibility": 0.7, "rounds": 4},
     {"speaks": "last", "rounds": 1}, {"speaks": "last", "rounds": 0}, {"speaks": "last", "network": "everyone"}],
)  # fmt: skip
def test_minds_are_those_of_the_average_after_these_rounds_at_this_susceptibility(changes: dict[str, object]) -> None:
    params = Influence(**changes)  # type: ignore[arg-type]
    ends = run_many(params, RNG(4), 20_000)
    minds = params.noise**2 / np.var(ends["mean"])
    assert ends["minds"][0] == pytest.approx(minds, rel=0.05)


def test_a_hub_that_hears_all_once_before_it_speaks_gives_nearly_all_minds_back() -> None:
    minds = {speaks: run(Influence(speaks=speaks), RNG(0)).summary["minds"] for speaks in ("first", "last")}
    assert minds == pytest.approx({"first": 5.896, "last": 19.613}, abs=0.001)
    half = Influence(speaks="last", openness=0.5)
    assert shares(half)[0] == pytest.approx(hub_influence(20, 0.6, 0.5) * (1 - 0.5 + 0.5 / 20))


def test_while_the_hub_listens_nobody_else_moves() -> None:
    opinion = run(Influence(speaks="last", rounds=3), RNG(2)).frames["opinion"]
    assert opinion.shape == (4, 20)
    assert (opinion[1, 1:] == opinion[0, 1:]).all()
    assert opinion[1, 0] == pytest.approx(opinion[0].mean(), abs=1e-3)


def test_the_shares_foretell_where_a_group_ends() -> None:
    params = Influence(speaks="last", openness=0.6, susceptibility=0.8, rounds=9)
    opinion = run(params, RNG(3)).frames["opinion"]
    assert opinion[-1].mean() == pytest.approx(opinion[0] @ shares(params), abs=1e-3)
    assert shares(params).sum() == pytest.approx(1)


def test_the_minds_left_swing_for_a_few_rounds_before_they_stay() -> None:
    minds = [run(Influence(rounds=rounds), RNG(0)).summary["minds"] for rounds in (1, 2, 10, 30)]
    assert minds == pytest.approx([2.964, 9.243, 5.917, 5.896], abs=0.001)


def test_the_trace_says_when_nobody_moves() -> None:
    for params in (Influence(susceptibility=0), Influence(rounds=0)):
        trace = run(params, RNG(1)).trace
        assert trace[1] == "Nobody moves: all keep their first opinions."
        assert trace[-1] == "Their average is as good as that of 20.0 people who judge alone and count the same."
