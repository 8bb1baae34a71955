"""One meeting: the published chances at its two ends, and what moves between them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.cascade import in_turn, independent_votes
from choreo.models.meeting import MOST, Meeting, play, run, run_many, telling

RNG = np.random.default_rng
MANY = 5000


def near(found: float, exact: float, runs: int = MANY) -> bool:
    return abs(found - exact) < 3.5 * math.sqrt(exact * (1 - exact) / runs) + 1e-9


@pytest.mark.parametrize("people", [1, 2, 3, 10, 40])
@pytest.mark.parametrize("precision", [0.6, 0.8])
def test_one_by_one_it_is_the_published_cascade(people: int, precision: float) -> None:
    _, said, _ = play(Meeting(people=people, precision=precision, questions=MANY), RNG(1))
    assert near(said[-1].mean(), in_turn(precision, people))


@pytest.mark.parametrize("people", [1, 3, 11, 40])
def test_all_at_once_they_are_independent_votes(people: int) -> None:
    params = Meeting(people=people, every=MOST, questions=MANY)
    signal, said, decided = play(params, RNG(2))
    assert np.array_equal(signal, said)
    assert near(decided.mean(), independent_votes(0.6, people))
    assert run(params, RNG(2)).summary["paper"] == pytest.approx(1 - decided.mean(), abs=0.02)


def test_whoever_keeps_their_own_taste_is_not_moved() -> None:
    signal, said, _ = play(Meeting(people=20, steadfast=1), RNG(3))
    assert np.array_equal(signal, said)


def test_one_school_that_shares_all_errors_is_one_person() -> None:
    signal, _, decided = play(Meeting(people=20, every=MOST, schools=1, alike=1, questions=MANY), RNG(4))
    assert np.all(signal == signal[0])
    assert near(decided.mean(), 0.6)


def test_the_same_seed_is_the_same_luck_whoever_comes() -> None:
    few, many = (play(Meeting(people=people, schools=people), RNG(5)) for people in (10, 30))
    assert np.array_equal(few[0], many[0][:10])
    assert np.array_equal(few[1], many[1][:10])


def test_better_signals_never_turn_anybody_who_finds_it_right() -> None:
    low, high = (play(Meeting(precision=precision), RNG(6))[0] for precision in (0.6, 0.7))
    assert np.all(high | ~low)


def test_the_question_on_the_stage_is_one_that_began_badly() -> None:
    signal, said, _ = play(Meeting(), RNG(7))
    shown = telling(signal)
    assert not signal[:2, shown].any()
    assert not said[:, shown].any()
    assert telling(np.ones((3, 4), dtype=bool)) == 0


@settings(max_examples=40)
@given(
    people=st.integers(1, MOST),
    every=st.integers(1, MOST),
    steadfast=st.floats(0, 1),
    schools=st.integers(1, MOST),
    seed=st.integers(0, 99),
)
def test_any_meeting_tells_shares_and_a_frame_for_each_reading(
    people: int, every: int, steadfast: float, schools: int, seed: int
) -> None:
    params = Meeting(people=people, every=every, steadfast=steadfast, schools=schools, questions=20)
    found = run(params, RNG(seed))
    assert all(0 <= share <= 1 for share in found.summary.values())
    assert found.summary["in_step"] >= 0.5
    assert np.count_nonzero(found.frames["said"], axis=1).tolist() == found.clock.times.tolist()
    assert all(found.trace)


def test_many_runs_are_that_many_summaries() -> None:
    many = run_many(Meeting(), RNG(8), 3)
    assert set(many) == {"wrong", "last", "paper", "best", "in_step"}
    assert many["wrong"].shape == (3,)
