"""Cards over several tries: variants, answers that wait to be saved, and what the learner's record says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.grading.samples import ANSWERS, sample
from tests.progress.memory import Kept
from tests.views.test_card import say

from choreo.grading.exercise import Exercise
from choreo.views.card import ExerciseCard


def card(name: str, kept: Kept, **changes: Any) -> ExerciseCard:
    return ExerciseCard(sample(name, **changes), kept)


WRONG = ("steps", "shout", "beat")
RIGHT = ("frame", "cue", "pause")


def test_the_first_try_is_the_exercise_as_written(kept: Kept) -> None:
    one = card("again", kept)
    assert (one.state["variant"], one.state["variants"]) == (0, 2)
    say(one, type="answer", answer={"chosen": ["steps"]}, variant=0)
    assert kept.entries[0].answer == {"chosen": ["steps"], "variant": 0}


def test_each_try_shows_the_next_variant_and_forgets_what_was_said_about_the_last(kept: Kept) -> None:
    one = card("again", kept, hints=["A hint"])
    say(one, type="hint")
    say(one, type="answer", answer={"chosen": ["steps"]})
    state = say(one, type="again")
    number = state["variant"]
    assert number == sample("again").variant_for("me", 1)
    assert (state["answer"], state["feedback"], state["notes"], state["hints"], state["hints_left"]) == (
        None,
        "",
        [],
        [],
        1,
    )
    assert (state["tries"], state["done"], state["saved"]) == (1, True, "yes")
    assert [option["id"] for option in one.face["options"]] == [
        option.id
        for option in sample("again").variant(number).options  # type: ignore[attr-defined]
    ]
    state = say(one, type="answer", answer={"chosen": [RIGHT[number]]}, variant=number)
    assert (state["score"], state["tries"]) == (1, 2)


def test_the_variant_that_was_answered_comes_back_exactly(kept: Kept) -> None:
    one = card("again", kept)
    say(one, type="answer", answer={"chosen": ["steps"]})
    number = say(one, type="again")["variant"]
    state = say(one, type="answer", answer={"chosen": [WRONG[number]]})
    after = card("again", kept)
    after.restore(kept.entries)
    assert {**after.state, "turn": 0} == {**state, "turn": 0}
    assert (after.face, after.title, after.prompt) == (one.face, one.title, one.prompt)
    assert say(after, type="again")["variant"] == say(one, type="again")["variant"]


def test_an_answer_names_its_variant_so_that_a_fresh_kernel_grades_the_right_one(kept: Kept) -> None:
    one = card("again", kept)
    state = say(one, type="answer", answer={"chosen": ["pause"]}, variant=2)
    assert (state["score"], state["variant"], kept.entries[0].answer["variant"]) == (1, 2, 2)
    assert say(one, type="answer", answer={"chosen": ["pause"]}, variant=7)["variant"] == 2


def test_a_variant_that_is_gone_is_said_to_be_old(kept: Kept) -> None:
    kept.keep(sample("again"), {"chosen": ["gone"], "variant": 5}, 0.0)
    one = card("again", kept)
    one.restore(kept.entries)
    assert (one.state["stale"], one.state["variant"], one.state["tries"]) == (True, 0, 1)


def test_an_exercise_without_variants_knows_no_other_try(kept: Kept) -> None:
    assert say(card("one", kept), type="again")["error"]


def test_the_answer_to_a_variant_is_not_sent_before_it_was_tried(kept: Kept) -> None:
    one = card("again", kept)
    say(one, type="answer", answer={"chosen": ["steps"]})
    say(one, type="again")
    told = str({**one.get_state(), "_esm": "", "_css": ""})
    assert not any(f"kept back {letter}" in told for letter in "cdef")


def test_answers_that_could_not_be_saved_are_all_saved_later_in_their_order(kept: Kept) -> None:
    one = card("one", kept)
    kept.store.fails = True
    for name in ("steps", "nothing", "frame"):
        say(one, type="answer", answer={"chosen": [name]})
    kept.store.fails = False
    assert say(one, type="save")["saved"] == "yes"
    assert [entry.answer["chosen"] for entry in kept.entries] == [["steps"], ["nothing"], ["frame"]]


def test_an_answer_that_was_sent_twice_counts_once(kept: Kept) -> None:
    one = card("one", kept)
    before = say(one, type="answer", answer={"chosen": ["steps"]}, key="a/1")
    after = say(one, type="answer", answer={"chosen": ["steps"]}, key="a/1")
    assert (after["tries"], after["turn"], len(kept.entries)) == (1, before["turn"] + 1, 1)
    assert say(one, type="answer", answer={"chosen": ["steps"]}, key="a/2")["tries"] == 2


def estimated(kept: Kept, exercise: Exercise, item: str, caught: bool) -> None:
    answer = {"low": 10, "guess": 18, "high": 30, "level": 80, "caught": caught}
    kept.entries.append(replace(kept.keep(exercise, answer, 0.5), item=item))
    kept.entries.pop(-2)


def test_estimates_of_the_whole_lesson_make_a_record(kept: Kept) -> None:
    exercise = sample("pickups")
    for at, caught in enumerate((True, False, True, False, False, False)):
        estimated(kept, exercise, f"other-{at}", caught)
    one = card("pickups", kept)
    one.restore(kept.entries)
    assert one.state["reveal"] == {}
    state = say(one, type="answer", answer=ANSWERS["pickups"])
    assert "Your 80 % ranges caught the truth 3 times of 7." in state["reveal"]["record"]
    assert kept.entries[-1].answer == {**ANSWERS["pickups"], "level": 80, "caught": True}


def test_a_record_stays_what_it_was_when_the_answer_was_given(kept: Kept) -> None:
    exercise = sample("pickups")
    estimated(kept, exercise, "before", True)
    one = card("pickups", kept)
    one.restore(kept.entries)
    state = say(one, type="answer", answer=ANSWERS["pickups"])
    estimated(kept, exercise, "later", False)
    after = card("pickups", kept)
    after.restore(kept.entries)
    assert after.state["reveal"]["record"] == state["reveal"]["record"]


def test_estimates_made_meanwhile_in_other_cards_count(kept: Kept) -> None:
    one = card("pickups", kept)
    one.restore([])
    estimated(kept, sample("pickups"), "other", False)
    one.follow(kept.entries[-1])
    assert "1 time of 2" in say(one, type="answer", answer=ANSWERS["pickups"])["reveal"]["record"]
