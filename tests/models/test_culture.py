"""Axelrod's dissemination of culture: published counts of regions, the law of the process, and what can never break."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.culture import (
    FRAME_BUDGET,
    Culture,
    cultures,
    first_traits,
    largest_region,
    regions,
    run,
    run_many,
    settled,
    shared,
    ties,
    zones,
)
from choreo.models.parameter import ParameterError


def mean_regions(runs: int, seed: int, **changes: object) -> tuple[float, float]:
    """The mean number of regions at the end, and its standard error."""
    params = Culture(**changes)  # type: ignore[arg-type]
    found = run_many(params, np.random.default_rng(seed), runs)
    assert found["settled"].all()
    counts = found["regions"]
    assert (regions(found["traits"], ties(params)) == counts).all()
    return float(counts.mean()), float(counts.std(ddof=1)) / math.sqrt(runs)


def one_by_one(params: Culture, rng: np.random.Generator) -> tuple[int, int]:
    """The paper's procedure, event by event: the regions it ends in, and the events until nothing can change."""
    first, second = ties(params)
    sites = params.rows * params.columns
    around = [np.concatenate([second[first == site], first[second == site]]) for site in range(sites)]
    traits = rng.integers(params.traits, size=(sites, params.features))
    events = 0
    while not settled(traits, (first, second)):
        site = rng.integers(sites)
        other = rng.choice(around[site])
        alike = traits[site] == traits[other]
        if not alike.all() and rng.random() < alike.mean():
            feature = rng.choice(np.flatnonzero(~alike))
            traits[site, feature] = traits[other, feature]
        events += 1
    return int(regions(traits, (first, second))), events


def test_five_features_with_ten_traits_leave_about_four_regions() -> None:
    mean, error = mean_regions(40, seed=11)
    assert abs(mean - 4.22) < 3 * error
    assert 2.9 < mean < 5.5


def test_more_ways_to_differ_divide() -> None:
    few, _ = mean_regions(8, seed=12, traits=5)
    many, error = mean_regions(40, seed=13, traits=15)
    assert few < 1.3
    assert 15.5 < many < 24.5
    assert abs(many - 19.7) < 3 * error


def test_more_topics_in_common_unite() -> None:
    ten, _ = mean_regions(8, seed=14, features=10, traits=15)
    fifteen, _ = mean_regions(4, seed=15, features=15, traits=15)
    plain, _ = mean_regions(4, seed=16, features=10, traits=5)
    assert 1.0 <= ten < 2.2
    assert 1.0 <= fifteen < 1.4
    assert plain < 1.3


def test_a_wider_reach_unites() -> None:
    means = [mean_regions(10, seed=17, traits=15, neighbours=reach)[0] for reach in ("4", "8", "12")]
    assert means[0] > means[1] > means[2]


