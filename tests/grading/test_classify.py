"""Putting cases into buckets."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.grading.verdict import AnswerError


def test_the_score_is_the_share_of_cases_in_their_bucket() -> None:
    verdict = sample("sort").grade({"placed": {"noon": "frame", "say": "frame"}})
    assert verdict.score == 0.5
    assert [note.right for note in verdict.notes] == [True, False]


def test_every_case_must_be_placed() -> None:
    with pytest.raises(AnswerError, match="One is still to place"):
        sample("sort").grade({"placed": {"noon": "frame"}})


def test_a_bucket_that_is_none_is_refused() -> None:
    with pytest.raises(AnswerError, match="elsewhere"):
        sample("sort").grade({"placed": {"noon": "frame", "say": "elsewhere"}})


def test_a_case_that_belongs_nowhere_is_a_fault() -> None:
    cases = [{"id": name, "text": "T", "bucket": "attic", "why": "w"} for name in ("noon", "say")]
    with pytest.raises(ValidationError, match=r"attic.*no bucket"):
        sample("sort", cases=cases)
