"""Lesson 00: every number that it states about forty people and one voice, with its setting, crowds and error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import ROOT, ends, said

from choreo.bank.loader import load_exercise
from choreo.explorables.finder import explorable
from choreo.explorables.outcome import outcomes
from choreo.grading.predict import Predict
from choreo.models.one_voice import OneVoice, drawn, followers, integrate

LESSON, PLAZA = "00-welcome", "tap-along"
CROWDS, ALL = 200, 40


def stay(crowds: int = CROWDS, **settings: Any) -> np.ndarray:
    """How many stay with you, crowd by crowd."""
    return ends(PLAZA, crowds, **{"hears": "neighbours", "ahead": 2, **settings})["followers"]


def share(crowds: int = CROWDS, **settings: Any) -> float:
    """In which share of the crowds all forty do."""
    return float(np.mean(stay(crowds, **settings) == ALL))


def share_of(people: Iterable[int], crowds: int) -> float:
    """The same where exactly these people hear you."""
    found = explorable(PLAZA)
    params = found.params({**found.start, "hearers": 0})
    assert isinstance(params, OneVoice)
    own, start = (
        np.stack(part)
        for part in zip(*(drawn(params, np.random.default_rng(seed))[:2] for seed in range(crowds)), strict=True)
    )
    hears_you = np.zeros_like(own)
    hears_you[:, list(people)] = 1
    return float(np.mean(followers(integrate(params, own, start, hears_you)[1]) == ALL))


def test_you_are_one_voice_among_many_and_it_is_enough_when_enough_of_them_hear_one_another() -> None:
    assert "You are one voice among many, and it is enough when enough of them hear one another." in said(LESSON)
    assert "Here fourteen of forty were enough, in nineteen of twenty crowds" in said(LESSON)
    assert abs(share(hearers=14) - 0.95) <= 2 * np.sqrt(0.95 * 0.05 / CROWDS)
    assert share(hearers=12) < 0.9
    assert share(hearers=14, hears="nobody") == 0  # the same fourteen, of people who hear nobody else


def test_when_all_hear_all_not_one_stays_with_you() -> None:
    assert "In two hundred crowds, not one person stayed with her. They clapped as one" in said(LESSON)
    assert stay(hearers=ALL, hears="everyone").max() == 0
    assert ends(PLAZA, CROWDS, hearers=ALL, hears="everyone", ahead=2)["order"].min() > 0.99


@pytest.mark.parametrize(
    ("row", "hears", "enough"),
    [("nobody | all 40", "nobody", 40), ("next to them | 14", "neighbours", 14), ("a dozen | 22", "a dozen", 22)],
)
def test_the_table_names_the_fewest_that_hold_in_nine_of_ten(row: str, hears: str, enough: int) -> None:
    assert row in said(LESSON)
    assert share(hears=hears, hearers=enough) >= 0.9
    assert share(hears=hears, hearers=enough - 1) < 0.9


def test_a_beat_further_off_must_be_heard_by_more() -> None:
    assert "Clap five a minute faster than they would, and thirty must hear you" in said(LESSON)
    assert share(100, ahead=5, hearers=30) >= 0.9 > share(100, ahead=5, hearers=28)
    assert "one clap a minute faster took eight people, and five took thirty" in said(LESSON)
    assert share(100, ahead=1, hearers=8) >= 0.9 > share(100, ahead=1, hearers=6)
    assert share(100, ahead=0, hearers=3) >= 0.9  # what the first invitation of the sandbox leads to


def test_a_block_in_one_corner_carries_nobody() -> None:
    assert "fourteen in one corner carried all forty in none of a hundred crowds" in said(LESSON)
    corner = [8 * row + column for row in range(5) for column in range(3)][:14]
    assert share_of(corner, 100) == 0
    assert "fourteen who stood here and there carried all forty in nineteen of twenty crowds" in said(LESSON)
    every_third = [8 * row + column for row in range(5) for column in range(8) if (column + row % 2) % 3 == 0]
    assert len(every_third) <= 14
    assert share_of(every_third, 100) >= 0.9


def test_who_is_heard_by_all_carries_any_crowd_of_the_taste() -> None:
    assert share(hearers=ALL) == 1
    assert share(100, hearers=ALL, ahead=5) == 1  # also a hand that drifts


@pytest.mark.parametrize("answer", [{"number": 40}, {"number": 14}, {"number": 3}, {"declined": True}])
def test_whatever_was_said_the_comparison_finds_about_fourteen(answer: dict[str, Any]) -> None:
    prediction = load_exercise(ROOT / f"exercises/{LESSON}/how-many-must-hear-you.yaml")
    assert isinstance(prediction, Predict)
    last = [found.sentence for found in outcomes(prediction, answer)][-1]
    told = "It takes about what you said." if answer.get("number") == 14 else "about 14 people"
    assert told.lower() in last.lower()
    assert ("You" in last or "your" in last) == ("number" in answer)


def test_whoever_cannot_see_the_plaza_is_told_of_it() -> None:
    found = explorable(PLAZA)
    run = found.run(found.params({**found.start, "hearers": 14}), 0)
    assert run.trace[0] == "14 of 40 hear you."
    assert run.trace[-1] == "Through the last third 40 of 40 stay with you."
