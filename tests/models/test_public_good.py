"""The public good: the payoffs of the table, conditional cooperation, and what a fine does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.parameter import ParameterError
from choreo.models.public_good import (
    CONDITIONAL,
    DAY_CARE,
    FREE_RIDER,
    GIVER,
    PublicGood,
    deterring_fine,
    kinds,
    payoffs,
    run,
    steady_gift,
)


def summary(params: PublicGood, seed: int = 0) -> dict[str, float]:
    return dict(run(params, np.random.default_rng(seed)).summary)


def test_payoffs_of_all_none_a_lone_free_rider_and_a_lone_giver_are_the_published_ones() -> None:
    assert payoffs(np.full(4, 20), 20, 0.4) == pytest.approx([32] * 4)
    assert payoffs(np.zeros(4), 20, 0.4) == pytest.approx([20] * 4)
    assert payoffs(np.array([0, 20, 20, 20]), 20, 0.4) == pytest.approx([44, 24, 24, 24])
    assert payoffs(np.array([20, 0, 0, 0]), 20, 0.4) == pytest.approx([8, 28, 28, 28])


def test_a_population_of_givers_earns_32_and_one_of_free_riders_20() -> None:
    assert summary(PublicGood(free_riders=0, conditional=0))["payoff"] == pytest.approx(32)
    assert summary(PublicGood(free_riders=1, conditional=0))["payoff"] == pytest.approx(20)


def test_the_day_care_figures_are_the_published_means() -> None:
    assert [(p.fined, p.control) for p in DAY_CARE] == [(8.00, 10.00), (12.29, 9.06), (18.52, 9.31), (18.71, 8.25)]
    assert [(p.first_week, p.last_week) for p in DAY_CARE] == [(1, 4), (5, 8), (9, 16), (17, 20)]


@given(st.floats(0, 2), st.floats(0, 2), st.lists(st.floats(0, 20), min_size=2, max_size=8))
def test_giving_more_pays_oneself_exactly_when_return_and_fine_exceed_one(
    marginal_return: float, fine: float, gifts: list[float]
) -> None:
    others = np.array(gifts)
    keeps, gives = others.copy(), others.copy()
    keeps[0], gives[0] = 0, 20
    gain = payoffs(gives, 20, marginal_return, fine)[0] - payoffs(keeps, 20, marginal_return, fine)[0]
    assert gain == pytest.approx(20 * (marginal_return + fine - 1), abs=1e-6)


def test_a_fine_above_one_minus_the_return_makes_even_free_riders_give_while_it_lasts() -> None:
    params = PublicGood(free_riders=1, conditional=0)
    assert deterring_fine(params) == pytest.approx(0.6)
    for fine, share in ((0.59, 0.0), (0.61, 1.0)):
        result = summary(PublicGood(free_riders=1, conditional=0, fine=fine))
        assert (result["gift_before"], result["gift_during"], result["gift_after"]) == (0, share, 0)


def test_cooperation_falls_when_conditional_cooperators_match_a_little_less_than_they_see() -> None:
    gift = run(PublicGood(), np.random.default_rng(0)).series["gift"]
    assert gift[0] == pytest.approx(0.7 * 0.9 * 0.6)
    assert np.all(np.diff(gift) < 0)
    assert gift[-1] < 0.1


def test_conditional_cooperators_among_themselves_keep_giving_when_they_match_in_full() -> None:
    gift = run(PublicGood(free_riders=0, conditional=1, match=1), np.random.default_rng(0)).series["gift"]
    np.testing.assert_allclose(gift, 0.6)


@pytest.mark.parametrize(("conditional", "givers"), [(2, 1), (3, 1), (1, 3), (2, 2), (2, 0)])
def test_gifts_settle_at_the_closed_form(conditional: int, givers: int) -> None:
    params = PublicGood(
        groups=1, rounds=200, free_riders=(4 - conditional - givers) / 4, conditional=conditional / 4, match=0.8
    )
    rng = np.random.default_rng(3)
    kind = kinds(params, np.random.default_rng(3)).ravel()
    last = run(params, rng).frames["gift"][-1]
    expected = 100 * steady_gift(params, conditional, givers) / params.endowment
    np.testing.assert_allclose(last[kind == CONDITIONAL], expected, atol=0.51)
    assert np.all(last[kind == GIVER] == 100)
    assert np.all(last[kind == FREE_RIDER] == 0)


def test_a_small_fine_that_crowds_out_lowers_giving_and_lifting_it_does_not_bring_it_back() -> None:
    norm = {"free_riders": 0, "conditional": 1, "match": 1, "belief": 0.9}
    unfined = summary(PublicGood(**norm))
    fined = summary(PublicGood(**norm, fine=0.2, crowding=0.6))
    assert fined["gift_before"] == unfined["gift_before"] == pytest.approx(0.9)
    assert fined["gift_during"] < 0.5
    assert fined["gift_after"] <= fined["gift_during"]
    assert unfined["gift_after"] == pytest.approx(0.9)


def test_a_large_fine_works_while_it_lasts_and_leaves_less_than_before() -> None:
    fined = summary(PublicGood(free_riders=0, conditional=1, match=1, belief=0.7, fine=1.0, crowding=0.6))
    assert fined["gift_during"] == 1
    assert fined["gift_after"] < fined["gift_before"]


def test_a_fine_without_crowding_out_leaves_conditional_cooperators_where_the_fine_brought_them() -> None:
    fined = summary(PublicGood(free_riders=0, conditional=1, match=1, fine=1.0, crowding=0))
    assert fined["gift_after"] > fined["gift_before"]


@given(st.integers(1, 20), st.integers(1, 20), st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_there_are_as_many_of_each_kind_as_the_shares_say(
    people: int, groups: int, first: float, second: float, seed: int
) -> None:
    params = PublicGood(people, groups, free_riders=first * second, conditional=first * (1 - second))
    kind = kinds(params, np.random.default_rng(seed))
    assert kind.shape == (groups, people)
    assert abs(np.sum(kind == FREE_RIDER) - first * second * kind.size) <= 1
    assert abs(np.sum(kind == GIVER) - (1 - first) * kind.size) <= 1


@settings(max_examples=60)
@given(
    people=st.integers(1, 10), groups=st.integers(1, 5), rounds=st.integers(0, 15),
    endowment=st.floats(0, 1000), marginal_return=st.floats(0, 2), share=st.floats(0, 1), match=st.floats(0, 1),
    belief=st.floats(0, 1), learning=st.floats(0, 1), noise=st.floats(0, 1), fine=st.floats(0, 2),
    crowding=st.floats(0, 1), seed=st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_gifts_stay_between_nothing_and_everything_and_coins_are_conserved(
    people: int, groups: int, rounds: int, endowment: float, marginal_return: float, share: float, seed: int,
    **rest: float,
) -> None:  # fmt: skip
    params = PublicGood(
        people, groups, rounds, endowment, marginal_return, free_riders=share, conditional=1 - share, **rest
    )
    first, second = (run(params, np.random.default_rng(seed)) for _ in range(2))
    gift, payoff = first.series["gift"], first.series["payoff"]
    assert np.all((gift >= 0) & (gift <= 1))
    kept = endowment * (1 - gift)
    given_back = marginal_return * people * endowment * gift
    np.testing.assert_allclose(payoff, kept * (1 - first.series["fine"]) + given_back, atol=1e-6)
    assert first.frames["gift"].shape == (rounds, groups * people)
    np.testing.assert_array_equal(first.frames["gift"], second.frames["gift"])


@given(st.permutations(range(5)), st.lists(st.floats(0, 20), min_size=5, max_size=5))
def test_relabelling_people_relabels_their_payoffs(order: list[int], gifts: list[float]) -> None:
    plain = payoffs(np.array(gifts), 20, 0.4, 0.1)
    np.testing.assert_allclose(payoffs(np.array(gifts)[order], 20, 0.4, 0.1), plain[order])


def test_one_person_alone_keeps_everything_and_no_rounds_give_no_numbers() -> None:
    assert summary(PublicGood(people=1, groups=1, free_riders=1, conditional=0))["payoff"] == 20
    assert math.isnan(summary(PublicGood(rounds=0))["gift"])
    assert math.isnan(summary(PublicGood(rounds=4))["gift_after"])


def test_the_largest_setting_stays_within_two_megabytes() -> None:
    params = PublicGood(people=100, groups=50, rounds=200, noise=0.1)
    assert run(params, np.random.default_rng(0)).frame_bytes <= 2_000_000


def test_faults_are_named() -> None:
    with pytest.raises(ParameterError, match=r"marginal_return = -1: must lie from 0 to 2"):
        PublicGood(marginal_return=-1)
    with pytest.raises(ParameterError, match=r"free_riders = 0.6 and conditional = 0.7: must together"):
        PublicGood(free_riders=0.6)
    with pytest.raises(ParameterError, match=r"fine_until = 3: must lie from fine_from \(5\)"):
        PublicGood(fine_until=3)
    with pytest.raises(ValueError, match="no group of 4"):
        steady_gift(PublicGood(), 3, 2)


def test_the_trace_tells_when_the_fine_comes_and_goes() -> None:
    trace = run(PublicGood(fine=0.2), np.random.default_rng(0)).trace
    assert trace[0].startswith("Round 1: people give 38% of what they have.")
    assert [line.split(".")[-2].strip() for line in trace[1:5]] == [
        "The last round before the fine",
        "The fine begins",
        "The last round with the fine",
        "The fine is gone",
    ]


def test_who_is_turned_by_a_fine_compares_prices_from_its_first_round_on_for_good() -> None:
    params = PublicGood(people=20, groups=1, free_riders=0.2, conditional=0.6, fine=0.3, fine_until=8)
    found = run(params, np.random.default_rng(1))
    own, kind = found.frames["own"], found.still["kind"]
    assert np.array_equal(own[0] == 1, kind != FREE_RIDER)
    assert np.all(own[: params.fine_from - 1] == own[0])
    turned = own[0] > own[-1]
    assert 0 < turned.sum() < 16
    assert np.all(own[params.fine_from - 1 :] == own[-1])
    assert np.all(found.frames["gift"][-1][turned] == 0)
