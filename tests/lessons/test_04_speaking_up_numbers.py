"""Lesson 04: every number that it states about the two halls, with its setting, halls and error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import Claim, ends, said

from choreo.bank.loader import load_exercise
from choreo.explorables.finder import explorable
from choreo.models.thresholds import needs

LESSON, HALL, RULE = "04-speaking-up", "hall", "unwanted-rule"
LADDER = {"crowd": "ladder", "first_voices": 0}
TEN = {"believers": 10, "cost": 1, "when": "early"}
EXERCISES = Path(__file__).parents[2] / "exercises" / LESSON
TOP = {"mean": 0.25, "deviation": 0.1, "first_voices": 8}  # the hall at the top of the page
HALLS = 1000


def full(halls: int = HALLS, **settings: Any) -> float:
    """The share of halls in which at least ninety speak."""
    return float(np.mean(ends(HALL, halls, **settings)["acting"] >= 90))


def close(share: float, stated: float, halls: int = HALLS) -> None:
    assert abs(share - stated) <= 0.005 + 2 * np.sqrt(stated * (1 - stated) / halls), share


CLAIMS = [
    (HALL, Claim("When they needed 40 others, 4 spoke", 4, "acting",
                 {"mean": 0.4, "deviation": 0.2, "first_voices": 0}, HALLS, 0.5)),
    (HALL, Claim("When they needed 25, all did", 100, "acting",
                 {"mean": 0.25, "deviation": 0.2, "first_voices": 0}, HALLS, 0.5)),
    (RULE, Claim("99 in 100 of the doubters kept quiet", 0.99, "compliance", TEN, 400)),
    (RULE, Claim("Twice the price from the start, and only 24 in 100 kept quiet", 0.24, "compliance",
                 {**TEN, "cost": 2}, 400)),
    (RULE, Claim("once the rule stood, twice the price did next to nothing: 97", 0.97, "compliance",
                 {**TEN, "cost": 2, "when": "late"}, 400)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "claim"), CLAIMS, ids=[claim.sentence for _, claim in CLAIMS])
def test_a_number_of_the_lesson_is_what_the_halls_do(name: str, claim: Claim) -> None:
    claim.check(LESSON, name)


def test_replace_one_person_and_a_hundred_voices_become_one() -> None:
    assert "Replace one person, and a hundred voices become one" in said(LESSON)
    assert ends(HALL, 1, **LADDER, replaced=[])["acting"] == 100
    assert ends(HALL, 1, **LADDER, replaced=[1])["acting"] == 1
    whole, broken = (
        needs(explorable(HALL).params({**explorable(HALL).start, **LADDER, "replaced": out}), np.random.default_rng(0))
        for out in ([], [1])
    )
    assert "Ninety-nine of the hundred people were the same" in said(LESSON)
    assert np.count_nonzero(whole[0] == broken[0]) == 99


@pytest.mark.parametrize("seat", [0, 1, 14, 50, 98, 99])
def test_whoever_is_replaced_the_ladder_ends_at_the_missing_step(seat: int) -> None:
    assert ends(HALL, 1, **LADDER, replaced=[seat])["acting"] == (seat if seat < 99 else 99)


def test_the_boldest_voice_closes_no_gap_and_anybody_elses_does() -> None:
    """What the guide of the two halls shows, in nearly every hall that a learner can meet."""
    one = {**LADDER, "replaced": [1], "first_voices": 1}
    assert np.all(ends(HALL, 200, **one, who="boldest")["acting"] == 1)
    assert np.mean(ends(HALL, 200, **one, who="anyone")["acting"] == 100) >= 0.95


def test_eight_of_the_boldest_fill_few_halls_and_eight_by_lot_most() -> None:
    assert (
        "In 2 of a hundred such halls, eight of the boldest brought ninety to speak. Eight drawn by lot did it in 88"
        in said(LESSON)
    )
    close(full(**TOP, who="boldest"), 0.02)
    close(full(**TOP, who="anyone"), 0.88)


def test_what_the_eight_go_ahead_of() -> None:
    assert "The eight boldest go ahead of 60 voices that they would have waited for" in said(LESSON)
    assert "the eight most hesitant of 350" in said(LESSON)
    for who, stated in (("boldest", 60), ("most hesitant", 350)):
        waited = []
        for seed in range(HALLS):
            needed, order = needs(
                explorable(HALL).params({**explorable(HALL).start, **TOP, "who": who}), np.random.default_rng(seed)
            )
            waited.append(np.ceil(needed[order[:8]]).clip(0).sum())
        assert abs(np.mean(waited) - stated) <= 0.5 + 2 * np.std(waited) / np.sqrt(HALLS)


def test_a_few_of_the_most_hesitant_do_what_eight_of_the_boldest_do_not() -> None:
    """What the first invitation of the sandbox leads to."""
    settings = {"mean": 0.4, "deviation": 0.34}
    assert full(400, **settings, first_voices=4, who="most hesitant") >= 0.9
    assert full(400, **settings, first_voices=8, who="boldest") < 0.8


def test_a_hall_of_people_who_are_all_alike_tips_between_30_and_40_first_voices() -> None:
    alike = {"mean": 0.4, "deviation": 0.02}
    assert ends(HALL, 100, **alike, first_voices=30)["acting"].max() < 40
    assert ends(HALL, 100, **alike, first_voices=40)["acting"].min() == 100


@cache
def late(times: int) -> np.ndarray:
    return ends(RULE, 400, **{**TEN, "cost": times, "when": "late"})["compliance"]


def test_it_is_cheaper_to_keep_a_silence_from_coming_than_to_be_rid_of_it() -> None:
    assert "It is cheaper to keep a silence from coming than to be rid of it" in said(LESSON)
    early = ends(RULE, 400, **{**TEN, "cost": 2})["compliance"]
    assert early.mean() < 0.3 < 0.9 < late(2).mean()
    assert "It took four times the price" in said(LESSON)
    assert late(3).mean() > 0.5 > 0.35 > np.quantile(late(4), 0.99)


def test_the_guide_of_the_rule_can_be_followed_in_nearly_every_hall() -> None:
    assert np.mean(ends(RULE, 400, **{**TEN, "cost": 2})["compliance"] <= 0.45) >= 0.95
    assert np.mean(late(4) <= 0.35) >= 0.95


def test_with_five_believers_luck_decides() -> None:
    assert "With five believers, luck decides: the rule came up in 70 halls of 100" in said(LESSON)
    came = ends(RULE, 400, **{**TEN, "believers": 5})["compliance"] >= 0.9
    close(float(np.mean(came)), 0.7, 400)


def test_the_one_who_scolds_is_told_the_numbers_of_this_hall() -> None:
    assert "In our hall, ten believers in a hundred were enough to keep nearly all others quiet" in said(LESSON)


def test_nothing_that_is_written_here_is_shown_to_others_and_each_field_says_who_can_read_it() -> None:
    for name in ("any-questions", "second-voice", "safe-to-say-here"):
        assert "whoever" in load_exercise(EXERCISES / f"{name}.yaml").prompt.lower()
    assert not any(load_exercise(path).social for path in EXERCISES.glob("*.yaml"))
