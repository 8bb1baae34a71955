"""Lesson 09: every number that it states about the plaza, with its setting, crowds and error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import Claim, ends, said

from choreo.models.kuramoto import Kuramoto, far_ties, first_phases, run, tempos

LESSON, PLAZA = "09-choreography", "choreography"
FORTY: dict[str, Any] = {"network": "far listeners", "coupling": 4.0, "far": 40}
ALONE: dict[str, Any] = {"network": "neighbours", "coupling": 4.0}
EVERYONE: dict[str, Any] = {"network": "everyone"}

CLAIMS = [
    Claim("a hundred such crowds came to 57% on average", 0.57, "order", ALONE),
    Claim("Two places away they did not: 57% with them, 57% without", 0.57, "order", {**FORTY, "reach": 2}),
    Claim("Without those forty it was 57% on average", 0.57, "order", ALONE),
    Claim("neighbours agreed in every crowd, to 96% on average", 0.96, "neighbour_order", ALONE),
    Claim("the plaza falls back to 69%", 0.69, "order", {**FORTY, "reach": 24}),
    Claim("took 96% down to 72%", 0.96, "order", {**EVERYONE, "coupling": 2.0, "diversity": 0.5}, 20),
    Claim("took 96% down to 72%", 0.72, "order", {**EVERYONE, "coupling": 2.0, "diversity": 1.0}, 20),
    Claim("With neighbours alone, 30 people came to 91% and 300 to 50%", 0.91, "order", {**ALONE, "people": 30}, 60),
    Claim(
        "With neighbours alone, 30 people came to 91% and 300 to 50%", 0.50, "order", {**ALONE, "people": 300}, 60, 0.01
    ),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.sentence[:30]} {claim.states}")
def test_a_number_of_the_lesson_is_what_the_plaza_does(claim: Claim) -> None:
    claim.check(LESSON, PLAZA)


def test_neighbours_who_agree_are_not_a_whole_that_agrees_and_a_few_who_listen_far_make_it_one() -> None:
    alone, near, far = (ends(PLAZA, 100, **one) for one in (ALONE, {**FORTY, "reach": 2}, {**FORTY, "reach": 12}))
    gain = near["order"] - alone["order"]
    assert abs(gain.mean()) < 0.04 + 2 * gain.std() / 10  # forty more ties, and next to nothing
    assert "Now the same forty took the plaza past 90%" in said(LESSON)
    assert far["order"].mean() > 0.9
    assert "neighbours agreed in every crowd" in said(LESSON)
    assert alone["neighbour_order"].min() > 0.89


def test_the_best_and_the_worst_crowd_are_told_as_they_were() -> None:
    assert "The best reached 94%, the worst 5%" in said(LESSON)
    order = ends(PLAZA, 100, **ALONE)["order"]
    assert (round(100 * order.max()), round(100 * order.min())) == (94, 5)


def test_at_the_far_end_of_the_slider_forty_people_hear_about_nine() -> None:
    assert "At 24 places all forty hear the same nine people or so in the corners" in said(LESSON)
    heard = []
    for seed in range(50):
        rng, params = np.random.default_rng(seed), Kuramoto(network="far listeners", far=40, reach=24)
        tempos(params, rng)  # drawn in this order, see the model
        first_phases(params, rng)
        listened = far_ties(params, rng)[1]
        heard.append(len(np.unique(listened)))
    assert abs(np.mean(heard) - 9) < 0.5


def test_the_conductor_is_missed_only_where_people_hardly_listen() -> None:
    assert "While people hardly listened, the conductor did far better" in said(LESSON)
    weak = [ends(PLAZA, 10, network=network, coupling=0.5)["order"].mean() for network in ("conductor", "everyone")]
    strong = [ends(PLAZA, 10, network=network, coupling=2.0)["order"].mean() for network in ("conductor", "everyone")]
    assert weak[0] > weak[1] + 0.4
    assert abs(strong[0] - strong[1]) < 0.01


def test_number_matters_only_where_nobody_hears_the_whole() -> None:
    assert "more people made no difference" in said(LESSON)
    few, many = (ends(PLAZA, 10, **EVERYONE, coupling=2.0, people=people)["order"].mean() for people in (30, 300))
    assert abs(few - many) < 0.01


def test_below_the_threshold_time_alone_brings_nobody_together() -> None:
    assert "A plaza that listens at 0.5 stays apart however long you watch" in said(LESSON)
    late = run(Kuramoto(network="everyone", coupling=0.5, seconds=600), np.random.default_rng(0))
    assert late.summary["order"] < 0.25


def test_more_difference_is_hardly_noticed_until_almost_everything_goes() -> None:
    assert "you hardly notice more diversity, until you cross it" in said(LESSON)
    ended = [ends(PLAZA, 10, **EVERYONE, coupling=2.0, diversity=one)["order"].mean() for one in (0.3, 0.6, 1.5)]
    assert ended[0] - ended[1] < 0.06
    assert ended[2] < 0.15
