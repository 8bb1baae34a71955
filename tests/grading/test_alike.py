"""Choosing, and guessing how many choose the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import SECRET, sample

from choreo.bank.fault import placed_faults
from choreo.grading.alike import Alike
from choreo.grading.verdict import AnswerError

MINE = {"chosen": "wear", "guess": 60}
ANSWERS = st.lists(
    st.fixed_dictionaries({"chosen": st.sampled_from(["wear", "refuse"]), "guess": st.integers(0, 100)}), max_size=30
)


def sign() -> Alike:
    found = sample("sign")
    assert isinstance(found, Alike)
    return found


@pytest.mark.parametrize(
    ("guess", "words"), [(51, "most people"), (49.5, "the smaller half"), (50, "two equal halves")]
)
def test_nothing_is_right_and_the_words_are_true_of_any_guess(guess: float, words: str) -> None:
    verdict = sign().grade({"chosen": "refuse", "guess": guess})
    assert verdict.score is None
    assert words in verdict.feedback


@pytest.mark.parametrize(
    "answer",
    [{}, {"chosen": "wear"}, {"chosen": "wear", "guess": 101}, {"chosen": "wear", "guess": "60"}, {"chosen": "x", "guess": 1}],
)  # fmt: skip
def test_half_an_answer_is_none(answer: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sign().grade(answer)


def test_the_study_comes_after_the_answer_only() -> None:
    assert SECRET not in str(sign().face())
    told = sign().unfold(MINE)
    assert told["study"]["prose"] == f"{SECRET} a"
    assert told["here"] is None


@given(ANSWERS)
def test_what_is_told_of_others_adds_up_and_no_guess_of_fewer_than_five_is(others: list[dict[str, Any]]) -> None:
    counted = sign().counted(others)
    assert sum(group["people"] for group in counted) == len(others)
    for group in counted:
        assert (group["guess"] is None) == (group["people"] < 5)
        assert group["guess"] is None or group["guess"] % 5 == 0
    here = sign().unfold(MINE, others=counted)["here"]
    assert (here is None) == (len(others) < 5)


def test_ones_own_side_is_laid_beside_ones_guess() -> None:
    counted = sign().counted([MINE, {"chosen": "refuse", "guess": 90}] * 4)
    here = sign().unfold(MINE, others=counted)["here"]
    assert here["text"] == "In this course 4 of 8 people chose as you did: 50 of a hundred. You expected 60."


@pytest.mark.parametrize("others", [[{"x": 1}] * 5, [{"chosen": "wear", "people": "9"}], [{"chosen": ["wear"]}], []])
def test_what_is_no_count_is_not_told(others: list[dict[str, Any]]) -> None:
    assert sign().unfold(MINE, others=others)["here"] is None


def test_a_study_that_knows_one_side_only_is_a_fault() -> None:
    record = sign().model_dump(exclude_unset=True)
    record["study"]["groups"][1]["chosen"] = "wear"
    with pytest.raises(ValidationError) as caught:
        Alike.model_validate(record)
    assert "give one for each of the two options" in str(placed_faults(caught.value))
