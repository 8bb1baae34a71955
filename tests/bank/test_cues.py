"""What can be guessed without reading: by place, or by length."""

from __future__ import annotations

from typing import Any

import pytest
from tests.grading.samples import sample

from choreo.bank.cues import at_least, cue_faults, length_fault
from choreo.grading.exercise import Exercise


def question(right: int, lengths: list[int], **changes: Any) -> Exercise:
    options = [
        {"id": f"o{at}", "text": "x" * length, "why": "w", "right": at == right} for at, length in enumerate(lengths)
    ]
    return sample("one", options=options, **changes)


def lesson(*questions: Exercise, name: str = "01") -> dict[str, Exercise]:
    return {f"{name}/q{number}": question for number, question in enumerate(questions)}


def told(exercises: dict[str, Exercise]) -> str:
    return "\n".join(cue_faults(exercises))


EVEN = [(0, [80, 20, 40, 60]), (1, [80, 60, 40, 20]), (2, [80, 60, 40, 20]), (3, [40, 80, 60, 20])]


def test_an_even_bank_has_no_fault() -> None:
    assert told(lesson(*(question(*one) for one in EVEN * 3))) == ""


def test_the_longest_option_is_not_the_right_one_too_often() -> None:
    fault = told(lesson(*(question(at % 4, [80 if n == at % 4 else 40 for n in range(4)]) for at in range(5))))
    assert "01: taking the longest finds 5 of 5 right options, where chance finds 1.2; lengthen or shorten" in fault


def test_a_place_that_is_right_too_often_is_told() -> None:
    assert "taking option 3 finds 5 of 5" in told(lesson(*(question(2, [40, 40, 40, 40]) for _ in range(5))))


def test_where_the_order_means_something_nobody_chose_the_place() -> None:
    assert told(lesson(*(question(2, [40, 40, 40, 40], ordered=True) for _ in range(5)))) == ""


def test_four_questions_tell_nothing() -> None:
    assert told(lesson(*(question(2, [40, 40, 80, 40]) for _ in range(4)))) == ""


def test_small_leanings_of_several_lessons_add_up() -> None:
    four = [question(at, [80 if n == at else 40 for n in range(4)]) for at in range(4)]
    assert "all lessons together: taking the longest" in told(lesson(*four) | lesson(*four, name="02"))


def test_equally_long_options_share_a_hit() -> None:
    assert told(lesson(*(question(at % 4, [40, 40, 40, 40]) for at in range(8)))) == ""


@pytest.mark.parametrize(("right", "word"), [("xxxxxxxx", "longest"), ("x", "shortest")])
def test_the_right_ones_of_several_are_not_just_the_longest_or_the_shortest(right: str, word: str) -> None:
    options = [{"id": f"o{at}", "text": right if at < 2 else "yyy", "why": "w", "right": at < 2} for at in range(4)]
    fault = length_fault(sample("all", options=options))
    assert fault is not None
    assert word in fault[1]
    options[3]["text"] = "yyyyyyyyyy" if word == "longest" else ""
    if word == "longest":
        assert length_fault(sample("all", options=options)) is None


def test_chance_is_counted_exactly() -> None:
    assert at_least(4, [0.25] * 5) == pytest.approx(16 / 1024)
    assert at_least(0, [0.3, 0.9]) == pytest.approx(1)
    assert at_least(2, [0.3, 0.9]) == pytest.approx(0.27)
