"""Goals reached in an explorable."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.grading.samples import ANSWERS, sample

from choreo.grading.verdict import AnswerError

REACHED = ANSWERS["together"]


def test_a_goal_that_is_reached_earns_all() -> None:
    assert sample("together").grade(REACHED).score == 1
    assert sample("together").entry_kind == "goal"


@pytest.mark.parametrize(
    "change",
    [
        {"reached": False},
        {"order": 0.84},
        {"order": float("nan")},
        {"settings": {"far": 41}},
        {"settings": {"far": float("nan")}},
        {"settings": {"people": 20}},
        {"settings": {"coupling": [4]}},
    ],
)
def test_what_falls_short_or_takes_too_much_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample("together").grade({**REACHED, **change})


def test_the_setting_that_wins_is_not_shown() -> None:
    assert "39.5" not in str(sample("together").face())


def test_a_winning_setting_beyond_the_means_is_a_fault() -> None:
    with pytest.raises(ValidationError, match="exceeds the most allowed"):
        sample("together", winning={"far": 41})
