"""Lesson 06: every number that it states about the street and the counter, with its setting, crowds and error."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import ROOT, Claim, ends, said

from choreo.bank.loader import load_exercise
from choreo.explorables.data import told
from choreo.explorables.finder import explorable
from choreo.explorables.shared_pot import OFFICE, TURNED
from choreo.grading.predict import Curve, Predict
from choreo.models.naming_game import critical_share
from choreo.models.public_good import DAY_CARE, deterring_fine

LESSON, STREET, COUNTER = "06-push-and-pull", "shared-pot", "committed-few"
STREETS = 400


def street(fine: int, givers: int = 4, **more: Any) -> dict[str, Any]:
    return {"fine": fine, "givers": givers, **more}


CLAIMS = [
    Claim("Without a fine, 47 crates of a hundred came in the last four weeks", 0.47, "last", street(0)),
    Claim("After the small fine it was 14", 0.14, "last", street(30), STREETS),
    Claim("for as long as it stood. Then 17", 0.17, "last", street(70), STREETS),
    Claim("After the office's letter 21 crates of a hundred were left", 0.21, "last", street(70, 6), STREETS),
    Claim("after their own vote 55", 0.55, "last", street(70, 6, rule="own"), STREETS),
    Claim("the summer was full either way", 1.0, "summer", street(70, 6)),
    Claim("Never lifted, a large fine kept our shelf full to the end", 1.0, "last", street(70, until=24)),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.sentence)
def test_a_number_of_the_lesson_is_what_the_street_does(claim: Claim) -> None:
    claim.check(LESSON, STREET)


@pytest.mark.parametrize("givers", [2, 4, 6])
def test_a_small_fine_leaves_less_than_no_fine_and_a_large_one_works_only_while_it_lasts(givers: int) -> None:
    assert "A small fine leaves less than no fine. A large one works only while it lasts" in said(LESSON)
    none, small, large = (ends(STREET, STREETS, **street(fine, givers)) for fine in (0, 30, 70))
    for fined in (small, large):
        error = fined["last"].std() / np.sqrt(STREETS)
        assert none["last"].mean() - fined["last"].mean() > 5 * error
    assert small["summer"].mean() < none["summer"].mean() < large["summer"].mean() == 1


def test_a_crate_spares_the_street_eight_hours_and_gives_24_minutes_back() -> None:
    assert "A crate costs an hour of washing, and spares the whole street eight" in said(LESSON)
    assert "gives 24 minutes back to the one who washes it" in said(LESSON)
    found = explorable(STREET)
    params = found.params(found.start)
    assert params.people * params.marginal_return == pytest.approx(8)
    assert params.marginal_return * 60 == pytest.approx(24)
    assert deterring_fine(params) == pytest.approx(0.6)


def test_a_fine_is_dearer_than_washing_above_60_percent() -> None:
    assert "Above 60%, the fine was dearer than washing" in said(LESSON)
    at, above = (ends(STREET, 20, **street(fine))["summer"] for fine in (60, 70))
    assert at.max() < 0.5
    assert above.min() == 1


def test_a_fine_of_10_percent_turns_as_many_as_one_of_60() -> None:
    assert "here 10% turns as many as 60%" in said(LESSON)
    ten, sixty = (ends(STREET, 100, **street(fine)) for fine in (10, 60))
    assert all(np.array_equal(ten[name], sixty[name]) for name in ten.keys() - {"evenings"})


def test_the_chances_with_which_hearts_turn_are_told_as_put_in() -> None:
    assert "when a fine comes from the office, one heart in two turns" in said(LESSON)
    assert "A rule that the twenty make themselves turns one heart in twenty" in said(LESSON)
    assert TURNED == {"office": 1 / 2, "own": 1 / 20}
    assert "Four of the twenty only count" in said(LESSON)
    found = explorable(STREET)
    assert found.params(found.start).free_riders * 20 == pytest.approx(4)


def test_had_one_in_ten_turned_a_large_fine_would_have_left_nearly_as_much_as_none() -> None:
    assert "Had only one in ten turned, the office's large fine would have left 44 crates" in said(LESSON)
    found = explorable(STREET)
    params = replace(found.params({**found.start, **street(70, rule=OFFICE)}), crowding=0.1)
    last = found.ends(params, range(STREETS))["last"]
    assert abs(last.mean() - 0.44) <= 0.005 + 2 * last.std() / np.sqrt(STREETS)


def test_a_larger_fine_more_givers_and_an_own_rule_never_do_harm_on_the_same_street() -> None:
    """The same twenty, and the same of them who turn: so a street can be compared with itself."""
    for fine in (30, 70):
        given = [ends(STREET, 100, **street(fine, givers, rule="own"))["last"] for givers in range(0, 11, 2)]
        assert np.mean(np.diff(given, axis=0) >= -1e-9) > 0.98
        office, own = (ends(STREET, 100, **street(fine, rule=rule))["own"] for rule in ("office", "own"))
        assert np.all(own >= office)


def test_thirty_who_give_in_lose_it_again_and_twelve_who_never_do_turn_all() -> None:
    assert "30 who liked the new question, but gave in, lost it again, nearly every time" in said(LESSON)
    liked = ends(COUNTER, 200, insist=0, like=30)["a"]
    assert np.mean(liked == 0) >= 0.98
    assert "Twelve who never gave in turned all hundred, nearly every time" in said(LESSON)
    assert np.mean(ends(COUNTER, 200, insist=12)["a"] == 1) >= 0.98
    assert np.mean(ends(COUNTER, 200, insist=5)["a"] == 1) == 0  # where the play begins


def test_a_very_large_crowd_tips_at_just_under_a_tenth() -> None:
    assert "In a very large crowd it tips at just under 10%" in said(LESSON)
    assert 0.09 < critical_share()[0] < 0.1


def weeks() -> Predict:
    found = load_exercise(ROOT / f"exercises/{LESSON}/draw-twenty-weeks.yaml")
    assert isinstance(found, Predict)
    return found


def test_the_weeks_laid_over_the_drawing_have_the_means_that_were_published() -> None:
    data = weeks().data
    assert data is not None
    for line, group in zip(data.lines, ("fined", "control"), strict=True):
        for period in DAY_CARE:
            mean = np.mean(line.values[period.first_week - 1 : period.last_week])
            assert mean == pytest.approx(getattr(period, group), abs=0.05)  # weeks are printed to one decimal


def test_late_pick_ups_more_than_doubled_and_stayed_there_and_little_changed_without_a_fine() -> None:
    assert "Late pick-ups more than doubled, and after the fine they stayed there" in said(LESSON)
    assert "In the centres without a fine, little changed" in said(LESSON)
    before, _new, later, after = DAY_CARE
    assert later.fined > 2 * before.fined < after.fined
    assert abs(after.control - before.control) < 2


def test_the_common_belief_is_answered_truly() -> None:
    prediction = weeks()
    assert isinstance(prediction.ask, Curve)
    assert prediction.data is not None
    sentence = told(prediction.ask, prediction.data, [8, 8, 5, 4, 4, 4, 4, 7, 8])
    assert "In the first four weeks of the fine: it rose to 12.3. You drew a fall to 5." in sentence
    assert "After the fine: it stayed near 18.7. You drew a rise to 7." in sentence


def test_whoever_cannot_see_the_street_is_told_of_weeks_crates_and_hearts() -> None:
    found = explorable(STREET)
    told = found.run(found.params({**found.start, **street(30)}), 3).trace
    assert told[1].startswith("Week 4: ")
    assert told[1].endswith(" 16 of 20 cafés have a heart. The last week before the fine.")
    assert told[-2].endswith("The fine is gone.")
    still = found.run(found.params({**found.start, **street(0)}), 3).trace
    assert [line.split(":")[0] for line in still] == ["Week 1", "Week 24"]


def test_whoever_cannot_see_the_counter_is_told_of_the_two_questions() -> None:
    found = explorable(COUNTER)
    endings = [found.run(found.params({"insist": insist, "like": 0}), 3).trace[-1] for insist in (0, 5, 12)]
    assert endings[0] == "From round 0 on, all ask the old one."
    assert endings[1].startswith("After 100 rounds, ")
    assert endings[2] == "From round 35 on, all ask the new one."
