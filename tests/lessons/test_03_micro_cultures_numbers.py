"""Lesson 03: every number that it states about the floor, with its setting, floors and error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import Claim, ends, said

from choreo.models.culture import Culture, run, shared, ties

LESSON, FLOOR = "03-micro-cultures", "micro-cultures"
TOPICS = (2, 3, 5, 8, 10, 12)


def floor(features: int, traits: int = 10, **more: Any) -> dict[str, Any]:
    return {"features": features, "traits": traits, "neighbours": "4", "size": 8, **more}


CLAIMS = [
    Claim("With two topics, forty cultures were left", 40, "regions", floor(2), half=0.5),
    Claim("With five, it was five", 5, "regions", floor(5), half=0.5),
    Claim("With twelve, just one", 1, "regions", floor(12), half=0.1),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.sentence)
def test_a_number_of_the_lesson_is_what_the_floor_does(claim: Claim) -> None:
    claim.check(LESSON, FLOOR)


def test_more_topics_in_common_unites_and_more_ways_to_differ_divides() -> None:
    assert "More topics in common unites; more ways to differ divides" in said(LESSON)
    by_topics = [ends(FLOOR, 60, **floor(topics))["regions"].mean() for topics in TOPICS]
    assert by_topics == sorted(by_topics, reverse=True)
    by_ways = [ends(FLOOR, 60, **floor(5, ways))["regions"].mean() for ways in (3, 10, 20)]
    assert by_ways == sorted(by_ways)


def test_each_topic_is_one_more_door() -> None:
    assert "two neighbours share something one time in five. With ten topics, it is two times in three" in said(LESSON)
    assert abs((1 - 0.9**2) - 1 / 5) < 0.02  # exact: one less the chance that all topics differ
    assert abs((1 - 0.9**10) - 2 / 3) < 0.02


def test_most_solid_walls_melt_and_some_are_built_by_agreement_next_door() -> None:
    assert "Eight of ten solid walls melt, and never by the two beside them" in said(LESSON)
    assert "Of the walls that stand at the end, nearly one in five is new" in said(LESSON)
    params = Culture(features=5, traits=10, rows=8, columns=8)
    tie, melted, new, left = ties(params), [], 0, 0
    for seed in range(100):
        traits = run(params, np.random.default_rng(seed)).frames["traits"]
        first, last = (shared(traits[at], tie) == 0 for at in (0, -1))
        melted.append(np.mean(~last[first]))
        new, left = new + np.count_nonzero(last & ~first), left + np.count_nonzero(last)
    assert abs(np.mean(melted) - 0.8) <= 0.05
    assert abs(new / left - 0.18) <= 0.03  # some 1,600 walls: one standard error is .01, walls of a floor hang together
    alone = Culture(features=2, traits=200, rows=1, columns=2)
    assert run(alone, np.random.default_rng(1)).summary["changes"] == 0  # two who share nothing


def test_a_united_floor_has_one_way_left_for_each_topic() -> None:
    assert "Where the floor has become one, one way of ten is left for each topic" in said(LESSON)
    params = Culture(features=10, traits=10, rows=8, columns=8)
    runs = [run(params, np.random.default_rng(seed)) for seed in range(5)]
    united = next(found.frames["traits"] for found in runs if found.summary["regions"] == 1)
    assert all(len(np.unique(united[0][:, topic])) == 10 for topic in range(10))
    assert all(len(np.unique(united[-1][:, topic])) == 1 for topic in range(10))


def test_a_bigger_house_ends_with_fewer_cultures_where_there_are_ten_ways() -> None:
    assert "small houses ended with more cultures than large ones when there were ten ways" in said(LESSON)
    small, large = (ends(FLOOR, 60, **floor(5, size=size))["regions"] for size in (6, 12))
    error = np.hypot(small.std(), large.std()) / np.sqrt(60)
    assert small.mean() - large.mean() > 3 * error


def test_twice_the_topics_and_twice_the_ways_change_little() -> None:
    assert "Ten topics and twenty ways against five and ten. Why is there so little between them?" in said(LESSON)
    once, twice = (ends(FLOOR, 60, **one)["regions"].mean() for one in (floor(5), floor(10, 20)))
    assert abs(once - twice) < 2