def test_one_seed_is_one_floor_for_any_number_of_topics_and_ways() -> None:
    sizes = {"rows": 8, "columns": 8}
    few, many = (first_traits(Culture(topics, 10, **sizes), np.random.default_rng(5)) for topics in (3, 12))
    assert np.array_equal(few, many[:, :3])
    coarse, fine = (first_traits(Culture(12, ways, **sizes), np.random.default_rng(5)) for ways in (5, 10))
    assert np.array_equal(coarse, fine // 2)
    wide = run(Culture(neighbours="12", **sizes), np.random.default_rng(5)).frames["traits"][0]
    assert np.array_equal(wide, first_traits(Culture(**sizes), np.random.default_rng(5)))


def test_regions_and_time_follow_the_law_of_the_published_process() -> None:
    params = Culture(features=2, traits=3, rows=3, columns=3)
    rng = np.random.default_rng(18)
    slow = np.array([one_by_one(params, rng) for _ in range(150)])
    fast = np.array([[r["regions"], r["time"] * 9] for r in (run(params, rng).summary for _ in range(1000))])
    difference = np.abs(slow.mean(axis=0) - fast.mean(axis=0))
    error = np.sqrt(slow.var(axis=0) / len(slow) + fast.var(axis=0) / len(fast))
    assert (difference < 3 * error).all()


@pytest.mark.parametrize("share", [1, 2])
def test_two_neighbours_who_share_something_take_the_expected_time_to_agree(share: int) -> None:
    params = Culture(features=3, traits=2, rows=1, columns=2)
    rng = np.random.default_rng(19)
    times: list[float] = []
    while len(times) < 200:
        result = run(params, rng, frames=2000)
        if shared(result.frames["traits"][0], ties(params)) == share:
            times.append(result.summary["time"])
    exact = sum(1 / (2 * common / 3) for common in range(share, 3))  # in a round each of the two acts once
    assert abs(np.mean(times) - exact) < 3 * np.std(times) / math.sqrt(len(times))


def test_a_settled_territory_has_borders_only_between_strangers() -> None:
    params = Culture(traits=15)
    result = run(params, np.random.default_rng(20))
    end = result.frames["traits"][-1]
    assert set(shared(end, ties(params)).tolist()) <= {0, 5}
    assert result.summary["regions"] == result.summary["zones"]


def test_regions_zones_and_the_largest_region_are_counted_over_connected_sites() -> None:
    tie = ties(Culture(rows=2, columns=3))
    traits = np.array([[0, 0], [0, 0], [0, 1], [2, 2], [3, 3], [0, 0]])
    assert regions(traits, tie) == 5
    assert zones(traits, tie) == 3
    assert largest_region(traits, tie) == pytest.approx(2 / 6)
    assert cultures(traits) == 4


@pytest.mark.parametrize(("reach", "inner", "corner"), [("4", 4, 2), ("8", 8, 3), ("12", 12, 5)])
def test_neighbourhoods_are_those_of_the_paper(reach: str, inner: int, corner: int) -> None:
    degree = np.bincount(np.concatenate(ties(Culture(rows=7, columns=7, neighbours=reach))), minlength=49)
    assert (degree[24], degree[0]) == (inner, corner)
    wrapped = np.bincount(np.concatenate(ties(Culture(rows=7, columns=7, neighbours=reach, edges="wrapped"))))
    assert set(wrapped.tolist()) == {inner}


def test_the_same_seed_gives_the_same_run_and_another_seed_another() -> None:
    one, again, other = (run(Culture(rounds=50), np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one.frames["traits"], again.frames["traits"])
    assert one.trace == again.trace
    assert not np.array_equal(one.frames["traits"][0], other.frames["traits"][0])


def test_a_run_stops_when_its_rounds_are_over() -> None:
    result = run(Culture(rounds=20), np.random.default_rng(3))
    assert result.summary["settled"] == 0
    assert 0 < result.summary["time"] <= 20
    assert "not over" in result.trace[-1]


def test_a_territory_that_would_take_long_is_refused_with_what_would_do() -> None:
    with pytest.raises(ParameterError, match=r"Culture.rounds = 1e\+06: must lie from 0 to 5000 for 1000 sites"):
        Culture(rows=100, columns=10, edges="wrapped")
    assert Culture(rows=100, columns=10, edges="wrapped", rounds=5000).rounds == 5000
    assert Culture(rows=15, columns=15).rounds == 1e6


def test_frames_fit_the_stage_on_the_largest_territory() -> None:
    result = run(Culture(rows=100, columns=100, features=30, rounds=1), np.random.default_rng(4))
    assert result.frame_bytes <= FRAME_BUDGET


@settings(max_examples=40)
@given(
    features=st.integers(1, 6),
    traits=st.integers(1, 6),
    rows=st.integers(1, 4),
    columns=st.integers(1, 4),
    neighbours=st.sampled_from(["4", "8", "12"]),
    edges=st.sampled_from(["closed", "wrapped"]),
    seed=st.integers(0, 1000),
)
def test_no_new_trait_ever_appears_and_every_run_settles(
    features: int, traits: int, rows: int, columns: int, neighbours: str, edges: str, seed: int
) -> None:
    params = Culture(features, traits, rows, columns, neighbours, edges)
    result = run(params, np.random.default_rng(seed), frames=20)
    stages = result.frames["traits"]
    assert len(stages) == len(result.clock.times) <= 21
    assert (np.diff(result.clock.times) > 0).all()
    assert result.summary["settled"] == 1
    for before, after in pairwise(stages):
        for feature in range(features):
            assert set(after[:, feature]) <= set(before[:, feature])
    assert ((result.series["zones"] >= 1) & (result.series["zones"] <= result.series["regions"])).all()
    assert ((result.series["largest"] > 0) & (result.series["largest"] <= 1)).all()


@settings(max_examples=30)
@given(seed=st.integers(0, 1000))
def test_renaming_traits_or_turning_the_territory_changes_no_count(seed: int) -> None:
    rng = np.random.default_rng(seed)
    params = Culture(features=3, traits=3, rows=4, columns=4)
    traits = rng.integers(3, size=(16, 3))
    turned = np.rot90(traits.reshape(4, 4, 3)).reshape(16, 3)
    renamed = np.stack([rng.permutation(3)[traits[:, feature]] for feature in range(3)], axis=1)
    for other in (turned, renamed):
        assert regions(other, ties(params)) == regions(traits, ties(params))
        assert zones(other, ties(params)) == zones(traits, ties(params))


def test_a_single_site_is_a_culture_of_its_own() -> None:
    result = run(Culture(rows=1, columns=1), np.random.default_rng(0))
    assert (result.summary["regions"], result.summary["largest"], result.summary["settled"]) == (1, 1, 1)


def test_wrong_parameters_are_named_with_their_range() -> None:
    with pytest.raises(ParameterError, match=r"Culture\.traits = 0: must lie from 1 to 250.*neighbours"):
        Culture(traits=0, neighbours="5")
