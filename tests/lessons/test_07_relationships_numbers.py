"""Lesson 07: every number that it states about pairs and companies, with its setting and error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import ends, said

from choreo.explorables.finder import explorable
from choreo.models.company import LETS_PASS, WAYS, earned
from choreo.models.own_moves import OwnMoves
from choreo.models.trust import STRATEGIES, Strategy, best_forgiveness, outcome_chances, tit_for_tat

LESSON, PAIRS, COMPANY = "07-relationships", "two-partners", "company"
MONTHS, NOISE = 100, 0.01


def good(one: Strategy, other: Strategy | None = None, noise: float = NOISE) -> float:
    """The share of a hundred months in which both give, exactly."""
    return float(outcome_chances(one, other or one, MONTHS, noise)[:, 0].mean())


def gets(line: str = "calm", **partners: int) -> dict[str, float]:
    """What each of the four ways gets in a company, exactly."""
    found = explorable(COMPANY)
    nobody = {"strict": 0, "forgiving": 0, "givers": 0, "takers": 0}
    return earned(found.params({**nobody, "line": line, **partners}))


def ranking(line: str = "calm", **partners: int) -> list[str]:
    found = gets(line, **partners)
    return sorted(found, key=lambda way: -found[way])


def test_two_slips_cost_forty_eight_months_because_everybody_answers_them() -> None:
    text = said(LESSON)
    assert "In our pairs they cost forty-eight: on average, in only 52 months of a hundred did both give" in text
    assert "What costs years is that everybody answers it" in text
    assert "In a hundred months that makes about two slips" in text
    assert 2 * MONTHS * NOISE == 2
    assert good(tit_for_tat()) == pytest.approx(0.52, abs=0.005)
    found = ends(PAIRS, 200)["trust"]  # and so the stage shows
    assert abs(found.mean() - 0.522) <= 3 * found.std() / np.sqrt(200)


def test_a_slip_that_is_let_pass_costs_a_month() -> None:
    """One slip that both answer with giving costs the month in which it came, and no other."""
    assert "A slip costs a month" in said(LESSON)
    one = good(STRATEGIES["ALLC"])
    assert one == pytest.approx((1 - NOISE) ** 2)


@pytest.mark.parametrize(("share", "months"), [(0.1, 85), (0.2, 91)])
def test_a_little_forgiveness_brings_most_months_back(share: float, months: int) -> None:
    assert "Let one slight in ten pass, and it is 85 months of a hundred. With one in five, it is 91" in said(LESSON)
    assert good(tit_for_tat(share)) == pytest.approx(months / 100, abs=0.005)


def test_a_better_line_alone_does_less() -> None:
    text = said(LESSON)
    assert "with half the slips, it was still only 67 for the strict" in text
    assert "half the slips brought 67 good months of a hundred instead of 52" in text
    assert "Letting one slight in ten pass as well brought 92" in text
    assert "With half as many, our strict pairs still lost a third of their hundred months" in text
    assert good(tit_for_tat(), noise=NOISE / 2) == pytest.approx(0.67, abs=0.005)
    assert good(tit_for_tat(0.1), noise=NOISE / 2) == pytest.approx(0.92, abs=0.005)


def test_who_wins_depends_on_the_company() -> None:
    text = said(LESSON)
    for company, wins in (
        ("six strict", "always giving"),
        ("six strict, three takers", "forgiving"),
        ("six strict, twelve takers", "strict"),
        ("six strict, six givers", "always taking"),
    ):
        assert f"| {company} | {wins} |" in text
    assert ranking(strict=6)[0] == "giver"
    assert ranking(strict=6, takers=3)[0] == "forgiving"
    assert ranking(strict=6, takers=12)[0] == "strict"
    assert ranking(strict=6, givers=6)[0] == "taker"


def test_three_of_each_kind_favour_forgiving_in_the_long_run_and_taking_in_ten_months_of_many_slips() -> None:
    text = said(LESSON)
    three = dict.fromkeys(("strict", "forgiving", "givers", "takers"), 3)
    assert "| three of each kind | forgiving, just ahead |" in text
    calm = gets(**three)
    assert ranking(**three)[:2] == ["forgiving", "strict"]
    assert 0.01 < calm["forgiving"] - calm["strict"] < 0.05
    assert "as in your own game | always taking (2.49; strict 2.36, forgiving 2.32) |" in text
    assert "The last row: ten months, one slip in ten" in text
    assert "from 2.17 points for always giving to 2.49 for always taking" in text
    assert "forgiving came third of four" in text
    short = gets("game", **three)
    assert ranking("game", **three) == ["taker", "strict", "forgiving", "giver"]
    stated = {"taker": 2.49, "strict": 2.36, "forgiving": 2.32, "giver": 2.17}
    assert {way: round(value, 2) for way, value in short.items()} == stated


def test_forgiving_gets_more_than_keeping_back_with_half_of_all_partners_taking() -> None:
    assert "forgiving still got more than keeping back, with half of all partners taking" in said(LESSON)
    found = gets(strict=6, takers=6)
    assert found["forgiving"] > found["taker"]
    assert "Among strict partners that is true, even with a bad line" in said(LESSON)
    assert ranking("game", strict=6)[0] == "giver"


def test_stay_or_switch_mends_a_slip_in_two_months() -> None:
    assert "It mends a slip in two months" in said(LESSON)
    switch = STRATEGIES["WSLS"]
    after = {"CC": 0, "CD": 1, "DC": 2, "DD": 3}
    assert (switch.reply[after["CD"]], switch.reply[after["DC"]]) == (0, 0)  # both keep back once
    assert switch.reply[after["DD"]] == 1  # and both give again


def test_stay_or_switch_mends_a_slip_sooner_and_is_lived_on_in_half_of_the_months() -> None:
    assert (
        "It mends a slip faster than tit for tat. With takers, it gives and gets nothing in half of the months"
        in said(LESSON)
    )
    switch, goal = STRATEGIES["WSLS"], NOISE / 2
    assert good(switch, noise=goal) > good(tit_for_tat(), noise=goal)
    for noise in (NOISE, goal):
        assert outcome_chances(switch, STRATEGIES["ALLD"], MONTHS, noise)[:, 1].mean() == pytest.approx(0.5, abs=0.01)


def test_the_games_words_are_its_numbers() -> None:
    text = said(LESSON)
    assert "One of your moves and one of theirs will go wrong on the way" in text
    game = OwnMoves()
    assert (game.rounds, game.slips, game.partner) == (10, 1, "TFT")
    assert "forgiving* lets one slight in five pass".replace("*", "") in text
    assert LETS_PASS == 1 / 5
    assert set(WAYS) == {"strict", "forgiving", "giver", "taker"}
    assert "with these points it lets one slight in three pass" in text
    assert best_forgiveness() == pytest.approx(1 / 3)


def test_the_first_two_moves_and_both_ends_do_not_win_the_goal() -> None:
    goal: dict[str, Any] = {"other": "both", "noise": 0.5}
    for forgiveness in (0, 100):
        found = ends(PAIRS, 100, **goal, forgiveness=forgiveness)
        assert not np.any((found["trust"] >= 0.9) & (found["taken"] <= 0.2))
    better = ends(PAIRS, 100, **{**goal, "noise": 1}, forgiveness=15)
    assert np.mean((better["trust"] >= 0.9) & (better["taken"] <= 0.2)) < 0.6
