"""Lesson 01: every number that it states about the two climbers, with its setting, landscapes and error."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import yaml
from tests.lessons.claims import ROOT, Claim, ends, said

from choreo.explorables.finder import explorable
from choreo.explorables.two_climbers import CHOICES, DAYS, SIDE, SPARE
from choreo.models.nk_landscape import landscape, replies, worth

LESSON, CLIMBERS = "01-disconnect", "two-climbers"
MAPS = 400
OWN, HALF, WHOLE = {"share": 0}, {"share": 50}, {"share": 100}
RUGGED = explorable(CLIMBERS).start["interactions"]

CLAIMS = [
    Claim("about one pair in ten stood on the flag in the end", 0.1, "summit", OWN, MAPS, 0.05),
    Claim("But about one in ten stood on the flag, just as before", 0.1, "summit", WHOLE, MAPS, 0.05),
    Claim("On the flag stood about one pair in ten, either way", 0.1, "summit", HALF, MAPS, 0.05),
    Claim("Two of three pairs never came to rest", 1 / 3, "rest", OWN, MAPS, 0.035),
    Claim("Every pair came to rest", 1, "rest", WHOLE, MAPS),
    Claim("Nine of ten pairs came to rest, and they stood no lower", 0.9, "rest", HALF, MAPS, 0.05),
    Claim("half of the pay brought nine of ten pairs to rest", 0.9, "rest", HALF, MAPS, 0.05),
    Claim("paying for the whole took 34 of 100 pairs to the flag", 0.34, "summit", {**WHOLE, "interactions": 3}, MAPS, 0.01),
    Claim("to the flag, and own pay 15", 0.15, "summit", {**OWN, "interactions": 3}, MAPS, 0.01),
]  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.sentence)
def test_a_number_of_the_lesson_is_what_the_climbers_do(claim: Claim) -> None:
    claim.check(LESSON, CLIMBERS)


def test_paying_for_the_whole_ends_the_quarrel_not_the_search() -> None:
    assert "Paying for the whole ends the quarrel, not the search" in said(LESSON)
    own, whole = ends(CLIMBERS, MAPS, **OWN), ends(CLIMBERS, MAPS, **WHOLE)
    assert np.all(whole["rest"] == 1)
    assert own["rest"].mean() < 0.4
    gain = whole["summit"] - own["summit"]
    assert gain.mean() < 2 * gain.std() / np.sqrt(MAPS)  # no more often on the flag


def test_what_is_played_for_the_prediction_is_what_its_second_option_says() -> None:
    found = ends(CLIMBERS, 100, **WHOLE)["summit"]
    options = yaml.safe_load((ROOT / f"exercises/{LESSON}/paid-for-the-whole.yaml").read_text("utf-8"))["ask"][
        "options"
    ]
    held = [one["id"] for one in options if one.get("low", 0) <= 100 * found.mean() < one.get("high", 101)]
    assert held == ["one"]


def test_half_of_the_pay_does_most_of_what_pay_can_do() -> None:
    assert "Half of the pay did most of what pay can do" in said(LESSON)
    own, half, whole = (ends(CLIMBERS, MAPS, **pay)["way"] for pay in (OWN, HALF, WHOLE))
    assert half.mean() - own.mean() > 0.9 * (whole.mean() - own.mean())
    assert half.mean() >= whole.mean()  # "and they stood no lower"


@pytest.mark.parametrize(
    ("sentence", "settings", "below"),
    [
        ("All ten on pay left three pairs of ten below half of the way", {"share": 100, "sight": "one"}, 0.3),
        ("and nine on looking did as well", {"share": 10, "sight": "all"}, 0.3),
        ("Five on each left one in twenty", {"share": 50, "sight": "three"}, 0.05),
    ],
)
def test_ten_days_are_worth_most_when_pay_and_looking_share_them(
    sentence: str, settings: dict[str, object], below: float
) -> None:
    assert sentence in said(LESSON)
    found = ends(CLIMBERS, MAPS, **settings)
    assert np.all(found["days"] == SPARE)
    assert abs(np.mean(found["way"] < 0.5) - below) <= 0.02 + 2 * np.sqrt(below * (1 - below) / MAPS)


def test_what_a_day_buys_is_what_the_goal_says() -> None:
    prompt = " ".join(
        yaml.safe_load((ROOT / f"exercises/{LESSON}/half-the-pay.yaml").read_text("utf-8"))["prompt"].split()
    )
    assert "a day of counting for each tenth of the pay" in prompt
    assert "two days for two changes, five for three, and nine for the whole line" in prompt
    assert (DAYS, SPARE) == ({"one": 0, "two": 2, "three": 5, "all": 9}, 10)


def test_more_shared_pay_brings_more_pairs_half_of_the_way_up() -> None:
    assert "more shared pay brought more pairs half of the way up" in said(LESSON)
    own, half, whole = (np.mean(ends(CLIMBERS, MAPS, **pay)["way"] >= 0.5) for pay in (OWN, HALF, WHOLE))
    assert own < half < whole


def test_who_cannot_see_the_map_is_told_who_moved_and_how_high_they_stand() -> None:
    climbers = explorable(CLIMBERS)
    found = climbers.run(climbers.params({**climbers.start, **OWN}), 3)
    way = found.series["way"]
    assert [f"Turn {turn}, by {name}: {way[turn]:.0%}" for turn, name in ((1, "Declan"), (2, "Nora"))] == [
        told.removesuffix(" of the way up.") for told in found.trace[1:3]
    ]
    assert found.trace[-2].startswith("They never settle") == np.isnan(found.summary["settled"])


@cache
def maps(count: int = 100) -> list[np.ndarray]:
    """Worth of each state, by the second unit's choices and the first one's."""
    drawn = (landscape(CHOICES, RUGGED, "random", np.random.default_rng(seed)) for seed in range(count))
    return [worth(one).reshape(SIDE, SIDE) for one in drawn]


def test_a_map_has_about_sixteen_places_where_neither_can_get_higher_alone() -> None:
    assert "about sixteen places where neither can get higher alone. One of them is the flag" in said(LESSON)
    found = [(one == one.max(axis=0)) & (one == one.max(axis=1, keepdims=True)) for one in maps()]
    counts = [np.count_nonzero(rests) for rests in found]
    assert abs(np.mean(counts) - 16) <= 0.5 + 2 * np.std(counts) / 10
    assert all(rests.flat[np.argmax(one)] for rests, one in zip(found, maps(), strict=True))


def test_who_rests_below_the_flag_has_it_on_neither_line() -> None:
    assert "The flag is on neither one's line" in said(LESSON)
    for one in maps(30):
        rests = np.argwhere((one == one.max(axis=0)) & (one == one.max(axis=1, keepdims=True)))
        top = np.unravel_index(np.argmax(one), one.shape)
        assert all(tuple(at) == top or (at[0] != top[0] and at[1] != top[1]) for at in rests)


def test_there_are_thirty_two_by_thirty_two_places_and_each_goes_to_the_best_of_its_line() -> None:
    one = maps(1)[0]
    after = replies(one.ravel(), np.arange(CHOICES // 2), "all").reshape(SIDE, SIDE)
    assert np.array_equal(after % SIDE, np.repeat(np.argmax(one, axis=1)[:, None], SIDE, axis=1))


def test_the_numbers_of_the_study_add_up() -> None:
    """Ross, Greene and House (1977), Table 4: Eat at Joe's, Study 3 and Study 4; Repent, Study 4; both signs, Study 4."""
    study = yaml.safe_load((ROOT / f"exercises/{LESSON}/eat-at-joes.yaml").read_text("utf-8"))["study"]
    assert {one["chosen"]: (one["people"], one["guess"]) for one in study["groups"]} == {
        "wear": (27, 64.6),
        "refuse": (24, 68.8),
    }
    text = said(LESSON)
    assert "Fifty-one students" in text  # 27 and 24
    assert "28 said yes. They thought that 61 of a hundred would" in text  # 60.8
    assert "The 12 who said no thought that 57 of a hundred would say no. It was 30" in text  # 56.7; 12 of 40
    assert "those who agreed thought that 62% would. Those who refused thought that 33% would" in text  # 62.2, 33.0
    assert (
        "They thought that 63 or 64 of a hundred would. The twenty who said no thought that 23 would" in text
    )  # 63.5, 23.3
