"""Filling the gaps of a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import SECRET, sample

from choreo.grading.cloze import distance, misspelt
from choreo.grading.verdict import AnswerError, Verdict


def fill(reach: str = "a few", signal: str = "shout") -> Verdict:
    return sample("fill").grade({"filled": {"reach": reach, "signal": signal}})


def test_the_score_is_the_share_of_gaps_filled_rightly() -> None:
    assert [fill().score, fill(reach="nobody").score, fill("nobody", "drum").score] == [1, 0.5, 0]


@pytest.mark.parametrize(
    "typed",
    ["Shout", "  shout ", "STARTING   CUE", "starting\u00a0cue", "ｓｈｏｕｔ", "sh\u200bout", "starting\u00ad cue"],
)
def test_case_and_spaces_do_not_matter(typed: str) -> None:
    assert fill(signal=typed).score == 1


def test_near_misses_get_a_hint_of_their_own_and_no_credit() -> None:
    assert fill(reach="everybody").notes[0].text == f"{SECRET} b"
    assert fill(signal="Order ").notes[1].text == f"{SECRET} d"
    slip = fill(signal="strating cues")
    assert (slip.score, slip.notes[1].text) == (0.5, "Very close: look at the spelling.")
    assert fill(signal="drum").notes[1].text == f"{SECRET} c"


def test_another_number_is_not_a_misspelling() -> None:
    assert not misspelt("41", "40")
    assert not misspelt("1990", "1991")
    assert not misspelt("cut", "cue")


def measured(filled: str, *accept: str) -> Verdict:
    one = {"id": "share", "accept": accept, "why": "w"}
    return sample("fill", text="A share of {{share}}.", gaps=[one]).grade({"filled": {"share": filled}})


@pytest.mark.parametrize("typed", ["0,5", "٠٫٥", ".5", "0,50"])
def test_a_number_is_the_same_however_it_is_written(typed: str) -> None:
    assert measured(typed, "0.5").score == 1


def test_a_number_that_may_be_two_is_asked_back_and_what_the_author_wrote_is_not() -> None:
    assert measured("1 000", "1,000", "1000").score == 1
    assert measured("1,000", "1,000", "1000").score == 1
    with pytest.raises(AnswerError, match="Is that 1000 or 1"):
        measured("1.000", "1,000", "1000")
    assert measured("1.000", "a thousand").score == 0


@given(st.text(max_size=12), st.text(max_size=12))
def test_slips_are_counted_alike_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({"reach": "a few"}, "One gap is still empty"),
        ({"reach": " ", "signal": ""}, "2 gaps are still empty"),
        ({"reach": "some", "signal": "cue"}, "not part of this exercise"),
        ({"reach": "a few", "signal": 3}, "not an answer"),
        ({"reach": "a few", "signal": "x" * 201}, "shorten it"),
        ({"reach": "a few", "signal": "cue", "third": "x"}, "not part of this exercise"),
    ],
)
def test_what_is_no_filling_is_refused(filled: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        sample("fill").grade({"filled": filled})


def gap(**changes: Any) -> dict[str, Any]:
    return {"id": "reach", "options": ["nobody", "a few"], "right": "a few", "why": "w", **changes}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "Nothing here."}, "stands nowhere in the text"),
        ({"text": "{{reach}} and {{reach}}"}, "stands there 2 times"),
        ({"text": "{{reach}} and {{signal}}"}, '"signal" is none of the gaps'),
        ({"text": "![a {{reach}}](x.png)"}, "picture"),
        ({"text": "[a](http://{{reach}})"}, "picture"),
        ({"text": "`{{reach}}`"}, "picture"),
        ({"gaps": [gap(right="all")]}, '"all" is not an option'),
        ({"gaps": [gap(accept=["x"])]}, "needs either options"),
        ({"gaps": [gap(options=[], right=None)]}, "needs either options"),
        ({"gaps": [gap(options=["a few", "a few"])]}, "all different"),
        ({"gaps": [gap(near=[{"given": ["many"], "say": "s"}])]}, '"many" is not a wrong option'),
        ({"gaps": [gap(options=[], accept=["a few"])]}, "write it under accept"),
        ({"gaps": [gap(), gap()]}, "reach is there twice"),
    ],
)
def test_gaps_that_make_no_sense_are_a_fault(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        sample("fill", **{"text": "Here {{reach}}.", "gaps": [gap()], **changes})


def test_a_gap_may_be_written_with_spaces() -> None:
    assert sample("fill", text="Here {{ reach }}.", gaps=[gap()]).face()["prose"] == "Here {{reach}}."
