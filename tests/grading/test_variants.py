"""Variants: the same exercise with other cases, so that another try is not a memory test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.bank.check import check_exercise
from choreo.bank.fault import BankError
from choreo.bank.loader import load_exercise
from choreo.bank.schema import schema
from choreo.grading.choice import Choice
from choreo.grading.exercise import split_variant


def test_a_variant_replaces_its_fields_and_keeps_the_others() -> None:
    exercise = sample("again")
    second = exercise.variant(1)
    assert (second.id, second.title, second.prompt) == ("again", "A title", "The *second* one.")
    assert second.grade({"chosen": ["cue"]}).score == 1
    assert exercise.variant(2).title == "The third"
    assert exercise.variant(0) is exercise
    assert exercise.variant(9) is exercise


@given(st.text(max_size=40))
def test_every_variant_comes_once_before_one_comes_again(mark: str) -> None:
    exercise = sample("again")
    shown = [exercise.variant_for(mark, tries) for tries in range(6)]
    assert shown[0] == 0
    assert sorted(shown[:3]) == [0, 1, 2]
    assert shown[3:] == shown[:3]
    assert shown == [exercise.variant_for(mark, tries) for tries in range(6)]


def test_the_order_differs_from_learner_to_learner() -> None:
    assert len({sample("again").variant_for(f"learner {at}", 1) for at in range(20)}) == 2


def test_an_exercise_without_variants_is_always_itself() -> None:
    assert {sample("one").variant_for("me", tries) for tries in range(5)} == {0}


def test_the_number_of_a_variant_comes_off_an_answer() -> None:
    assert split_variant({"chosen": ["cue"], "variant": 1}) == (1, {"chosen": ["cue"]})
    for odd in (-1, True, "1", None, 1.0):
        assert split_variant({"chosen": ["cue"], "variant": odd}) == (0, {"chosen": ["cue"]})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"variants": [{"version": 2}]}, "cannot have its own version"),
        ({"variants": [{}]}, "replaces nothing"),
        ({"variants": [{"options": [{"id": "cue", "text": "Cue", "why": "w"}]}]}, "variants.0.options"),
        ({"checks": [{"answer": {}, "variant": 3, "invalid": True}]}, "check 1 names variant 3, and the last is 2"),
    ],
)
def test_a_variant_that_makes_no_sense_is_a_fault(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        sample("again", **changes)


FILE = """\
# yaml-language-server: $schema=../schema.json
id: again
version: 1
kind: choice
title: T
prompt: P
options:
  - {id: frame, text: Frame, right: true, why: w}
  - {id: steps, text: Steps, why: w}
variants:
  - prompt: Another
  - optons: []
  - options:
      - {id: cue, text: Cue, right: true, wy: w}
      - {id: shout, text: Shout, why: w}
"""


def test_faults_in_variants_have_their_lines_and_the_nearest_names(tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(FILE, encoding="utf-8")
    with pytest.raises(BankError) as caught:
        load_exercise(path)
    faults = [fault.removeprefix(f"{path}:") for fault in caught.value.faults]
    assert '12: variants.1.optons: unknown field; did you mean "options"?' in faults
    assert '14: variants.2.options.0.wy: unknown field; did you mean "why"?' in faults


def test_the_faults_of_the_exercise_itself_come_first() -> None:
    with pytest.raises(ValidationError, match="none is right") as caught:
        sample("again", options=[{"id": name, "text": "T", "why": "w"} for name in ("frame", "steps")])
    assert [error["loc"] for error in caught.value.errors()] == [()]


def test_a_check_may_name_the_variant_that_it_proves() -> None:
    def faults(chosen: str) -> list[str]:
        check = {"answer": {"chosen": [chosen]}, "variant": 1, "score": 1}
        return [fault for _place, fault in check_exercise(sample("again", checks=[check]))]

    assert not any(fault.startswith("checks 1:") for fault in faults("cue"))
    assert any("not part of this exercise" in fault for fault in faults("frame"))


def test_editors_complete_the_fields_of_a_variant() -> None:
    fields = schema()["$defs"][Choice.__name__]["properties"]["variants"]["items"]["properties"]
    assert "options" in fields
    assert "version" not in fields
