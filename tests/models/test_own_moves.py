"""Moves of one's own: what arrives, what the partner answers, and where the slips fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.models.own_moves import OwnMoves, run, slips_of
from choreo.models.parameter import ParameterError

ANY_MOVES = st.lists(st.booleans(), max_size=10).map(tuple)


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(st.integers(0, 10_000))
def test_each_side_slips_once_early_enough_to_be_answered_and_never_in_two_rounds_running(seed: int) -> None:
    wrong = slips_of(OwnMoves(), rng(seed))
    assert wrong.sum(axis=1).tolist() == [1, 1]
    at = np.flatnonzero(wrong.any(axis=0))
    assert 1 <= at.min() <= at.max() <= 7
    assert np.diff(at) > 1


@given(st.integers(0, 1000), ANY_MOVES)
def test_a_strict_partner_does_what_arrived_unless_they_slip(seed: int, moves: tuple[bool, ...]) -> None:
    found = run(OwnMoves(moves=moves), rng(seed)).frames
    arrived, theirs = found["outcome"] < 2, found["outcome"] % 2 == 0
    meant = np.concatenate([[True], arrived])[: len(moves)]
    assert np.array_equal(theirs, meant ^ found["slips"][:, 1])
    assert np.array_equal(arrived, np.array(moves, dtype=bool) ^ found["slips"][:, 0])


@given(st.integers(0, 1000), ANY_MOVES)
def test_what_has_happened_stays_when_one_goes_on(seed: int, moves: tuple[bool, ...]) -> None:
    whole = run(OwnMoves(moves=moves), rng(seed)).frames["outcome"]
    for played in range(len(moves)):
        assert np.array_equal(run(OwnMoves(moves=moves[:played]), rng(seed)).frames["outcome"], whole[:played])


def test_whoever_gives_all_the_same_loses_few_months_and_whoever_keeps_back_has_none() -> None:
    gave = [run(OwnMoves(moves=(True,) * 10), rng(seed)).summary["both"] for seed in range(50)]
    assert min(gave) == max(gave) == 7  # a slip of theirs costs one, one's own two
    kept = [run(OwnMoves(moves=(False,) * 10), rng(seed)).summary["both"] for seed in range(50)]
    assert max(kept) <= 1


def test_slips_need_room() -> None:
    with pytest.raises(ParameterError, match=r"OwnMoves.slips = 2: 10 rounds"):
        OwnMoves(slips=2)
    assert not slips_of(OwnMoves(rounds=7, slips=0), rng(0)).any()
