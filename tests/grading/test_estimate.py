"""Estimating a number by a range, and how well calibrated somebody is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.grading.estimate import at_most, interval_score, record
from choreo.grading.verdict import AnswerError

ends = st.integers(0, 60)


def earned(low: float, high: float) -> float:
    score = sample("pickups").grade({"low": low, "guess": low, "high": high}).score
    assert score is not None
    return score


def test_the_interval_score_is_the_one_of_gneiting_and_raftery() -> None:
    assert interval_score(10, 30, 20, 80) == 20
    assert interval_score(22, 30, 20, 80) == pytest.approx(8 + 2 / 0.2 * 2)
    assert interval_score(10, 15, 20, 90) == pytest.approx(5 + 2 / 0.1 * 5)


def test_a_narrow_range_that_holds_the_truth_earns_all_and_the_whole_scale_nothing() -> None:
    assert earned(17, 23) == 1
    assert earned(0, 60) == 0
    assert earned(10, 30) == pytest.approx((60 - 20) / (60 - 6))
    assert earned(0, 5) == 0


@given(ends, ends)
def test_a_wider_range_earns_less_unless_it_reaches_the_truth(one: int, other: int) -> None:
    low, high = sorted((one, other))
    if low <= 19.5 <= high and low > 0:
        assert earned(low - 1, high) <= earned(low, high)
    if high < 19.5:
        assert earned(low, high + 1) >= earned(low, high)


def test_on_average_nobody_does_better_than_by_saying_what_they_know() -> None:
    numbers = range(101)  # whoever believes that each is as likely as any other

    def average(low: int, high: int) -> float:
        return sum(interval_score(low, high, number, 80) for number in numbers) / len(numbers)

    best = min(((low, high) for low in range(0, 51) for high in range(50, 101)), key=lambda ends: average(*ends))
    assert best == (10, 90)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (10, 30, "inside your range"),
        (0, 58, "it says little"),
        (18, 21, "right to trust yourself"),
        (20, 40, "0.5 below your range"),
        (2, 4, "a wider one would say better"),
    ],
)
def test_the_feedback_says_whether_the_truth_was_inside_and_how_wide_the_range_was(
    low: float, high: float, words: str
) -> None:
    assert words in sample("pickups").grade({"low": low, "guess": low, "high": high}).feedback


@pytest.mark.parametrize(
    "change", [{"low": 31}, {"guess": 5}, {"high": 61}, {"low": -1}, {"low": float("nan")}, {"guess": "18"}]
)
def test_what_is_no_range_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample("pickups").grade({"low": 10, "guess": 18, "high": 30, **change})


def test_what_is_kept_says_whether_the_truth_was_caught_and_can_be_graded_again() -> None:
    exercise = sample("pickups")
    kept = exercise.kept({"low": 20, "guess": 20, "high": 30})
    assert kept == {"low": 20, "guess": 20, "high": 30, "level": 80, "caught": False}
    assert exercise.grade(kept) == exercise.grade({"low": 20, "guess": 20, "high": 30})


def answers(*caught: bool, level: int = 80) -> list[tuple[str, dict[str, Any]]]:
    return [(f"item-{at}", {"caught": one, "level": level}) for at, one in enumerate(caught)]


def test_only_first_answers_of_the_same_level_are_looked_back_at() -> None:
    exercise = sample("pickups")
    assert exercise.look_back(answers(True)) is None
    said = exercise.look_back(
        [
            *answers(True, False),
            *answers(True, True),  # the same two questions once more
            ("item-1", {"caught": True, "level": 80, "variant": 1}),
            ("item-9", {"caught": True, "level": 90}),
            ("choice", {"chosen": ["level"]}),
        ]
    )
    assert said is not None
    assert said.startswith("Your 80 % ranges caught the truth 2 times of 3.")


@pytest.mark.parametrize(
    ("caught", "total", "words"),
    [
        (3, 7, "caught the truth 3 times of 7. That is rarer than you said"),
        (5, 7, "goes together with being 80 % sure"),
        (12, 12, "dare narrower ones"),
        (2, 2, "goes together"),
    ],
)
def test_a_record_is_judged_only_when_it_is_unlikely(caught: int, total: int, words: str) -> None:
    assert words in record(caught, total, 80)


def test_chances_add_up() -> None:
    assert at_most(7, 7, 0.8) == pytest.approx(1)
    assert at_most(3, 7, 0.8) == pytest.approx(0.0333, abs=0.0001)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": 60}, "must be less than high"),
        ({"truth": 61}, "outside the scale"),
        ({"good": 60}, "as wide as the whole scale"),
        ({"sources": []}, "at least 1 item"),
        ({"level": 100}, "less than or equal to 99"),
    ],
)
def test_a_scale_without_room_and_a_number_without_a_source_are_faults(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        sample("pickups", **changes)
