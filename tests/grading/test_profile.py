"""A picture of oneself from statements on a scale."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import ANSWERS, SECRET, sample

from choreo.bank.fault import placed_faults
from choreo.grading.profile import Profile
from choreo.grading.verdict import AnswerError

MARKS: dict[str, int] = ANSWERS["self"]["marks"]


def profile(**changes: Any) -> Profile:
    found = sample("self", **changes)
    assert isinstance(found, Profile)
    return found


def test_a_dimension_is_the_mean_of_its_statements_and_reversed_ones_are_turned_round() -> None:
    assert profile().values({"marks": MARKS}) == {"rhythm": 4, "language": 3, "presence": 5, "authorship": 1}


def test_it_is_a_picture_and_no_mark() -> None:
    verdict = profile().grade({"marks": MARKS})
    assert verdict.score is None
    assert "**Presence**" in verdict.feedback
    assert "**Authorship**" in verdict.feedback
    assert "even" in profile().grade({"marks": {**dict.fromkeys(MARKS, 3)}}).feedback


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({}, "5 are still to mark"),
        ({**MARKS, "own": 6}, "from 1 to 5"),
        ({**MARKS, "own": 2.5}, "from 1 to 5"),
        ({**MARKS, "own": True}, "from 1 to 5"),
        ({**MARKS, "fly": 1}, "'fly' is not part"),
        ([4, 2], "not an answer"),
    ],
)
def test_marks_that_are_none_are_refused(marks: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        profile().grade({"marks": marks})


def test_which_dimension_a_statement_belongs_to_is_not_told_beforehand() -> None:
    told = str(profile().face())
    assert SECRET not in told
    assert "rhythm" not in told
    assert "reverse" not in told


def test_the_first_time_and_the_newest_are_laid_over_each_other() -> None:
    newest = {"marks": MARKS}
    first = {"marks": dict.fromkeys(MARKS, 3)}
    between = {"marks": dict.fromkeys(MARKS, 1)}
    once = profile().unfold(newest, [newest])
    assert not once["again"]
    assert [one["first"] for one in once["dimensions"]] == [None] * 4
    twice = profile().unfold(newest, [{"marks": {"gone": 1}}, first, between, newest])
    assert twice["again"]
    assert [(one["first"], one["now"]) for one in twice["dimensions"]] == [(3, 4), (3, 3), (3, 5), (3, 1)]


@given(st.fixed_dictionaries({name: st.integers(1, 5) for name in MARKS}))
def test_every_value_lies_on_the_scale(marks: dict[str, int]) -> None:
    assert all(1 <= value <= 5 for value in profile().values({"marks": marks}).values())


def test_what_belongs_nowhere_is_found_at_once() -> None:
    statements = [{"id": name, "text": "T", "dimension": "rhythm"} for name in ("pause", "pause", "rush")]
    statements[2]["dimension"] = "attic"
    with pytest.raises(ValidationError) as caught:
        sample("self", statements=statements)
    assert [place for place, _ in placed_faults(caught.value)] == [
        ("statements", 1, "id"),
        ("statements", 2, "dimension"),
        ("dimensions", 1),
        ("dimensions", 2),
        ("dimensions", 3),
    ]
