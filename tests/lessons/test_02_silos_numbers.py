"""Lesson 02: every number that it states about the four departments, with its setting, problems and error."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import Claim, ends, said

from choreo.explorables.finder import explorable
from choreo.explorables.silos import DEPARTMENTS, LEAVES
from choreo.models.network_search import race, run
from choreo.models.small_world import Network, missed, path_length

LESSON, SILOS = "02-silos", "silos"
ROW = [[0, 9], [11, 17], [19, 25]]
RING = [*ROW, [3, 27]]
ONE_HOLDS_TWO = [[0, 9], [9, 17], [19, 25], [3, 27]]
PROBLEMS = 400
NETWORKS = {
    "none": DEPARTMENTS.joined(),
    "three": DEPARTMENTS.joined(np.array(ROW)),
    "all": DEPARTMENTS.everyone(),
}


def search(**more: Any) -> Any:
    found = explorable(SILOS)
    return found.params({**found.start, **more})


@cache
def raced(tangle: int = 5, problems: int = PROBLEMS) -> dict[str, np.ndarray]:
    """The mean score after each round on each problem, shape (rounds + 1, problems), by network."""
    found = race(search(interactions=tangle), list(NETWORKS.values()), range(problems))
    return {name: found[:, at] for at, name in enumerate(NETWORKS)}


def different(network: str, problems: int = 100) -> np.ndarray:
    """How many different answers there are after each round, shape (problems, rounds + 1)."""
    return np.array(
        [run(search(), np.random.default_rng(seed), NETWORKS[network]).series["solutions"] for seed in range(problems)]
    )


CLAIMS = [
    Claim("With no bridge at all, Marta's people end at 51 on average", 0.51, "score", {}, PROBLEMS),
    Claim("Then the best one crossed, and it ended at 66", 0.66, "score", {"bridges": ROW}, PROBLEMS),
    Claim("And with no bridge? 51 on average", 0.51, "score", {}, PROBLEMS),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.sentence)
def test_a_number_of_the_lesson_is_what_the_departments_do(claim: Claim) -> None:
    claim.check(LESSON, SILOS)


def test_a_few_bridges_beat_a_bridge_for_everybody() -> None:
    assert "A few bridges beat a bridge for everybody" in said(LESSON)
    end = {name: found[-1] for name, found in raced().items()}
    assert "They ended at 55 points" in said(LESSON)
    assert abs(end["all"].mean() - 0.55) <= 0.005 + 2 * end["all"].std() / np.sqrt(PROBLEMS)
    lead = end["three"] - end["all"]
    assert lead.mean() > 5 * lead.std() / np.sqrt(PROBLEMS)
    assert end["three"].mean() > end["all"].mean() > end["none"].mean()


def test_all_tied_to_all_lead_for_six_rounds() -> None:
    assert "they did lead, for six rounds" in said(LESSON)
    three, everyone = (raced()[name].mean(axis=1) for name in ("three", "all"))
    assert np.all(everyone[1:7] > three[1:7])
    assert np.all(everyone[7:] < three[7:])


def test_of_ten_problems_on_average_all_lead_in_round_three_and_three_bridges_at_the_end() -> None:
    """So the race that a learner sees shows what the guide asks for."""
    three, everyone, none = (
        raced()[name].reshape(-1, PROBLEMS // 10, 10).mean(axis=2) for name in ("three", "all", "none")
    )
    assert np.mean(everyone[3] > three[3]) >= 0.95
    assert np.mean(three[-1] > everyone[-1]) >= 0.95
    assert np.mean(three[-1] > none[-1]) >= 0.95


def test_in_a_hundred_problems_three_bridges_are_seldom_behind() -> None:
    assert "three bridges did better in 39, the same in 58, and worse in 3" in said(LESSON)
    lead = raced()["three"][-1] - raced()["all"][-1]
    for share, stated in ((lead > 0.005, 0.39), (abs(lead) <= 0.005, 0.58), (lead < -0.005, 0.03)):
        error = np.sqrt(stated * (1 - stated) / PROBLEMS)
        assert abs(np.mean(share) - stated) <= 0.005 + 2 * error


def test_after_one_round_all_tied_to_all_have_one_answer_and_three_bridges_keep_three_after_five() -> None:
    assert "after the very first round, nearly all thirty-two had the same answer" in said(LESSON)
    first = [run(search(), np.random.default_rng(seed), NETWORKS["all"]).frames["solution"][1] for seed in range(100)]
    assert np.mean([np.bincount(np.unique(one, return_inverse=True)[1]).max() for one in first]) > 31
    assert "After five rounds, three different answers were still alive" in said(LESSON)
    assert round(float(different("three")[:, 5].mean())) == 3
    assert different("all")[:, 5].mean() < 1.5


def test_without_a_bridge_the_best_answer_of_all_is_found_and_kept_in_one_department() -> None:
    assert "the best answer of all was found: 76 points, as a rule in one department" in said(LESSON)
    runs = {
        name: [run(search(), np.random.default_rng(seed), network) for seed in range(200)]
        for name, network in NETWORKS.items()
    }
    best = {name: np.array([one.summary["best"] for one in found]) for name, found in runs.items()}
    assert abs(best["none"].mean() - 0.76) <= 0.005 + 2 * best["none"].std() / np.sqrt(200)
    assert best["none"].mean() > best["three"].mean() > best["all"].mean()
    shared = [one.summary["shared"] for one in runs["none"]]
    assert np.mean([share <= 0.25 for share in shared]) > 0.8  # mostly one department of four has it


def test_on_an_easy_problem_all_tied_to_all_are_first_and_lose_nothing() -> None:
    assert "on an easy problem all with all got there first, and lost nothing by it" in said(LESSON)
    easy = {name: found.mean(axis=1) for name, found in raced(0, 100).items()}
    assert all(found[-1] > 0.999 for found in easy.values())
    there = {name: int(np.argmax(found > 0.99)) for name, found in easy.items()}
    assert there["all"] < there["three"] < there["none"]


def test_a_ring_held_by_eight_people_needs_nobody_and_one_who_holds_two_is_missed() -> None:
    assert "Four bridges in a circle, held by eight people, needed nobody" in said(LESSON)
    assert missed(DEPARTMENTS.joined(np.array(RING))).max() == 0
    held = ends(SILOS, 100, bridges=RING, leaves="missed")["shared"]
    assert np.all(held == 1)
    assert "The same circle with one person holding two lasted in one problem of five" in said(LESSON)
    two = ends(SILOS, 200, bridges=ONE_HOLDS_TWO, leaves="missed")["shared"] == 1
    assert abs(two.mean() - 0.2) <= 0.06
    assert f"After round {LEAVES}, whoever is missed most leaves" in said(LESSON)


def test_whoever_holds_all_bridges_is_the_quickest_way() -> None:
    assert "Whoever holds all bridges is the quickest way, and the only one" in said(LESSON)
    hub, row = (path_length(DEPARTMENTS.joined(np.array(one))) for one in ([[0, 8], [0, 16], [0, 24]], ROW))
    assert hub < row


def test_more_bridges_than_a_few_help_less_and_less() -> None:
    """What the second invitation of the sandbox leads to."""
    assert "Go from four bridges to twenty-four. Where does the next one stop helping?" in said(LESSON)
    one, other = DEPARTMENTS.of[DEPARTMENTS.pairs].T
    across = np.random.default_rng(0).permutation(DEPARTMENTS.pairs[one != other])
    networks: list[Network] = [DEPARTMENTS.joined(np.array(RING)), DEPARTMENTS.joined(across[:24])]
    four, many = race(search(), networks, range(PROBLEMS))[-1].mean(axis=1)
    assert four > many + 0.03


def test_the_prediction_s_numbers_are_those_of_the_departments() -> None:
    assert "everybody sees everybody, 384 bridges" in said(LESSON)
    assert len(DEPARTMENTS.pairs) - len(DEPARTMENTS.within) == 384
    lead = ends(SILOS, 40, bridges=ROW)["lead"]
    assert lead.mean() > 3 + 2 * lead.std() / np.sqrt(40)  # the option that is right stays right
