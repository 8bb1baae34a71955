"""A branching case: its ways, its endings and its map."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import SECRET, sample

from choreo.bank.fault import placed_faults
from choreo.grading.scenario import Scenario
from choreo.grading.verdict import AnswerError

RECORD = sample("case").model_dump(mode="json")


def faults(**changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        sample("case", **changes)
    return placed_faults(caught.value, Scenario)


def step(name: str, *ways: str) -> dict[str, Any]:
    moves = [{"id": f"to-{way}", "text": way, "consequence": "It comes.", "to": way} for way in ways]
    return {"id": name, "text": "A moment.", "choices": moves}


def ending(name: str, score: float | None = None) -> dict[str, Any]:
    return {"id": name, "title": name, "text": "The end.", "reflection": "Why?", "score": score}


@pytest.mark.parametrize(
    ("path", "score"), [(["cue"], 1), (["plan", "meet"], 1), (["plan", "wait"], 0.25), (["plan", "push"], 0)]
)
def test_the_score_is_that_of_the_ending(path: list[str], score: float) -> None:
    verdict = sample("case").grade({"path": path})
    assert verdict.score == score
    assert "You came to" in verdict.feedback


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ([], "Go on until"),
        (["plan"], "Go on until"),
        (["fly"], "'fly' is not a choice at \"monday\""),
        (["cue", "wait"], "after the ending"),
        ("plan", "not an answer"),
        ([["plan"]], "not an answer"),
    ],
)
def test_a_path_that_ends_nowhere_is_refused(path: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        sample("case").grade({"path": path})


def test_endings_without_scores_have_no_verdict_of_right_and_wrong() -> None:
    endings = [ending(one["id"]) for one in RECORD["endings"]]
    assert sample("case", endings=endings).grade({"path": ["cue"]}).score is None


def test_a_step_is_told_only_when_it_was_reached() -> None:
    case = sample("case")
    assert SECRET not in json.dumps(case.face())
    first = case.unfold({"path": []})
    assert [one["chosen"] for one in first["steps"]] == [None]
    told = case.unfold({"path": ["plan"]})
    assert [one["chosen"] for one in told["steps"]] == ["plan", None]
    assert told["steps"][0]["consequence"] == {"prose": f"{SECRET} a"}
    assert "map" not in told
    assert f"{SECRET} d" not in json.dumps(told)
    assert f"{SECRET} b" not in json.dumps(told)


def test_the_map_tells_what_was_walked_and_hides_what_was_not() -> None:
    told = sample("case").unfold({"path": ["cue"]})
    assert told["ending"]["title"] == f"{SECRET} g"
    places, ways = told["map"]["places"], told["map"]["ways"]
    assert [place["seen"] for place in places] == [True, False, True, False, False]
    assert [place.get("title") for place in places] == [None, None, f"{SECRET} g", None, None]
    assert [way["walked"] for way in ways] == [False, True, False, False, False]
    assert [way["text"] for way in ways] == ["Write a plan", "Ask for a cue", None, None, None]
    assert "thursday" not in json.dumps(told)


def test_the_map_remembers_earlier_ways_and_forgives_those_of_an_older_version() -> None:
    kept = [{"path": ["plan", "wait"]}, {"path": ["gone"]}, {"nonsense": 1}, {"path": ["cue"]}]
    chart = sample("case").unfold({"path": ["cue"]}, kept)["map"]
    assert [(way["walked"], way["now"]) for way in chart["ways"]] == [
        (True, False),
        (True, True),
        (True, False),
        (False, False),
        (False, False),
    ]
    assert [place["depth"] for place in chart["places"]] == [0, 1, 2, 2, 2]


@given(st.lists(st.sampled_from(["plan", "cue", "wait", "push", "meet", "x"]), max_size=4))
def test_every_path_is_told_or_refused(path: list[str]) -> None:
    case = sample("case")
    try:
        told = case.unfold({"path": path})
    except AnswerError:
        with pytest.raises(AnswerError):
            case.grade({"path": path})
        return
    assert told["path"] == path
    assert ("ending" in told) == ("map" in told)


def test_a_dead_end_an_unreached_step_and_an_unreached_ending_are_found_at_once_with_their_places() -> None:
    steps = [step("one", "two", "nowhere"), step("two", "good", "elsewhere")]
    found = faults(steps=steps, endings=[ending("good"), ending("bad")])
    assert [place for place, _ in found] == [("steps", 0, "choices", 1, "to"), ("steps", 1, "choices", 1, "to")]
    assert 'a dead end: "nowhere"' in found[0][1]
    steps = [step("one", "good", "good2"), step("island", "good", "bad")]
    steps[0]["choices"][1]["to"] = "good"
    found = faults(steps=steps, endings=[ending("good"), ending("bad")])
    assert [(place, fault.split(";")[0]) for place, fault in found] == [
        (("steps", 1), 'no way leads to the step "island"'),
        (("endings", 1), 'no way leads to the ending "bad"'),
    ]


def test_a_circle_is_a_fault() -> None:
    found = faults(
        steps=[step("one", "two", "good"), step("two", "one", "bad")], endings=[ending("good"), ending("bad")]
    )
    assert all("circle" in fault for _, fault in found)
    assert ("steps", 1, "choices", 0, "to") in [place for place, _ in found]


def test_names_are_used_once() -> None:
    found = faults(steps=[step("one", "one-beat", "one-beat"), step("one", "quiet", "torn")])
    assert sum("there twice" in fault for _, fault in found) == 2


def test_all_endings_are_scored_or_none() -> None:
    endings = [{**one, "score": None} if one["id"] == "quiet" else one for one in RECORD["endings"]]
    assert faults(endings=endings) == [
        (("endings", 1), "has no score, and another ending has one; score all endings, or none.")
    ]
    assert "score: 1" in faults(endings=[{**one, "score": 0.5} for one in RECORD["endings"]])[0][1]
