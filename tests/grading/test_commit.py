"""Commitments: an if-then plan, with whom, by when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.grading.samples import ANSWERS, sample

from choreo.grading.commit import planned, sentence
from choreo.grading.verdict import AnswerError

WHOLE = ANSWERS["next-move"]


def test_a_commitment_has_no_score() -> None:
    assert sample("next-move").grade(WHOLE).score is None
    assert sample("next-move").entry_kind == "commitment"


@pytest.mark.parametrize(
    "change", [{"when": ""}, {"will": " "}, {"whom": ""}, {"by": ""}, {"by": "2026-02-30"}, {"by": "20261201"}]
)
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


def test_what_was_kept_before_there_were_plans_is_still_read() -> None:
    older = {"what": "Ask for a cue", "whom": "Mara", "by": "2026-12-01"}
    assert sample("next-move").grade(older).score is None
    assert sentence(older) == "Ask for a cue"
    with pytest.raises(AnswerError):
        sample("next-move").grade({**older, "what": " "})
    with pytest.raises(AnswerError):
        sample("next-move").grade({**older, "when": "now"})


@pytest.mark.parametrize(
    ("when", "will"),
    [
        ("the call begins", "ask Mara"),
        ("When the call begins,", "I will ask Mara."),
        ("... When The call begins", "I'll ask Mara"),
        ("whenever the call begins …", "I  will ask Mara ;"),
    ],
)
def test_a_plan_is_one_sentence_however_people_begin_its_lines(when: str, will: str) -> None:
    assert sentence({"when": when, "will": will}) == "When the call begins, I will ask Mara."


def test_names_keep_their_capitals_and_an_empty_half_is_no_plan() -> None:
    assert planned({"when": "Mara calls", "will": "BBC people first"}) == ("Mara calls", "BBC people first")
    assert planned({"when": "When", "will": "..."})[0]
    assert sentence({"when": 3, "will": "x"}) == ""
