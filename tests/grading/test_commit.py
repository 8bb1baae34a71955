"""Commitments: what, with whom, by when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.grading.samples import ANSWERS, sample

from choreo.grading.verdict import AnswerError

WHOLE = ANSWERS["next-move"]


def test_a_commitment_has_no_score() -> None:
    assert sample("next-move").grade(WHOLE).score is None
    assert sample("next-move").entry_kind == "commitment"


@pytest.mark.parametrize("change", [{"what": " "}, {"whom": ""}, {"by": ""}, {"by": "2026-02-30"}, {"by": "20261201"}])
def test_a_gap_or_a_day_that_is_none_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample("next-move").grade({**WHOLE, **change})


def test_a_day_that_is_over_is_refused_when_it_is_given_and_still_read_later() -> None:
    exercise = sample("next-move")
    exercise.accept(WHOLE, date(2026, 12, 1))
    exercise.accept(WHOLE, date(2026, 12, 2))  # somewhere it is still the day before
    with pytest.raises(AnswerError, match="this day is over"):
        exercise.accept(WHOLE, date(2026, 12, 3))
    assert exercise.grade(WHOLE).feedback
