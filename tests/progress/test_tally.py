"""What people answered, in counts: whole groups of five, first answers, and nothing that they typed."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.hub.learned import START

from choreo.bank.files import files
from choreo.bank.loader import load_lesson
from choreo.grading.exercise import Exercise, hints_read, split_variant
from choreo.progress.entry import Entry, new_entry
from choreo.progress.tally import stops, tally

ROOT = Path(__file__).parents[2]
BANK = {one.id: one for one in load_lesson(ROOT / "exercises", "gallery").exercises}
CUE = BANK["which-is-a-cue"]
ALL = [
    one for folder in files(ROOT / "exercises", "*/") for one in load_lesson(ROOT / "exercises", folder.name).exercises
]


def did(exercise: Exercise, answer: dict[str, Any], minute: int, score: float | None = None, version: int = 0) -> Entry:
    at = START + timedelta(minutes=minute)
    kind = "review" if exercise.review else exercise.entry_kind
    return new_entry("gallery", exercise.id, kind, version or exercise.version, answer, score, at)


def chose(*names: str, first: int = 0) -> list[list[Entry]]:
    return [[did(CUE, {"chosen": [name]}, first + at, float(name == "awning"))] for at, name in enumerate(names)]


def counts(everybody: list[list[Entry]]) -> list[int]:
    return [share.count for share in tally(CUE, everybody).shares]


def test_under_five_people_nothing_is_told() -> None:
    assert tally(CUE, chose(*["awning"] * 4)).people == 0
    assert tally(CUE, chose(*["awning"] * 4)).shares == ()
    assert counts(chose(*["awning"] * 3, "attentive", "attentive")) == [3, 2, 0, 0]


def test_between_two_groups_nobody_is_seen_to_come() -> None:
    five = chose("awning", "awning", "red-flag", "awning", "attentive")
    seen = {tuple(counts([*five, *chose(*["carmen-rings"] * more, first=10)])) for more in range(5)}
    assert seen == {(3, 1, 0, 1)}
    again = [[*five[0], did(CUE, {"chosen": ["red-flag"]}, 99, 0.0)], *five[1:]]
    assert counts(again) == counts(five)  # a second answer is nobody's first
    assert counts([*five, *chose(*["carmen-rings"] * 5, first=10)]) == [3, 1, 5, 1]


def test_the_order_of_people_says_nothing() -> None:
    everybody = chose(*["awning", "red-flag", "attentive"] * 4)
    found = tally(CUE, everybody)
    random.Random(1).shuffle(everybody)
    assert tally(CUE, everybody) == found
    assert found.people == 10


def test_a_review_question_counts_what_was_answered_in_review() -> None:
    question = next(one for one in ALL if one.review and one.kind == "choice")
    at = [START + timedelta(minutes=minute) for minute in range(5)]
    right = dict(question.solution() or {})
    everybody = [[new_entry("x", question.id, "review", question.version, right, 1.0, moment)] for moment in at]
    assert tally(question, everybody).right_at_once == 5


def test_second_tries_and_hints_are_counted() -> None:
    everybody = chose(*["attentive"] * 6, *["awning"] * 4)
    for at, work in enumerate(everybody[:6]):
        work.append(did(CUE, {"chosen": ["awning"], "variant": 0, "hints": 1}, 50 + at, 1.0))
    found = tally(CUE, everybody)
    assert (found.right_at_once, found.right_later, found.again, found.hinted) == (4, 6, 6, 6)
    assert split_variant({"chosen": ["awning"], "variant": 1, "hints": 2}) == (1, {"chosen": ["awning"]})
    assert [hints_read({"hints": value}) for value in (2, 0, -1, True, "3", None)] == [2, 0, 0, 0, 0, 0]


def test_answers_to_an_older_version_and_broken_ones_are_left_out() -> None:
    old = [[did(CUE, {"chosen": ["awning"]}, at, 1.0, version=1)] for at in range(9)]
    assert tally(CUE, old).people == 0
    broken = [[did(CUE, {"chosen": [strange]}, at, 0.0)] for at, strange in enumerate([[], 3, "x", None, {}])]
    assert counts(broken) == [0, 0, 0, 0]


@pytest.mark.parametrize("exercise", ALL, ids=[one.id for one in ALL])
def test_every_kind_is_told_and_nothing_that_people_wrote(exercise: Exercise) -> None:
    answers = [check.answer for check in exercise.checks if not check.invalid and not check.variant]
    if not answers:
        return
    everybody = [[did(exercise, dict(answers[at % len(answers)]), at)] for at in range(7)]
    found = tally(exercise, everybody)
    assert found.people == 5
    written = str(exercise.model_dump(exclude={"checks"}))
    typed = [text for answer in answers for text in _texts(answer) if len(text) > 20 and text not in written]
    assert not any(text in share.what or text in share.head for text in typed for share in found.shares)
    assert all(0 <= share.count <= 5 for share in found.shares)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def test_where_people_stand_in_the_order_of_the_lesson() -> None:
    items = ["one", "two", "three"]

    def work(*done: str, at: int) -> list[Entry]:
        moment = START + timedelta(minutes=at)
        return [new_entry("x", item, "attempt", 1, {}, 1.0, moment) for item in done] or [
            new_entry("x", "one", "settings", 1, {}, None, moment)
        ]

    ways = [("one", "two", "three"), ("one",), ("one", "two"), (), ("three", "one")]
    found = stops(items, ["one", "two", "three"], [work(*ways[at % 5], at=at) for at in range(27)])
    assert found.people == 25
    assert found.finished == 5
    assert found.after == (("", 5), ("one", 5), ("two", 5), ("three", 5))
    assert stops(items, items, [work("one", at=at) for at in range(4)]).people == 0
