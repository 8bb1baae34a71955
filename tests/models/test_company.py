"""One among partners of several kinds: exact means, luck that stays, and who wins in which company."""

from __future__ import annotations

import numpy as np
import pytest

from choreo.models.company import LONGEST, MOST, WAYS, Company, earned, run, run_many
from choreo.models.trust import PAYOFFS, long_run_score, outcome_chances


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def winner(**partners: int) -> str:
    found = earned(Company(**{"alike": 0, **partners}))  # type: ignore[arg-type]
    return max(found, key=found.__getitem__)


def test_what_is_earned_is_what_many_companies_come_to() -> None:
    params = Company(forgiveness=0.2, alike=0, strict=8, forgiving=4, givers=4, takers=4, rounds=60)
    scores = run_many(params, rng(), 200)["score"]
    exact = earned(params)["forgiving"]
    assert abs(scores.mean() - exact) < 3 * scores.std() / np.sqrt(len(scores))


def test_long_months_come_near_the_published_long_run() -> None:
    """Nowak and Sigmund's 2.25 for the strict among themselves, at one slip in a hundred."""
    chances = outcome_chances(WAYS["strict"], WAYS["strict"], 2000, 0.01)
    assert chances[-1] @ PAYOFFS == pytest.approx(2.25, abs=1e-3)
    assert long_run_score(WAYS["strict"], WAYS["strict"], 0.01) == pytest.approx(2.25)


def test_each_of_four_companies_is_won_by_another_way() -> None:
    assert winner(strict=6) == "giver"
    assert winner(strict=6, takers=3) == "forgiving"
    assert winner(strict=6, takers=12) == "strict"
    assert winner(strict=6, givers=6) == "taker"


def test_without_slips_forgiving_never_gets_more_than_strict() -> None:
    for partners in ({"strict": 6}, {"strict": 6, "takers": 3}, {"forgiving": 6, "givers": 6}):
        found = earned(Company(noise=0, alike=0, **partners))
        assert found["forgiving"] <= found["strict"] + 1e-12


def test_one_partner_or_one_month_more_leaves_the_others_as_they_were() -> None:
    few = run(Company(alike=0, strict=5, takers=3, rounds=40), rng(7)).frames["outcome"]
    many = run(Company(alike=0, strict=6, givers=2, takers=4, rounds=41), rng(7)).frames["outcome"]
    kept = [0, 1, 2, 3, 4, 8, 9, 10]  # of six strict, two givers, four takers
    assert np.array_equal(few, many[:40][:, kept])


def test_who_forgives_more_has_no_less_trust_with_the_same_luck() -> None:
    for seed in range(20):
        trust = [run(Company(forgiveness=share), rng(seed)).summary["trust"] for share in (0, 0.1, 0.2, 0.5, 1)]
        assert trust == sorted(trust)


def test_a_slip_is_marked_where_nobody_could_have_meant_it() -> None:
    found = run(Company(noise=0), rng())
    assert not found.frames["slip"].any()
    assert found.summary["trust"] == 1
    always = run(Company(strategy="ALLC", alike=0, givers=MOST, noise=0.1, rounds=LONGEST), rng()).frames
    assert np.array_equal(always["slip"], always["outcome"] != 0)  # who always gives and did not, slipped


@pytest.mark.parametrize("empty", [{"rounds": 0}, {"alike": 0}])
def test_nobody_and_no_time_come_to_nothing(empty: dict[str, int]) -> None:
    summary = run(Company(**empty), rng()).summary
    assert set(summary.values()) == {0.0}
