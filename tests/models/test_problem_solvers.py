"""Hong and Page's diverse problem solvers."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.parameter import ParameterError
from choreo.models.problem_solvers import (
    ProblemSolvers,
    abilities,
    diversity,
    ends,
    moves,
    problem,
    relay,
    run,
    run_many,
)

RUNS = 30


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def search_by_hand(value: np.ndarray, steps: list[int], position: int) -> int:
    failed = turn = 0
    while failed < len(steps):
        ahead = (position + steps[turn % len(steps)]) % len(value)
        if value[ahead] > value[position]:
            position, failed = ahead, 0
        else:
            failed += 1
        turn += 1
    return position


def team_by_hand(value: np.ndarray, team: np.ndarray, position: int) -> int:
    while True:
        before = position
        for steps in team.tolist():
            position = search_by_hand(value, steps, position)
        if position == before:
            return position


@cache
def published() -> dict[str, np.ndarray]:
    return run_many(ProblemSolvers(), rng(1), RUNS)


def within_error(values: np.ndarray, expected: float) -> bool:
    return abs(np.mean(values) - expected) < 3 * np.std(values) / math.sqrt(len(values))


@pytest.mark.parametrize(("team", "found"), [("best", 92.3), ("random", 94.4)])
def test_teams_find_what_the_paper_says(team: str, found: float) -> None:
    assert within_error(published()[team], found)


def test_a_team_drawn_at_random_beats_the_team_of_the_best() -> None:
    gain = published()["random"] - published()["best"]
    assert np.mean(gain) > 3 * np.std(gain) / math.sqrt(RUNS)
    assert np.mean(gain > 0) > 0.8


def test_though_every_one_of_the_best_is_better_alone() -> None:
    assert np.all(published()["best_ability"] > published()["random_ability"])
    assert np.all(published()["best_member"] >= published()["best_ability"])


def test_the_best_differ_less_than_others_but_more_than_the_paper_prints() -> None:
    assert within_error(published()["best_diversity"], 0.85)
    assert np.mean(published()["best_diversity"]) < np.mean(published()["random_diversity"])


def test_people_drawn_at_random_differ_as_often_as_chance_says() -> None:
    assert within_error(published()["random_diversity"], 11 / 12 * 1320 / 1319)


def test_with_more_kinds_of_people_both_teams_find_more() -> None:
    wide = run_many(ProblemSolvers(reach=20), rng(1), 5)
    assert np.mean(wide["random"]) > np.mean(published()["random"]) + 0.5
    assert np.mean(wide["random"] - wide["best"]) > 0


def test_larger_teams_find_more_and_the_gap_closes() -> None:
    large = run_many(ProblemSolvers(team=20), rng(1), RUNS // 2)
    small = {name: values[: RUNS // 2] for name, values in published().items()}
    for team in ("best", "random"):
        assert np.mean(large[team]) > np.mean(small[team])
    assert np.mean(large["random"] - large["best"]) < np.mean(small["random"] - small["best"])


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(1, 6), st.integers(1, 4), st.integers(0, 2**32))
def test_searches_end_where_the_rule_says(positions: int, reach: int, steps: int, seed: int) -> None:
    value = problem(positions, rng(seed))
    everybody, ability = abilities(value, reach, min(steps, reach))
    assert len({tuple(one) for one in everybody.tolist()}) == math.perm(reach, min(steps, reach))
    assert np.all((ability >= 0) & (ability <= 100))
    for solver in rng(seed).integers(0, len(everybody), 3).tolist():
        expected = [search_by_hand(value, everybody[solver].tolist(), start) for start in range(positions)]
        assert ends(moves(value, reach), everybody[solver]).tolist() == expected
        assert ability[solver] == pytest.approx(np.mean(value[expected]))


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(2, 6), st.integers(1, 4), st.integers(0, 2**32))
def test_teams_end_where_the_rule_says(positions: int, reach: int, members: int, seed: int) -> None:
    value = problem(positions, rng(seed))
    everybody, _ = abilities(value, reach, 2)
    team = everybody[rng(seed).permutation(len(everybody))[:members]]
    path = relay(moves(value, reach), team)
    assert path[0].tolist() == list(range(positions))
    assert path[-1].tolist() == [team_by_hand(value, team, start) for start in range(positions)]
    assert np.all(np.diff(value[path], axis=0) >= 0)


@given(st.integers(3, 40), st.integers(0, 2**32))
def test_turning_the_ring_changes_nobodys_ability(positions: int, seed: int) -> None:
    value = problem(positions, rng(seed))
    one, other = abilities(value, 4, 2)[1], abilities(np.roll(value, seed % positions), 4, 2)[1]
    assert one == pytest.approx(other)


def test_a_team_of_one_finds_what_its_member_finds() -> None:
    result = run(ProblemSolvers(team=1), rng(3))
    assert result.summary["best"] == pytest.approx(result.summary["best_member"])
    assert math.isnan(result.summary["best_diversity"])


def test_a_team_of_everybody_is_the_same_team() -> None:
    result = run(ProblemSolvers(team=6, reach=3, steps=2), rng(3))
    assert result.summary["best_ability"] == pytest.approx(result.summary["random_ability"])
    assert result.summary["best_diversity"] == pytest.approx(result.summary["random_diversity"])


def test_diversity_is_the_share_of_places_that_differ() -> None:
    assert diversity(np.array([(1, 2, 3), (1, 3, 2)])) == pytest.approx(2 / 3)
    assert diversity(np.array([(1, 2), (1, 2), (2, 1)])) == pytest.approx(2 / 3)


def test_a_problem_with_one_solution_is_solved() -> None:
    result = run(ProblemSolvers(positions=1, team=1, reach=1, steps=1), rng())
    assert result.summary["best"] == result.summary["random"]
    assert len(result.clock.times) == 1


def test_the_same_seed_gives_the_same_run() -> None:
    assert run(ProblemSolvers(), rng(5)).trace == run(ProblemSolvers(), rng(5)).trace


def test_no_runs_give_no_summaries() -> None:
    assert run_many(ProblemSolvers(), rng(), 0) == {}


def test_the_largest_run_stays_small_enough_to_travel() -> None:
    assert run(ProblemSolvers(positions=10_000), rng()).frame_bytes <= 2_000_000


def test_the_trace_compares_the_two_teams() -> None:
    trace = run(ProblemSolvers(), rng()).trace
    assert trace[0].startswith("People who know 3 steps: there are 1320; the best alone finds ")
    assert trace[1].startswith("The team of the best finds ")
    assert trace[2].startswith("The team drawn at random finds ")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"team": 0}, r"ProblemSolvers\.team = 0: must lie from 1 to 30"),
        ({"reach": 2}, r"ProblemSolvers\.steps = 3: must lie from 1 to reach, 2"),
        ({"steps": 5}, r"ProblemSolvers\.steps = 5: must lie from 1 to 3 at this reach"),
        ({"reach": 3, "steps": 1}, r"ProblemSolvers\.team = 10: must lie from 1 to 3, all there are"),
        ({"reach": 20, "positions": 5000}, r"ProblemSolvers\.positions = 5000: must lie from 1 to 2046 at this reach"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_range(wrong: dict[str, int], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        ProblemSolvers(**wrong)
