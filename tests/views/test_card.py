"""Exercise cards: what they show before an answer and after it, and how they keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.grading.samples import ANSWERS, SECRET, sample, samples
from tests.progress.memory import NOON, Kept

from choreo.grading.exercise import Exercise
from choreo.progress.entry import Entry, stamp
from choreo.views.card import ExerciseCard
from choreo.views.source import VIEWS

SHOWN = [exercise for exercise in samples() if exercise.kind not in ("goal", "play")]
NEXT_MOVE = {**ANSWERS["next-move"], "by": "2099-12-01"}


def card(name: str, kept: Kept, **changes: Any) -> ExerciseCard:
    return ExerciseCard(sample(name, **changes), kept)


def say(card: ExerciseCard, **message: Any) -> dict[str, Any]:
    """What the browser sends, and the state that comes of it."""
    card._handle_custom_msg(message, [])
    return dict(card.state)


def answer_to(name: str) -> dict[str, Any]:
    return NEXT_MOVE if name == "next-move" else ANSWERS[name]


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from leaves(part)
    else:
        yield str(value)


@pytest.mark.parametrize("exercise", SHOWN, ids=lambda e: e.id)
def test_nothing_of_the_answer_is_sent_before_one_has_come(exercise: Exercise, kept: Kept) -> None:
    state = ExerciseCard(exercise, kept).get_state()
    told = list(leaves(state))
    assert not any(SECRET in text for text in told)
    assert not any(json.dumps(exercise.solution()) in text for text in told if exercise.solution())
    assert "right" not in str(state["face"])
    assert state["state"]["solution"] is None


@pytest.mark.parametrize("exercise", SHOWN, ids=lambda e: e.id)
def test_every_kind_has_a_browser_half_and_its_own_style_sheet(exercise: Exercise, kept: Kept) -> None:
    state = ExerciseCard(exercise, kept).get_state()
    assert "choreo_views_shared_card" in state["_esm"]
    assert (VIEWS / "exercises" / f"{exercise.kind}.css").read_text(encoding="utf-8") in state["_css"]
    assert exercise.kind in state["_anywidget_id"]


@pytest.mark.parametrize("exercise", SHOWN, ids=lambda e: e.id)
def test_an_answer_is_judged_and_kept(exercise: Exercise, kept: Kept) -> None:
    one = ExerciseCard(exercise, kept)
    state = say(one, type="answer", answer=answer_to(exercise.id))
    assert (state["saved"], state["done"], state["tries"], state["error"]) == ("yes", True, 1, "")
    assert state["feedback"].startswith("<p>")
    assert [entry.item for entry in kept.entries] == [exercise.id]
    assert kept.entries[0].kind == exercise.entry_kind
    assert state["at"] == stamp(NOON)


@pytest.mark.parametrize("exercise", SHOWN, ids=lambda e: e.id)
def test_what_was_kept_comes_back_exactly(exercise: Exercise, kept: Kept) -> None:
    before = ExerciseCard(exercise, kept)
    state = say(before, type="answer", answer=answer_to(exercise.id))
    after = ExerciseCard(exercise, kept)
    after.restore(json_again(kept.entries))
    assert {**after.state, "turn": 0} == {**state, "turn": 0}
    assert after.opened


def json_again(entries: list[Entry]) -> list[Entry]:
    return [Entry(**{**vars(e), "answer": json.loads(json.dumps(e.answer))}) for e in entries]


def test_notes_speak_of_what_was_chosen_and_of_what_was_not(kept: Kept) -> None:
    state = say(card("one", kept), type="answer", answer={"chosen": ["steps"]})
    assert [(note["part"], note["right"]) for note in state["notes"]] == [
        ("frame", True),
        ("steps", False),
        ("nothing", False),
    ]


def test_an_answer_that_is_none_is_no_attempt(kept: Kept) -> None:
    state = say(card("one", kept), type="answer", answer={"chosen": []})
    assert state["error"] == "Choose an option first."
    assert (state["tries"], state["done"], kept.entries) == (0, False, [])


def test_the_newest_answer_counts_and_tries_are_counted(kept: Kept) -> None:
    one = card("one", kept)
    say(one, type="answer", answer={"chosen": ["steps"]})
    say(one, type="answer", answer={"chosen": ["frame"]})
    again = card("one", kept)
    again.restore(kept.entries[::-1])
    assert (again.state["tries"], again.state["score"]) == (2, 1)


def test_the_answer_is_shown_after_two_tries_and_not_before(kept: Kept) -> None:
    one = card("one", kept)
    for expected in (False, True):
        assert "Try it twice" in say(one, type="show")["error"]
        state = say(one, type="answer", answer={"chosen": ["steps"]})
        assert state["can_show"] is expected
        assert state["solution"] is None
    assert say(one, type="show")["solution"] == {"chosen": ["frame"]}


def test_hints_come_one_at_a_time(kept: Kept) -> None:
    one = card("one", kept, hints=["First *hint*", "Second"])
    assert (one.state["hints"], one.state["hints_left"]) == ([], 2)
    assert say(one, type="hint")["hints"] == ["<p>First <em>hint</em></p>\n"]
    assert say(one, type="hint", count=2)["hints_left"] == 0
    assert len(say(one, type="hint", count=-5)["hints"]) == 2
    assert len(say(one, type="hint", count="many")["hints"]) == 2


def test_an_answer_that_is_not_stored_is_judged_all_the_same_and_can_be_saved_again(kept: Kept) -> None:
    kept.store.fails = True
    one = card("one", kept)
    state = say(one, type="answer", answer={"chosen": ["frame"]})
    assert (state["score"], state["saved"], state["unsaved"], state["done"]) == (1, "no", "The disk is full.", False)
    assert say(one, type="save")["saved"] == "no"
    kept.store.fails = False
    state = say(one, type="save")
    assert (state["saved"], state["unsaved"], state["done"]) == ("yes", "", True)
    say(one, type="save")
    assert [entry.answer for entry in kept.entries] == [{"chosen": ["frame"]}]


def test_opening_does_not_take_away_what_is_not_saved_yet(kept: Kept) -> None:
    kept.keep("anything" and sample("one"), {"chosen": ["steps"]}, 0.0)
    kept.store.fails = True
    one = card("one", kept)
    say(one, type="answer", answer={"chosen": ["frame"]})
    one.restore(kept.entries)
    assert (one.state["answer"], one.state["saved"]) == ({"chosen": ["frame"]}, "no")


def test_a_second_prediction_is_refused_and_the_first_stays(kept: Kept) -> None:
    one = card("count", kept)
    say(one, type="answer", answer={"number": 10})
    state = say(one, type="answer", answer={"number": 90})
    assert "first one stays" in state["error"]
    assert (state["answer"], state["locked"], len(kept.entries)) == ({"number": 10}, True, 1)


def test_of_two_predictions_made_in_two_windows_the_first_comes_back(kept: Kept) -> None:
    say(card("count", kept), type="answer", answer={"number": 10})
    say(card("count", kept), type="answer", answer={"number": 90})
    one = card("count", kept)
    one.restore(kept.entries)
    assert one.state["answer"] == {"number": 10}


def test_a_commitment_can_be_changed_and_not_to_a_day_that_is_over(kept: Kept) -> None:
    one = card("next-move", kept)
    say(one, type="answer", answer=NEXT_MOVE)
    assert "over" in say(one, type="answer", answer={**NEXT_MOVE, "by": "2001-01-01"})["error"]
    assert say(one, type="answer", answer={**NEXT_MOVE, "whom": "Ana"})["answer"]["whom"] == "Ana"


def test_the_worked_example_comes_only_after_writing(kept: Kept) -> None:
    one = card("card", kept)
    assert one.state["reveal"] == {}
    assert say(one, type="answer", answer=ANSWERS["card"])["reveal"]["example"] == {"frame": f"<p>{SECRET} a</p>\n"}


def test_an_answer_to_an_earlier_version_counts_and_is_said_to_be_old(kept: Kept) -> None:
    kept.keep(sample("one"), {"chosen": ["gone"]}, 1.0)
    one = card("one", kept)
    one.restore(kept.entries)
    assert (one.state["done"], one.state["stale"], one.state["answer"]) == (True, True, None)


@pytest.mark.parametrize(
    "message", [None, 3, [], {}, {"type": "dance"}, {"type": "answer"}, {"type": "answer", "answer": 3}]
)
def test_a_message_that_is_none_changes_nothing_but_is_said(kept: Kept, message: Any) -> None:
    one = card("one", kept)
    one._handle_custom_msg(message, [])
    assert one.state["error"]
    assert kept.entries == []


def test_every_message_is_answered_even_if_nothing_changes(kept: Kept) -> None:
    one = card("one", kept)
    turns = [say(one, type="answer", answer={"chosen": []})["turn"] for _ in range(3)]
    assert turns == [1, 2, 3]


def test_html_in_an_exercise_is_shown_as_text(kept: Kept) -> None:
    one = card("one", kept, prompt="<script>alert(1)</script> [a](javascript:alert(1)) **b**")
    assert "<script" not in one.prompt
    assert "href" not in one.prompt
    assert "<strong>b</strong>" in one.prompt


def test_entries_of_other_exercises_are_left_alone(kept: Kept) -> None:
    kept.keep(sample("all"), {"chosen": ["frame"]}, 0.5)
    one = card("one", kept)
    one.restore(kept.entries)
    assert not one.state["done"]
    assert one.item_names == ("one",)


def test_going_on_without_predicting_is_kept_once_and_gives_way_to_a_prediction(kept: Kept) -> None:
    one = card("count", kept)
    state = say(one, type="decline")
    assert (state["declined"], state["done"], state["locked"], state["answer"]) == (True, True, False, None)
    assert say(one, type="decline")["declined"]
    assert [entry.answer for entry in kept.entries] == [{"declined": True}]
    again = card("count", kept)
    again.restore(kept.entries)
    assert (again.state["declined"], again.state["done"], again.state["locked"]) == (True, True, False)
    state = say(again, type="answer", answer={"number": 10})
    assert (state["declined"], state["locked"], state["answer"]) == (False, True, {"number": 10})
    assert say(again, type="answer", answer={"number": 20})["answer"] == {"number": 10}
    later = card("count", kept)
    later.restore(kept.entries)
    assert (later.state["declined"], later.state["answer"]) == (False, {"number": 10})
    assert say(later, type="decline")["locked"]
    assert len(kept.entries) == 2


def test_only_a_prediction_can_be_declined(kept: Kept) -> None:
    state = say(card("one", kept), type="decline")
    assert (state["declined"], state["done"], kept.entries) == (False, False, [])


def test_an_older_commitment_is_still_shown(kept: Kept) -> None:
    one = card("next-move", kept)
    older = {"what": "Ask for a cue", "whom": "Mara", "by": "2026-12-01"}
    kept.keep(sample("next-move"), older, None)
    one.restore(kept.entries)
    assert (one.state["answer"], one.state["stale"]) == (older, False)
