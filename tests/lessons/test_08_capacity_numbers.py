"""Lesson 08: every number that it states about tasters, roasters, handbook and table, with its setting, seeds and error."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.lessons.claims import ROOT, Claim, ends, said

from choreo.bank.loader import load_exercise
from choreo.explorables.finder import explorable
from choreo.explorables.outcome import outcomes
from choreo.explorables.proof import played
from choreo.grading.estimate import Estimate
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.grading.predict import Alternatives, Predict
from choreo.models.cascade import in_turn, independent_votes
from choreo.models.meeting import Meeting, run

LESSON, TURN, TABLE = "08-capacity", "in-turn", "tasting-table"
TASTE = {"people": 15, "every": 1, "steadfast": 0, "schools": 15}
RIGHT = 0.6
CROWDS = range(1000, 1200)


def wrong_in_turn(people: int) -> int:
    return round(100 * (1 - in_turn(RIGHT, people)))


def wrong_on_paper(people: int) -> int:
    return round(100 * (1 - independent_votes(RIGHT, people)))


RHYTHM = [
    Claim("met every day ended at 54% of the best recipe", 0.54, "score", {"every": 1}, 300),
    Claim("Meeting once, on the last day, they ended at 87%", 0.87, "score", {"every": 60}, 300),
]
PRESENCE = [
    Claim("ended with 26 of 30 things right", 26, "handbook", {"pace": 90}, half=0.5),
    Claim("With slow learners it had 29", 29, "handbook", {"pace": 10}, half=0.5),
    Claim("slow learners know 20 of 30 things themselves", 20, "soon", {"pace": 10}, half=0.5),
    Claim("and quick ones 26", 26, "soon", {"pace": 90}, half=0.5),
]
LANGUAGE = [
    Claim("Each taster was four points off", 4, "alone", {"shared": 80}, 400, 0.05),
    Claim("were 3.6 off together", 3.6, "together", {"shared": 80}, 400, 0.05),
    Claim("those who shared few, 1.9", 1.9, "together", {"shared": 20}, 400, 0.05),
]
ALL = [
    pytest.param(name, claim, id=claim.sentence)
    for name, claims in (("meeting-rhythm", RHYTHM), ("slow-learners", PRESENCE), ("shared-blind-spot", LANGUAGE))
    for claim in claims
]


@pytest.mark.parametrize(("name", "claim"), ALL)
def test_a_number_of_the_lesson_is_what_the_stage_does(name: str, claim: Claim) -> None:
    claim.check(LESSON, name)


def test_in_turn_they_err_in_37_of_100_however_many_and_eleven_who_write_first_in_25() -> None:
    assert "So the hundredth is wrong in 37 of 100 lots. So is the tenth. Somebody alone is wrong in 40." in said(
        LESSON
    )
    assert (
        "Eleven of the same tongues who write first are wrong in 25. Even three are better than the hundred."
        in said(LESSON)
    )
    assert [wrong_in_turn(people) for people in (100, 10, 1)] == [37, 37, 40]
    assert wrong_on_paper(11) == 25
    assert independent_votes(RIGHT, 3) > in_turn(RIGHT, 100)
    for people, measure, exact in ((100, "last", 37), (11, "last", 37), (11, "paper", 25)):
        assert float(ends(TURN, 100, people=people)[measure].mean()) == pytest.approx(exact / 100, abs=0.015)


def test_three_on_paper_are_the_fewest_who_beat_a_hundred_in_turn() -> None:
    assert "Three are enough: they are wrong in 35" in said(LESSON)
    assert wrong_on_paper(3) == 35
    assert independent_votes(RIGHT, 2) < in_turn(RIGHT, 100)
    asked = load_exercise(ROOT / f"exercises/{LESSON}/as-good-as-a-hundred.yaml")
    assert isinstance(asked, Estimate)
    assert asked.truth == 3


def test_a_table_that_only_follows_is_right_in_63_of_100() -> None:
    assert "A table of tasters that only follows is right in 63 lots of 100" in said(LESSON)
    assert 100 - wrong_in_turn(100) == 63


def test_behind_one_who_is_right_eight_times_in_ten_the_row_is_as_well() -> None:
    assert "Let the first be right eight times in ten: then the row is as well" in said(LESSON)
    assert in_turn(RIGHT, 40, advantage=0.2) == pytest.approx(0.8)
    assert "Even nineteen others on paper are hardly better (81%)" in said(LESSON)
    assert 0.8 < independent_votes(RIGHT, 19) < 0.815


def test_roasters_who_never_meet_end_lower_than_those_who_always_do() -> None:
    assert "The roasters who never meet at all end at 46%" in said(LESSON)
    found = explorable("meeting-rhythm")
    never = replace(found.params(found.start), every=0)
    score = found.ends(never, range(300))["score"]
    assert float(score.mean()) == pytest.approx(0.46, abs=0.005 + 2 * float(score.std()) / 300**0.5)


def test_twelve_who_share_their_errors_are_together_hardly_better_than_one() -> None:
    assert "twelve who shared their errors were together hardly better than one" in said(LESSON)
    assert explorable("shared-blind-spot").start["shared"] == 80  # as the stage begins: 3.6 points off in place of four


@cache
def goal() -> Goal:
    found = load_exercise(ROOT / f"exercises/{LESSON}/one-meeting.yaml")
    assert isinstance(found, Goal)
    return found


def share(**settings: int) -> float:
    held = played(goal(), {**goal().begin, **settings}, CROWDS)
    return sum(held) / len(held)


def test_selams_meeting_is_the_one_that_wins() -> None:
    told = "Twenty-five tasters from ten farms. Twenty write before anybody speaks. Then the slips are read, and five more speak"
    assert told in said(LESSON)
    assert goal().winning == {"people": 25, "every": 20, "steadfast": 10, "schools": 10}
    lots = "On average they get eleven lots more right than her best taster"
    Claim(lots, 11, "lead", goal().winning, 200, 0.5).check(LESSON, TABLE)


def test_the_meeting_needs_the_aha_and_none_of_its_means_to_the_end() -> None:
    """In turn it fails whatever else is right; and each control at either end loses what the others have won."""
    for people, schools in ((25, 10), (21, 12), (15, 15), (31, 7)):
        assert share(people=people, schools=schools, every=1, steadfast=20) < 0.5
    winning = {name: int(str(value)) for name, value in goal().winning.items()}
    found = explorable(TABLE)
    for control in found.controls:
        for end in (control.low, control.high):
            if control.name in winning and (control.name, end) != ("steadfast", 0):
                assert share(**{**winning, control.name: int(end)}) < 0.8, (control.name, end)


def test_where_all_keep_their_own_taste_the_table_is_split() -> None:
    assert "A table where nobody gives way stays split" in said(LESSON)
    none, some, all_of_them = (
        {
            name: float(values.mean())
            for name, values in ends(TABLE, 100, **{**dict(goal().winning), "steadfast": at}).items()
        }
        for at in (0, 10, 100)
    )
    assert all_of_them["in_step"] < 0.63 < 0.66 < some["in_step"] < none["in_step"]


def test_two_in_a_row_who_agree_are_followed() -> None:
    assert "Once two in a row agree and nothing stands against them, whoever comes next does best to follow" in said(
        LESSON
    )
    said_right = run(Meeting(people=20, questions=500), np.random.default_rng(0)).still["right"]
    agree = said_right[0] == said_right[1]
    assert np.all(said_right[2:, agree] == said_right[1, agree])


@pytest.mark.parametrize("option", ["hardly", "few", "quarter", "alike"])
def test_of_the_prediction_the_same_option_stays_right(option: str) -> None:
    prediction = load_exercise(ROOT / f"exercises/{LESSON}/the-hundredth-taster.yaml")
    assert isinstance(prediction, Predict)
    assert isinstance(prediction.ask, Alternatives)
    last = [found.sentence for found in outcomes(prediction, {"chosen": option})][-1]
    assert ("That is what you said." in last) == (option == "alike"), last


def test_whoever_cannot_see_the_table_is_told_of_it() -> None:
    found = explorable(TABLE)
    told = found.run(found.params(found.start), 3).trace
    assert told[0].startswith("One of the questions, in the order of voices: wrong, wrong, wrong")
    assert "questions" in told[1]
    assert "the best member alone in" in told[2]


@pytest.mark.parametrize("precision", range(50, 95, 5))
def test_better_tongues_do_not_turn_the_table_of_the_beginning(precision: int) -> None:
    """What is said on the stage: they taste it, and say the same."""
    found = explorable(TABLE)
    taste = load_exercise(ROOT / f"exercises/{LESSON}/fifteen-tongues.yaml")
    assert isinstance(taste, Play)
    assert dict(taste.fixed) == TASTE
    still = found.run(found.params({**found.start, **TASTE, "precision": precision}), 0).still
    shown = int(still["shown"][0])
    assert not still["right"][:, shown].any()
    assert precision < 70 or still["signal"][:, shown].mean() > 0.6


def test_better_tongues_make_lots_that_begin_badly_rarer() -> None:
    assert "Better tongues make such lots rarer" in said(LESSON)
    wrong = [ends(TABLE, 50, **{**TASTE, "precision": precision})["wrong"].mean() for precision in (60, 75, 90)]
    assert wrong == sorted(wrong, reverse=True)
