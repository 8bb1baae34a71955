"""Small worlds: Watts and Strogatz's two measures, Burt's constraint, Centola and Macy's contagions."""

from __future__ import annotations

import math
import time
from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.contagion import together
from choreo.models.parameter import ParameterError
from choreo.models.small_world import (
    METHODS,
    Network,
    SmallWorld,
    clustering,
    constraint,
    contacts,
    degree,
    half_time,
    lattice,
    lattice_clustering,
    lattice_path_length,
    local_clustering,
    missed,
    missed_most,
    path_length,
    run,
    small_world,
    spread,
)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    people = draw(st.integers(1, 12))
    pairs = [(one, other) for one in range(people) for other in range(one)]
    kept = [pair for pair in pairs if draw(st.booleans())]
    return Network(people, np.array(kept, dtype=np.intp).reshape(-1, 2))


def friends_of(network: Network) -> list[set[int]]:
    friends: list[set[int]] = [set() for _ in range(network.people)]
    for one, other in network.ties.tolist():
        friends[one].add(other)
        friends[other].add(one)
    return friends


def distances_one_by_one(network: Network) -> list[int]:
    friends, found = friends_of(network), []
    for source in range(network.people):
        steps, queue = {source: 0}, deque([source])
        while queue:
            here = queue.popleft()
            for friend in friends[here] - steps.keys():
                steps[friend] = steps[here] + 1
                queue.append(friend)
        found += [step for step in steps.values() if step]
    return found


def average(measure: str, rewiring: float, method: str = "one end", runs: int = 20, neighbours: int = 10) -> float:
    of = {"path": path_length, "clustering": clustering}[measure]
    params = SmallWorld(people=1000, neighbours=neighbours, rewiring=rewiring, method=method)
    ring = of(lattice(1000, neighbours))
    return float(np.mean([of(small_world(params, rng(seed))) / ring for seed in range(runs)]))


def contagion(threshold: int, rewiring: float, method: str, runs: int = 20) -> list[np.ndarray]:
    params = SmallWorld(people=1000, neighbours=8, rewiring=rewiring, method=method)
    return [spread(small_world(params, rng(seed)), seed, threshold, 2000) for seed in range(runs)]


def test_the_ring_has_its_exact_distance_and_clustering() -> None:
    ring = lattice(1000, 10)
    assert path_length(ring) == pytest.approx(50.4505, abs=5e-5)
    assert path_length(ring) == pytest.approx(lattice_path_length(1000, 10), rel=1e-12)
    assert clustering(ring) == pytest.approx(2 / 3, rel=1e-12)
    assert clustering(ring) == pytest.approx(lattice_clustering(10), rel=1e-12)


@pytest.mark.parametrize(("people", "neighbours"), [(31, 2), (100, 6), (333, 20), (1000, 4)])
def test_other_rings_follow_the_closed_forms(people: int, neighbours: int) -> None:
    ring = lattice(people, neighbours)
    assert path_length(ring) == pytest.approx(lattice_path_length(people, neighbours), rel=1e-12)
    assert clustering(ring) == pytest.approx(lattice_clustering(neighbours), rel=1e-12)


@pytest.mark.parametrize(("rewiring", "path", "clustered"), [(0.01, 0.17, 0.967), (0.1, 0.088, 0.734)])
def test_a_few_bridges_shorten_all_paths_and_leave_the_circles_of_friends(
    rewiring: float, path: float, clustered: float
) -> None:
    assert average("path", rewiring) == pytest.approx(path, abs=0.02)
    assert average("clustering", rewiring) == pytest.approx(clustered, abs=0.02)


def test_with_all_ties_rewired_the_circles_are_gone() -> None:
    assert average("clustering", 1.0, runs=5) < 0.02
    assert average("path", 1.0, runs=5) == pytest.approx(math.log(1000) / math.log(10) / 50.45, abs=0.01)


def test_a_simple_contagion_runs_faster_over_bridges() -> None:
    on_the_ring = contagion(1, 0.0, "one end", runs=3)
    assert {half_time(reached) for reached in on_the_ring} == {63.0}
    for method in METHODS:
        on_bridges = [half_time(reached) for reached in contagion(1, 1.0, method)]
        assert set(on_bridges) <= {3.0, 4.0, 5.0}
        assert np.median(on_bridges) == 4


@pytest.mark.parametrize("method", METHODS)
def test_bridges_stop_a_contagion_that_needs_three_voices(method: str) -> None:
    assert all(np.all(reached >= 0) for reached in contagion(3, 0.0, method, runs=3))
    assert np.mean([np.mean(reached >= 0) for reached in contagion(3, 0.3, method)]) < 0.03


@pytest.mark.parametrize("method", METHODS)
def test_a_contagion_that_needs_two_voices_gains_from_some_bridges_and_loses_from_many(method: str) -> None:
    ring, some = (np.mean([half_time(r) for r in contagion(2, share, method, runs=8)]) for share in (0.0, 0.1))
    assert some < 0.6 * ring
    assert np.mean([np.mean(reached >= 0) for reached in contagion(2, 1.0, method, runs=8)]) < 0.05


