"""Predictions: kept as they were made, not scored."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.grading.samples import ANSWERS, sample

from choreo.grading.verdict import AnswerError


@pytest.mark.parametrize("name", ["draw", "count", "guess"])
def test_a_prediction_has_no_score_and_is_locked(name: str) -> None:
    exercise = sample(name)
    assert exercise.grade(ANSWERS[name]).score is None
    assert exercise.locked
    assert exercise.entry_kind == "prediction"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("draw", {"curve": [0, 50]}),
        ("draw", {"curve": [0, 50, 101]}),
        ("draw", {"curve": [0, None, 10]}),
        ("draw", {"curve": [0, float("nan"), 10]}),
        ("draw", {"curve": [0, True, 10]}),
        ("count", {"number": 201}),
        ("count", {"number": "40"}),
        ("guess", {"chosen": "never"}),
        ("guess", {"chosen": None}),
    ],
)
def test_what_is_no_prediction_is_refused(name: str, answer: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample(name).grade(answer)


def test_places_on_the_axis_must_rise() -> None:
    ask = {"form": "curve", "x": {"label": "x", "values": [0, 2, 1]}, "y": {"label": "y"}}
    with pytest.raises(ValidationError, match="must rise"):
        sample("draw", ask=ask)
