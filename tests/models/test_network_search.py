"""Lazer and Friedman's search on a network, and the rhythm of meeting."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.network_search import NETWORKS, NetworkSearch, build, race, run, run_many, scores, search, silo_of
from choreo.models.parameter import ParameterError
from choreo.models.small_world import Network, constraint, degree, path_length

RUNS = 40


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def small(**settings_: object) -> NetworkSearch:
    values = {"people": 20, "components": 8, "interactions": 3, "silos": 4, "rounds": 30} | settings_
    return NetworkSearch(**values)  # type: ignore[arg-type]


@cache
def published(network: str) -> np.ndarray:
    return run_many(NetworkSearch(network=network), rng(11), RUNS)["score_by_round"]


@pytest.mark.parametrize(
    ("network", "round_", "score"), [("full", 5, 0.455), ("line", 5, 0.204), ("full", 199, 0.556), ("line", 199, 0.816)]
)
def test_scores_are_those_of_the_paper(network: str, round_: int, score: float) -> None:
    found = published(network)[:, round_]
    assert np.mean(found) == pytest.approx(score, abs=3 * np.std(found) / np.sqrt(RUNS))


def test_on_a_hard_problem_the_full_network_is_fast_first_and_overtaken_later() -> None:
    full, line = (np.mean(published(network), axis=0) for network in ("full", "line"))
    assert full[5] - line[5] >= 0.15
    assert line[199] - full[199] >= 0.15
    ahead = np.flatnonzero(line > full)
    assert 12 <= ahead[0] <= 28
    assert np.all(line[ahead[0] :] > full[ahead[0] :])


def test_on_an_easy_problem_everybody_gets_there_and_the_full_network_first() -> None:
    full, line = (
        np.mean(
            run_many(NetworkSearch(network=network, interactions=0, rounds=60, components=16), rng(2), 30)[
                "score_by_round"
            ],
            axis=0,
        )
        for network in ("full", "line")
    )
    assert full[-1] == pytest.approx(1)
    assert line[-1] == pytest.approx(1)
    assert np.all(full[1:15] > line[1:15])


def test_a_few_bridges_do_most_of_the_work() -> None:
    none, some, many = (
        np.mean(run_many(NetworkSearch(bridges=bridges, rounds=60, components=16), rng(5), 60)["score"])
        for bridges in (0, 20, 1000)
    )
    assert some - none > 0.1
    assert some > many


def test_meeting_now_and_then_beats_meeting_always_and_never() -> None:
    always, sometimes, never = (
        np.mean(run_many(NetworkSearch(network="full", every=every, components=16), rng(5), 40)["score"])
        for every in (1, 30, 0)
    )
    assert sometimes > always + 0.1
    assert sometimes > never + 0.1


def test_the_faster_the_network_the_sooner_all_solutions_are_the_same() -> None:
    kept = [
        np.mean(run_many(small(network=name), rng(1), 20)["solutions_by_round"][:, 5])
        for name in ("line", "matrix", "full")
    ]
    assert kept[0] > kept[1] > kept[2]


def test_people_who_never_look_search_like_people_without_ties() -> None:
    params = small(network="full", every=0)
    score, nobody = scores(params, rng(1)), Network(20, np.empty((0, 2), dtype=np.intp))
    alone = search(small(), score, nobody, rng(2))
    assert np.array_equal(search(params, score, build(params, rng(3)), rng(2)), alone)
    assert np.array_equal(search(small(network="full", velocity=0.0), score, nobody, rng(2)), alone)


def test_a_slower_velocity_keeps_more_solutions_alive() -> None:
    quick, slow = (
        np.mean(run_many(small(network="full", velocity=velocity), rng(1), 20)["solutions_by_round"][:, 3])
        for velocity in (1.0, 0.2)
    )
    assert slow > 2 * quick


def test_errors_in_copying_keep_solutions_different() -> None:
    exact, slips = (
        np.mean(run_many(small(network="full", error=e), rng(1), 20)["solutions_by_round"][:, 1]) for e in (0.0, 0.2)
    )
    assert slips > 3 * exact


@settings(max_examples=60)
@given(
    st.sampled_from(NETWORKS),
    st.integers(1, 30),
    st.integers(1, 9),
    st.integers(0, 8),
    st.integers(0, 12),
    st.integers(0, 5),
    st.integers(1, 40),
    st.integers(0, 60),
    st.floats(0, 1),
    st.integers(0, 2**32),
)
def test_without_errors_nobody_ever_falls_back(
    network: str,
    people: int,
    components: int,
    interactions: int,
    rounds: int,
    every: int,
    silos: int,
    bridges: int,
    velocity: float,
    seed: int,
) -> None:
    params = NetworkSearch(
        network=network,
        people=people,
        components=components,
        interactions=min(interactions, components - 1),
        rounds=rounds,
        every=every,
        silos=silos,
        bridges=bridges,
        velocity=velocity,
        neighbours=min(4, (people - 1) // 2 * 2),
    )
    score = scores(params, rng(seed))
    assert np.all((score >= 0) & (score <= 1))
    assert score.max() == 1
    history = search(params, score, build(params, rng(seed)), rng(seed))
    assert np.all((history >= 0) & (history < 2**components))
    assert np.all(np.diff(score[history], axis=0) >= 0)
    result = run(params, rng(seed))
    assert len(result.frames["score"]) == rounds + 1
    assert np.all(result.series["solutions"] <= people)
    assert np.all(result.series["best"] >= result.series["score"] - 1e-12)


def test_in_the_full_network_everyone_has_at_least_the_best_of_the_round_before() -> None:
    params = small(network="full")
    score = scores(params, rng(4))
    found = score[search(params, score, build(params, rng(4)), rng(4))]
    assert np.all(found[1:].min(axis=1) >= found[:-1].max(axis=1))


def test_silos_are_closed_and_bridges_are_the_only_ties_between_them() -> None:
    params = NetworkSearch(bridges=7)
    silo = silo_of(params)
    ties = build(params, rng()).ties
    between = silo[ties[:, 0]] != silo[ties[:, 1]]
    assert np.count_nonzero(between) == 7
    assert np.count_nonzero(~between) == 10 * 45


def test_whoever_holds_a_bridge_is_less_constrained_than_their_silo() -> None:
    params = NetworkSearch(bridges=3)
    network = build(params, rng())
    bridging = degree(network) > 9
    values = constraint(network)
    assert values[bridging].max() < values[~bridging].min()


def test_in_the_matrix_everyone_has_a_function_and_a_project() -> None:
    network = build(NetworkSearch(network="matrix"), rng())
    assert set(degree(network).tolist()) == {18}
    assert path_length(network) < 2


def test_the_line_and_the_full_network_have_the_ties_that_their_names_say() -> None:
    assert len(build(NetworkSearch(network="line"), rng()).ties) == 99
    assert len(build(NetworkSearch(network="full"), rng()).ties) == 4950
    assert len(build(NetworkSearch(network="small world"), rng()).ties) == 200
    assert len(build(NetworkSearch(network="random", density=0.0), rng()).ties) == 0


def test_more_bridges_than_pairs_of_people_join_everyone() -> None:
    assert len(build(small(bridges=1000), rng()).ties) == 190
    assert len(build(small(bridges=1000, people=1), rng()).ties) == 0


def test_a_learners_own_ties_replace_the_built_ones_on_the_same_problem() -> None:
    drawn = Network(20, np.array([(0, 19)]))
    own, built = run(small(), rng(6), drawn), run(small(), rng(6))
    assert own.still["ties"].tolist() == [[0, 19]]
    assert np.array_equal(own.frames["solution"][0], built.frames["solution"][0])
    assert own.series["score"][0] == built.series["score"][0]


def test_one_person_alone_still_searches() -> None:
    result = run(small(people=1), rng())
    assert result.summary["solutions"] == 1
    assert result.summary["score"] == result.summary["best"] >= result.series["score"][0]


def test_no_rounds_means_only_the_beginning() -> None:
    result = run(small(rounds=0), rng())
    assert result.summary["early"] == result.summary["score"]
    assert len(result.frames["solution"]) == 1


def test_no_runs_give_empty_series() -> None:
    assert run_many(small(), rng(), 0)["score_by_round"].shape == (0, 31)


def test_the_same_seed_gives_the_same_run() -> None:
    one, other = run(small(error=0.1, velocity=0.5), rng(9)), run(small(error=0.1, velocity=0.5), rng(9))
    assert np.array_equal(one.frames["solution"], other.frames["solution"])
    assert one.trace == other.trace


def test_the_largest_run_stays_small_enough_to_travel() -> None:
    assert run(NetworkSearch(network="full", people=400, rounds=500), rng()).frame_bytes <= 2_000_000


def test_the_trace_tells_the_race_in_words() -> None:
    trace = run(NetworkSearch(network="full"), rng()).trace
    assert trace[0] == "100 people search (full; ties: 4950); the best solution scores 100%."
    assert trace[1].startswith("Round 5: ")
    assert trace[-1].startswith("From round ")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"every": -1}, r"NetworkSearch\.every = -1: must lie from 0 to 500"),
        ({"network": "tree"}, r"NetworkSearch\.network = 'tree': must be one of silos, matrix, full"),
        ({"components": 4}, r"NetworkSearch\.interactions = 5: must lie from 0 to 3, below components"),
        ({"network": "small world", "neighbours": 3}, r"NetworkSearch\.neighbours = 3: must be an even number"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_range(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        NetworkSearch(**wrong)  # type: ignore[arg-type]


TWO = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5]])  # two departments of three


def joined(*bridges: tuple[int, int]) -> Network:
    return Network(6, np.concatenate([TWO, np.array(bridges, dtype=np.intp).reshape(-1, 2)]))


def test_a_race_is_what_each_network_comes_to_alone_on_the_same_problems() -> None:
    params = small(people=6, rounds=12, leaves=3)
    networks = [joined((0, 3)), joined(), joined((1, 4), (2, 5))]
    raced = race(params, networks, range(4), leaver=0)
    assert raced.shape == (13, 3, 4)
    alone = run(params, rng(2), networks[0])  # 0 is missed most there
    assert alone.still["gone"].tolist() == [0]
    assert np.allclose(raced[:, 0, 2], alone.series["score"])
    stay = run(small(people=6, rounds=12), rng(3), networks[2]).series["score"]
    assert np.allclose(race(small(people=6, rounds=12), networks, range(4))[:, 2, 3], stay)


def test_a_race_knows_no_slips() -> None:
    for slips in ({"velocity": 0.5}, {"error": 0.1}):
        with pytest.raises(ValueError, match="no slips"):
            race(small(people=6, **slips), [joined()], [0])


def test_whoever_left_is_neither_seen_nor_counted() -> None:
    params = small(people=6, rounds=30, leaves=2)
    for seed in range(10):
        found = run(params, rng(seed), joined((0, 3)))
        solution, score = found.frames["solution"], found.frames["score"].astype(float) / 255
        assert np.all(solution[3:, 0] == solution[2, 0])  # the last one is kept
        assert found.series["score"][-1] == pytest.approx(score[-1, 1:].mean(), abs=0.003)
        assert found.series["solutions"][-1] == len(np.unique(solution[-1, 1:]))
        assert "person 1, who ties most of them together, leaves" in " ".join(found.trace)
    stay = [run(small(people=6, rounds=30), rng(seed), joined((0, 3))).summary["shared"] for seed in range(40)]
    left = [run(params, rng(seed), joined((0, 3))).summary["shared"] for seed in range(40)]
    assert np.mean(stay) == 1  # one bridge is enough while it is there
    assert np.mean(left) < 0.9