@pytest.mark.parametrize("neighbours", [2, 4, 8, 12])
def test_on_a_ring_it_passes_exactly_up_to_half_the_contacts(neighbours: int) -> None:
    ring = lattice(200, neighbours)
    assert np.all(spread(ring, 5, neighbours // 2, 2000) >= 0)
    assert np.sum(spread(ring, 5, neighbours // 2 + 1, 2000) >= 0) == neighbours + 1


def test_swapping_ends_keeps_everybodys_number_of_contacts() -> None:
    params = SmallWorld(people=300, neighbours=6, rewiring=0.7, method="swap ends")
    assert set(degree(small_world(params, rng())).tolist()) == {6}


def test_the_broker_between_two_circles_is_least_constrained() -> None:
    ties = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 6), (6, 3)]
    values = constraint(Network(7, np.array(ties)))
    assert int(np.argmin(values)) == 6
    assert values[6] == pytest.approx(2 * 0.5**2)
    assert values[0] == pytest.approx((1 / 2 + 1 / 6) ** 2 + (1 / 2 + 1 / 4) ** 2)


def test_the_centre_of_a_star_is_free_and_its_ends_are_not() -> None:
    values = constraint(Network(6, np.array([(0, end) for end in range(1, 6)])))
    assert values == pytest.approx([1 / 5, 1, 1, 1, 1, 1])


@given(networks())
def test_distances_agree_with_a_search_from_each_person(network: Network) -> None:
    found = distances_one_by_one(network)
    if found:
        assert path_length(network) == pytest.approx(np.mean(found), rel=1e-12)
    else:
        assert math.isnan(path_length(network))


@given(networks())
def test_clustering_counts_pairs_of_friends_who_are_friends(network: Network) -> None:
    friends = friends_of(network)
    expected = []
    for mine in friends:
        pairs = [(one, other) for one in mine for other in mine if one < other]
        expected.append(sum(other in friends[one] for one, other in pairs) / len(pairs) if pairs else 0.0)
    assert local_clustering(network) == pytest.approx(expected)


@given(networks())
def test_constraint_follows_burts_formula(network: Network) -> None:
    friends = friends_of(network)
    for person, value in enumerate(constraint(network)):
        mine = friends[person]
        if not mine:
            assert math.isnan(value)
            continue
        direct = 1 / len(mine)
        total = sum((direct + sum(direct / len(friends[q]) for q in mine if j in friends[q])) ** 2 for j in mine)
        assert value == pytest.approx(total)


@given(networks(), st.randoms(use_true_random=False))
def test_renumbering_people_changes_no_measure(network: Network, random: object) -> None:
    new = np.random.default_rng(random.randrange(2**32)).permutation(network.people)  # type: ignore[attr-defined]
    other = Network(network.people, new[network.ties])
    assert path_length(other) == pytest.approx(path_length(network), nan_ok=True)
    assert local_clustering(other)[new] == pytest.approx(local_clustering(network))
    assert constraint(other)[new] == pytest.approx(constraint(network), nan_ok=True)
    assert np.array_equal(spread(other, int(new[0]), 2, 50)[new], spread(network, 0, 2, 50))


@settings(max_examples=60)
@given(
    st.integers(1, 40),
    st.integers(0, 25),
    st.floats(0, 1),
    st.sampled_from(METHODS),
    st.integers(1, 20),
    st.integers(0, 30),
    st.integers(0, 2**32),
)
def test_any_allowed_setting_gives_a_proper_network_and_run(
    people: int, half: int, rewiring: float, method: str, threshold: int, rounds: int, seed: int
) -> None:
    neighbours = min(2 * half, (people - 1) // 2 * 2)
    params = SmallWorld(people, neighbours, rewiring, threshold, rounds, method)
    network = small_world(params, rng(seed))
    assert len(network.ties) == people * neighbours // 2
    assert len({frozenset(tie) for tie in network.ties.tolist()}) == len(network.ties)
    assert np.all(network.ties[:, 0] != network.ties[:, 1])
    result = run(params, rng(seed))
    share = result.series["reached"]
    assert np.all(np.diff(share) > 0)
    assert share[0] == pytest.approx(1 / people)
    assert share[-1] <= 1
    assert result.frames["reached"][-1].sum() == round(share[-1] * people)
    assert 0 <= result.summary["clustering"] <= 1


def test_contacts_lists_each_persons_contacts_in_order() -> None:
    start, known = contacts(Network(4, np.array([(0, 2), (3, 0)])))
    assert [known[start[i] : start[i + 1]].tolist() for i in range(4)] == [[2, 3], [], [0], [0]]


def test_one_person_alone_is_reached_at_once() -> None:
    result = run(SmallWorld(people=1, neighbours=0), rng())
    assert result.summary["reached"] == 1
    assert result.summary["half_time"] == 0
    assert math.isnan(result.summary["path_length"])


def test_without_ties_nothing_spreads() -> None:
    result = run(SmallWorld(people=50, neighbours=0), rng())
    assert result.summary["reached"] == pytest.approx(1 / 50)
    assert math.isnan(result.summary["half_time"])


def test_the_same_seed_gives_the_same_run() -> None:
    one, other = run(SmallWorld(rewiring=0.1), rng(4)), run(SmallWorld(rewiring=0.1), rng(4))
    assert one.summary == other.summary
    assert np.array_equal(one.still["ties"], other.still["ties"])


def test_the_largest_run_stays_small_enough_to_travel() -> None:
    assert run(SmallWorld(people=2000, neighbours=2, rewiring=0.0), rng()).frame_bytes <= 2_000_000
    assert run(SmallWorld(people=2000, neighbours=50, rewiring=0.5), rng()).frame_bytes <= 2_000_000


def test_nobody_at_all_is_a_network_too() -> None:
    empty = Network(0, np.empty((0, 2), dtype=np.intp))
    assert math.isnan(path_length(empty))
    assert math.isnan(clustering(empty))
    assert len(constraint(empty)) == 0


def test_the_trace_tells_the_end_of_time_from_the_end_of_the_spreading() -> None:
    assert run(SmallWorld(rounds=3), rng()).trace[-1] == "There time is up; it would go on."
    stuck = run(SmallWorld(people=10, neighbours=0), rng()).trace
    assert stuck[-1] == "There it stops: the others know nobody who does it."
    assert not any("bridge" in sentence for sentence in stuck)
    assert run(SmallWorld(people=1, neighbours=0), rng()).trace == ("One person, who knows nobody.",)
    unbridged = run(SmallWorld(people=50, rewiring=0), rng()).trace
    assert unbridged[1] == "0 of the 250 ties are bridges."
    assert unbridged[-1] == "Round 5: 100% reached."


def test_the_trace_says_where_it_stops() -> None:
    trace = run(SmallWorld(neighbours=8, rewiring=0.5, threshold=4), rng()).trace
    assert trace[0] == "1000 people on a ring know 8 others each."
    assert trace[1].endswith(" of the 4000 ties are bridges.")
    assert trace[-1] == "There it stops: nobody else sees it in as many as 4 contacts."


def test_all_distances_among_a_thousand_people_take_a_blink() -> None:
    ring = lattice(1000, 10)
    took = []
    for _ in range(3):
        begin = time.process_time()
        path_length(ring)
        took.append(time.process_time() - begin)
    assert min(took) < 0.2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"people": 0}, r"SmallWorld\.people = 0: must lie from 1 to 2000"),
        ({"rewiring": 1.5}, r"SmallWorld\.rewiring = 1\.5: must lie from 0 to 1"),
        ({"neighbours": 5}, r"SmallWorld\.neighbours = 5: must be an even number below people, from 0 to 998"),
        ({"people": 10, "neighbours": 10}, r"SmallWorld\.neighbours = 10: .* from 0 to 8"),
        ({"method": "both"}, r"SmallWorld\.method = 'both': must be one of one end, swap ends"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_range(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        SmallWorld(**wrong)  # type: ignore[arg-type]


def test_who_is_missed_is_who_alone_ties_others_together() -> None:
    star = Network(5, np.array([[0, 1], [0, 2], [0, 3], [3, 4]]))
    assert missed(star).tolist() == [5, 0, 0, 3, 0]  # 1-2, 1-34, 2-34; and 4 from 0, 1, 2
    assert missed_most(star) == 0
    ring = lattice(6, 2)
    assert missed(ring).tolist() == [0] * 6
    assert missed_most(ring) == 0  # of several the first
    tail = Network(6, np.concatenate([ring.ties, [[2, 4]]]))
    assert missed_most(tail) == 2  # nobody is needed: the one with most contacts
    assert missed(Network(3, np.empty((0, 2), dtype=np.intp))).tolist() == [0, 0, 0]


def test_two_who_begin_wake_a_circle_and_one_bridge_carries_only_what_one_voice_is_enough_for() -> None:
    """Ours: several begin at once, and the threshold rules from the first round on."""
    circle = [(a, b) for a in range(4) for b in range(a)] + [(a, b) for a in range(4, 8) for b in range(4, a)]
    network = Network(8, np.array([*circle, (3, 4)]))
    assert together(network, (0, 1), 2)[-1].tolist() == [True] * 4 + [False] * 4
    assert together(network, (0, 1), 1).sum(axis=1).tolist() == [2, 4, 5, 8]
    wide = Network(8, np.array([*circle, (3, 4), (2, 4), (2, 5)]))
    assert together(wide, (0, 1), 2)[-1].all()
    assert together(wide, (6, 7), 2)[-1].all()
