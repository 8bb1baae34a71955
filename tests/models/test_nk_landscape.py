"""NK landscapes, and two units that climb one of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.nk_landscape import (
    ARRANGEMENTS,
    SIGHTS,
    Landscape,
    TwoUnits,
    climb,
    landscape,
    peaks,
    replies,
    run,
    run_many,
    worth,
)
from choreo.models.parameter import ParameterError


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@st.composite
def landscapes(draw: st.DrawFn) -> Landscape:
    components = draw(st.integers(1, 12))
    interactions = draw(st.integers(0, min(components - 1, 5)))
    return landscape(components, interactions, draw(st.sampled_from(ARRANGEMENTS)), rng(draw(st.integers(0, 2**32))))


def worth_by_hand(terrain: Landscape, state: int) -> float:
    total = 0.0
    for component, places in enumerate(terrain.depends.tolist()):
        total += terrain.contributions[component, sum((state >> place & 1) << bit for bit, place in enumerate(places))]
    return total / terrain.components


@given(landscapes(), st.integers(0, 2**32))
def test_the_enumeration_agrees_with_looking_up_each_contribution(terrain: Landscape, seed: int) -> None:
    values = worth(terrain)
    assert values.shape == (2**terrain.components,)
    for state in rng(seed).integers(0, len(values), 10).tolist():
        assert values[state] == pytest.approx(worth_by_hand(terrain, state))


def test_the_enumeration_also_holds_for_twenty_choices() -> None:
    terrain = landscape(20, 5, "random", rng(3))
    values = worth(terrain)
    for state in rng(4).integers(0, len(values), 50).tolist():
        assert values[state] == pytest.approx(worth_by_hand(terrain, state))


@given(landscapes())
def test_the_whole_is_the_mean_of_its_parts(terrain: Landscape) -> None:
    half = terrain.components // 2
    first, second = worth(terrain, np.arange(half)), worth(terrain, np.arange(half, terrain.components))
    mean = (half * first + (terrain.components - half) * second) / terrain.components
    assert mean == pytest.approx(worth(terrain))
    assert np.all((first >= 0) & (first <= 1) & (second >= 0) & (second <= 1))


@given(landscapes(), st.integers(0, 2**32))
def test_renaming_the_choices_renames_the_states(terrain: Landscape, seed: int) -> None:
    components = terrain.components
    new = rng(seed).permutation(components)
    old = np.argsort(new)
    other = Landscape(new[terrain.depends][old], terrain.contributions[old])
    state = np.arange(2**components)
    renamed = sum((state >> place & 1) << int(new[place]) for place in range(components))
    assert worth(other)[renamed] == pytest.approx(worth(terrain))


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_every_choice_depends_on_itself_and_k_different_others(arrangement: str) -> None:
    depends = landscape(9, 4, arrangement, rng()).depends
    assert np.array_equal(depends[:, 0], np.arange(9))
    assert all(len(set(places)) == 5 for places in depends.tolist())


def test_without_interactions_there_is_one_hill_and_its_top_is_two_thirds() -> None:
    tops = []
    for seed in range(300):
        values = worth(landscape(8, 0, "random", rng(seed)))
        assert np.count_nonzero(peaks(values)) == 1
        tops.append(values.max())
    error = math.sqrt(1 / 18 / 8 / 300)  # the larger of two even draws has variance 1 / 18
    assert np.mean(tops) == pytest.approx(2 / 3, abs=3 * error)


def test_with_all_interactions_one_state_in_n_plus_one_is_a_peak() -> None:
    found = [np.count_nonzero(peaks(worth(landscape(10, 9, "random", rng(seed))))) for seed in range(200)]
    error = np.std(found) / math.sqrt(200)
    assert np.mean(found) == pytest.approx(2**10 / 11, abs=3 * error)


@pytest.mark.parametrize(("interactions", "published"), [(2, 0.70), (4, 0.71), (8, 0.68), (15, 0.65)])
def test_walks_end_at_the_heights_that_kauffman_printed(interactions: int, published: float) -> None:
    ends = []
    for seed in range(60):
        random = rng(seed)
        values = worth(landscape(16, interactions, "adjacent", random))
        tops = climb(values, random.integers(0, len(values), 60), random)
        assert np.all(peaks(values)[tops])
        ends.append(values[tops])
    ours = np.std(np.mean(ends, axis=1)) / math.sqrt(60)
    theirs = np.std(ends) / math.sqrt(100)  # printed: the mean of a hundred walks, with two decimals
    assert np.mean(ends) == pytest.approx(published, abs=0.005 + 3 * math.hypot(ours, theirs))


@given(landscapes(), st.integers(0, 2**32))
def test_a_unit_changes_one_choice_of_its_own_and_never_loses_by_it(terrain: Landscape, seed: int) -> None:
    own = np.flatnonzero(rng(seed).random(terrain.components) < 0.5)
    reward = worth(terrain, own)
    after = replies(reward, own)
    changed = after ^ np.arange(len(after))
    assert set(changed.tolist()) <= {0} | {1 << int(component) for component in own}
    assert np.all(reward[after] >= reward)
    assert np.all(reward[after][changed > 0] > reward[changed > 0])


@given(landscapes(), st.integers(0, 2**32))
def test_who_sees_further_never_does_worse_and_who_sees_all_finds_the_best_of_their_own(
    terrain: Landscape, seed: int
) -> None:
    own = np.flatnonzero(rng(seed).random(terrain.components) < 0.4)
    reward = worth(terrain, own)
    one, two, three, whole = (replies(reward, own, sight) for sight in SIGHTS)
    assert np.all(reward[one] <= reward[two])
    assert np.all(reward[two] <= reward[three])
    assert np.all(reward[three] <= reward[whole])
    mask = sum(1 << int(component) for component in own)
    assert np.all((whole ^ np.arange(len(whole))) & ~mask == 0)
    best = {}
    for state, value in enumerate(reward.tolist()):
        best[state & ~mask] = max(best.get(state & ~mask, 0), value)
    assert reward[whole].tolist() == [best[state & ~mask] for state in range(len(reward))]


def test_they_can_be_put_somewhere_and_the_landscape_stays_the_same() -> None:
    drawn, put = (run(TwoUnits(start=start), rng(7)) for start in (-1, 37))
    assert put.frames["state"][0].tolist() == [int(digit) for digit in f"{37:012b}"[::-1]]
    assert drawn.summary["possible"] == put.summary["possible"]
    assert drawn.series["expected"].tolist() == put.series["expected"].tolist()


@settings(max_examples=40)
@given(
    st.floats(0, 1),
    st.integers(0, 15),
    st.integers(2, 12),
    st.sampled_from(ARRANGEMENTS),
    st.integers(0, 20),
    st.integers(0, 2**32),
)
def test_any_allowed_setting_runs_within_bounds(
    share: float, interactions: int, components: int, arrangement: str, rounds: int, seed: int
) -> None:
    params = TwoUnits(share, min(interactions, components - 1), components, arrangement, rounds)
    result = run(params, rng(seed))
    assert result.frames["state"].shape == (2 * rounds + 1, components)
    for name in ("first", "second", "whole", "expected"):
        assert np.all((result.series[name] >= 0) & (result.series[name] <= 1))
    assert np.all(result.series["whole"] <= result.summary["possible"] + 1e-12)


def test_rewarded_for_the_whole_they_never_lower_it_and_always_settle() -> None:
    for seed in range(30):
        result = run(TwoUnits(share=1.0), rng(seed))
        assert np.all(np.diff(result.series["whole"]) >= 0)
        assert not math.isnan(result.summary["settled"])


def test_the_whole_gets_stuck_well_below_what_was_possible() -> None:
    many = run_many(TwoUnits(share=0.0), rng(1), 100)
    assert np.mean(many["expected"] / many["possible"]) < 0.9


def test_a_larger_share_of_the_whole_lifts_the_whole_but_not_to_the_top() -> None:
    reached = []
    for share in (0.0, 0.5, 1.0):
        many = run_many(TwoUnits(share=share), rng(1), 100)
        reached.append(many["expected"] / many["possible"])
    for gain in (reached[1] - reached[0], reached[2] - reached[0]):
        assert np.mean(gain) > 3 * np.std(gain) / 10
    assert np.mean(reached[2]) < 0.95


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_where_nothing_depends_on_the_other_everyone_for_themselves_is_best_for_all(share: float) -> None:
    many = run_many(TwoUnits(share=share, interactions=0), rng(2), 20)
    assert many["expected"] == pytest.approx(many["possible"])


def test_units_that_look_only_at_their_own_part_can_chase_each_other_forever() -> None:
    many = run_many(TwoUnits(share=0.0), rng(1), 100)
    assert 0.1 < np.mean(np.isnan(many["settled"])) < 0.6


def test_no_rounds_means_no_change() -> None:
    result = run(TwoUnits(rounds=0), rng())
    assert len(result.clock.times) == 1
    assert len(result.frames["state"]) == 1


def test_no_runs_give_no_summaries() -> None:
    assert run_many(TwoUnits(), rng(), 0) == {}


def test_the_same_seed_gives_the_same_run() -> None:
    assert run(TwoUnits(), rng(7)).trace == run(TwoUnits(), rng(7)).trace


def test_the_trace_says_never_only_of_units_that_go_round_in_a_circle() -> None:
    assert run(TwoUnits(rounds=0), rng(1)).trace[-1] == "Neither has had a turn yet."
    endings = set()
    for seed in range(40):
        short, long = (run(TwoUnits(share=0.2, rounds=rounds), rng(seed)) for rounds in (1, 200))
        settles = not math.isnan(long.summary["settled"])
        if math.isnan(short.summary["settled"]):
            assert short.trace[-1].startswith("Time is up" if settles else "They never settle")
            endings.add(short.trace[-1])
        assert settles != long.trace[-1].startswith("They never settle")
    assert len(endings) == 2


def test_the_trace_says_how_far_below_the_best_they_stay() -> None:
    trace = run(TwoUnits(share=1.0), rng(5)).trace
    assert trace[0].startswith("Two units share 12 choices; each depends on 5 others, and 100%")
    assert "neither can gain by a change of its own" in trace[-1]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"share": 2}, r"TwoUnits\.share = 2: must lie from 0 to 1"),
        ({"components": 6, "interactions": 6}, r"TwoUnits\.interactions = 6: must lie from 0 to 5, below components"),
        ({"components": 6, "interactions": 2, "start": 64}, r"TwoUnits\.start = 64: must lie from -1 to 63"),
        ({"components": 30}, r"TwoUnits\.components = 30: must lie from 2 to 16"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_range(wrong: dict[str, float], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        TwoUnits(**wrong)  # type: ignore[arg-type]
