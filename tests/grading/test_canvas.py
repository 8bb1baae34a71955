"""One page on a collaboration, with what earlier lessons kept to take over."""

from __future__ import annotations

import pytest
from tests.grading.samples import sample

from choreo.grading.canvas import Canvas, said_in
from choreo.grading.verdict import AnswerError


def page() -> Canvas:
    exercise = sample("page")
    assert isinstance(exercise, Canvas)
    return exercise


def test_one_filled_field_is_enough_and_what_is_left_is_said_without_scolding() -> None:
    assert "One field is still empty" in page().grade({"fields": {"intent": "A lake", "pull": " "}}).feedback
    assert "still empty" not in page().grade({"fields": {"intent": "A lake", "pull": "Clean feet"}}).feedback
    with pytest.raises(AnswerError, match="still empty"):
        page().grade({"fields": {"intent": "", "pull": "\n"}})


@pytest.mark.parametrize("answer", [{}, {"fields": []}, {"fields": {"other": "x"}}, {"fields": {"intent": 3}}])
def test_what_is_no_page_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(AnswerError):
        page().grade(answer)


def test_a_field_offers_what_was_written_in_the_lesson_it_comes_from_and_fills_in_nothing() -> None:
    kept = {
        "09-choreography/card": {"fields": {"frame": "Clean by May ", "cues": "A bell"}, "met": []},
        "06-push-and-pull/push": {"when": "we meet", "will": "ask them", "whom": "Ana", "by": "2030-01-01"},
        "02-silos/bridge": {"fields": {"gap": "Five desks", "person": "Agata"}, "met": []},
    }
    assert page().recall(kept) == {
        "intent": [{"lesson": "lesson 9, Choreography", "said": "Clean by May"}],
        "pull": [
            {"lesson": "lesson 6, Push and pull", "said": "When we meet, I will ask them."},
            {"lesson": "lesson 2, Silos", "said": "Five desks\nAgata"},
        ],
    }
    assert "Clean by May" not in str(page().face())


@pytest.mark.parametrize(
    "answer", [{}, {"fields": 3}, {"fields": {"frame": 4}}, {"fields": {"frame": " "}}, {"chosen": ["a"]}]
)
def test_what_cannot_be_read_any_more_offers_nothing(answer: dict[str, object]) -> None:
    assert page().recall({"09-choreography/card": answer}) == {}


@pytest.mark.parametrize("answer", [{"fields": {"a": "half \ud800\0"}}, {"what": "half \ud800\0"}])
def test_what_is_offered_can_be_kept(answer: dict[str, object]) -> None:
    said = said_in(answer)
    assert said == "half ?"
    assert page().grade({"fields": {page().fields[0].id: said}}).score is None


def test_a_collaboration_is_read_line_by_line() -> None:
    assert said_in({"purpose": "One lake", "people": "Markets", "stuck": ""}, ["people"]) == "Markets"
    assert page().earlier == ("09-choreography/card", "06-push-and-pull/push", "02-silos/bridge")
